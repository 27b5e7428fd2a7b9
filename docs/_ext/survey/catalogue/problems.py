"""Problems in the source files, as data: one line that a person can act on."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Every code that a problem can have, and what it stands for. ``unknown-<kind>`` exists for each facet (head,
#: stage, method, model, and those that a survey declares itself).
CODES: Mapping[str, str] = {
    "alias-clash": "An alias is already the name, id or alias of something else.",
    "avoided-words": "A text has words that the survey avoids, by its own list.",
    "bad-address": "An address has a user name, characters that hide what it is, or no host that readers can reach.",
    "bad-alias": "An earlier id of a paper doesn't have the form of a key.",
    "bad-character": "A text holds a character that isn't seen, or that changes the direction of the text.",
    "bad-date": "A date is not a calendar date in ISO 8601 (2024-04-24, 2024-04 or 2024).",
    "bad-directive": "A directive lacks something, or holds what it cannot show.",
    "bad-file-name": "A file's stem cannot be an id of its kind.",
    "bad-identifier": "A DOI, arXiv number or year in the bibliography is malformed.",
    "bad-image": "An image isn't a file of docs/ of a kind that pages show; its words are shown instead.",
    "bad-key": "A key isn't lower-case name, year, word.",
    "bad-link": "A link leads neither to a page nor to a file in docs/_static; its words are shown without it.",
    "bad-pattern": "An attention pattern cannot be drawn as it is declared; it is left out.",
    "bad-position": "A head position isn't 'layer.head', or lies outside the model.",
    "bad-table": "A table of positions, or a row of it, cannot be read; it is not used.",
    "bad-takeaway": "A takeaway isn't understood alone, or says no more than the title.",
    "bad-value": "A field has a value of the wrong type or form.",
    "bibtex-syntax": "A block of the bibliography cannot be read; the entry is not used.",
    "broken-paragraph": "A line of a paragraph begins like a comment, a list or a heading, and is read as that.",
    "copied-words": "Two summaries share a run of eight words. Only if the survey requires it.",
    "date-differs": "A date is in the future, or far from the year of the entry.",
    "date-order": "A first public version isn't earlier than the publication.",
    "duplicate-field": "A field of a bibliography entry is given twice; the entry is not used.",
    "duplicate-id": "Two things of one kind have the same id; the second is not used.",
    "duplicate-key": "A bibliography key is defined twice; the second entry is not used.",
    "duplicate-target": "A label, footnote, term, equation or link is defined twice.",
    "duplicate-work": "Two entries of the bibliography have the same DOI or arXiv number.",
    "empty-dispute": "A section headed 'Disputed' names fewer than two works. Only if the survey requires it.",
    "empty-role": "A role names nothing.",
    "foreign-markup": "Markup of another tool; readers would see its signs.",
    "ignored-file": "A file that is nearly a page, or a page in a folder that isn't part of the site; it is not used.",
    "label-clash": "Two works record the same letter behind the year, and would be cited alike.",
    "latex-markup": "A bibliography field holds LaTeX; the file is plain UTF-8.",
    "math": "A formula cannot be turned into MathML; it is shown as it was written.",
    "missing-entry": "A paper has no entry in the bibliography.",
    "missing-field": "A required field is not there.",
    "missing-file": "A file or folder that the survey needs isn't there.",
    "missing-front-matter": "A file has no front matter for its kind.",
    "missing-models": "A paper names neither a model nor why it names none. Only if the survey requires it.",
    "missing-reading": "A paper doesn't say what its page rests on. Only if the survey requires it.",
    "missing-summary": "A paper's summary lacks one of its three parts.",
    "missing-takeaway": "A paper has no takeaway. Only if the survey requires it.",
    "missing-text": "The page of a head type has a note to its author instead of a text.",
    "missing-title": "A file has no first-level heading.",
    "more-authors": "A list of authors in the bibliography ends in 'and others'.",
    "name-clash": "Two entries of one kind have the same name, or names that look the same.",
    "no-heads": "A surveyed paper names no head, and isn't marked as background.",
    "not-https": "A link doesn't start with https://.",
    "not-utf-8": "A file is not UTF-8; it is not used.",
    "odd-character": "A bibliography field holds a character that is not seen, or not what it seems.",
    "opening-question": "A page opens with a question. Only if the survey requires it.",
    "refused-directive": "Pages may not use a directive, or not in this way; it is shown as it was written.",
    "refused-role": "Pages may not use a role; its words are shown.",
    "repeated-key": "A key of the front matter is given twice; the second is not used.",
    "repeated-part": "A paper's summary has a part twice; the second is not used.",
    "self-reference": "A thing names itself as its own parent or relation, or parents form a ring.",
    "short-lead": "An entry's page doesn't begin with a whole sentence about it. Only if the survey requires it.",
    "symbolic-link": "A symbolic link; it is not followed.",
    "text-as-formula": "A stretch of text between two dollar signs is read as a formula.",
    "title-differs": "The heading of a paper isn't its title in the bibliography.",
    "too-deep": "Directives, quotations or lists stand too deep inside each other.",
    "too-large": "A file, a paragraph or a value is longer than what is read.",
    "unexplained-year": "A paper was published in another year than its entry has, and doesn't say why. Only if the "
    "survey requires it.",
    "unknown-category": "There is no such category in the stage named.",
    "unknown-citation": "A citation's key is not in the bibliography.",
    "unknown-field": "A field doesn't exist.",
    "unknown-kind": "The front matter is of a kind that doesn't belong in this folder.",
    "unknown-paper": "There is no such paper.",
    "unknown-target": "There is no such page, heading, label, footnote, term or equation.",
    "unlisted-page": "A page stands in no table of contents, and isn't marked as an orphan.",
    "unnamed-entry": "No paper names an entry or a member. Only if the survey requires it.",
    "unquoted-number": "YAML reads a value as a number and loses digits; it needs quotes.",
    "unrecorded-letter": "A letter that tells works apart isn't recorded. Only if the survey requires it.",
    "unsorted": "The bibliography isn't sorted by key.",
    "unused-entry": "A bibliography entry that no page surveys or cites.",
    "unused-footnote": "Nothing refers to a footnote.",
    "unused-table": "A table of positions that no page names, or rows of it for which the page has no group.",
    "yaml-alias": "Front matter uses YAML anchors and aliases; the file is not used.",
    "yaml-syntax": "Front matter cannot be read as YAML; the file is not used.",
    "yaml-tag": "Front matter has a YAML tag.",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a source file, where it is, and what to do about it."""

    path: str  #: The file, relative to the survey's root, with forward slashes.
    line: int  #: The line, counted from 1.
    code: str  #: A key of :data:`CODES`, or ``unknown-<kind>`` of a facet.
    message: str  #: What is wrong.
    hint: str = ""  #: What to do about it; a question or an imperative.

    @property
    def explanation(self) -> str:
        """Message and hint in one sentence of one line, as every output gives them."""
        return _printable(f"{self.message}; {self.hint}" if self.hint else self.message)

    @property
    def location(self) -> str:
        """File and line."""
        return f"{_printable(self.path)}:{self.line}"

    def __str__(self) -> str:
        return f"{self.location}: {self.code}: {self.explanation}"


def _printable(text: str) -> str:
    """Escape what a terminal would not show as a character of the line: problems quote whatever the files hold."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def did_you_mean(wrong: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint with the known name that is nearest to ``wrong``, or ``otherwise``."""
    close = difflib.get_close_matches(wrong, sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else otherwise
