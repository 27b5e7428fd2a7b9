"""Passages of Markdown as plain text: roles become the names that they show, citations authors and years."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from survey.catalogue.markup import body
from survey.catalogue.records.modelheads import AT, At
from survey.catalogue.texts.latex_text import formula_as_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

    from survey.catalogue.records.catalogue import Catalogue

_KIND = re.compile(r"survey:(\w[\w-]*)")
#: Between two sentences: not after an abbreviation, nor before a word in lower case.
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\bal\.)(?<!\bcf\.)(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)\s+(?=[^a-z])")
#: Where a sentence may end; what follows begins a new one if it isn't in lower case.
_ENDS = re.compile(r"(?P<before>\S*)[.!?](?=\s+[^a-z\s]|\s*$)")
_SPAN = re.compile(r"`[^`]*`|\$[^$]*\$")
_ABBREVIATIONS = frozenset({"e.g", "i.e", "cf", "vs", "al", "Fig", "Eq", "Sec"})
_MATH = frozenset({"math_inline", "math_inline_double", "math_block"})


def plain_text(markdown: str, catalogue: Catalogue) -> str:
    """Return the text of a passage in one line, as a reader of the page sees it; pages, feeds and tables all ask."""

    def text() -> str:
        return " ".join("".join(_text(token, catalogue) for token in body.inline(markdown)).split())

    return catalogue.once((plain_text, markdown), text)


def shortened(text: str, length: int) -> str:
    """Return the whole sentences that ``length`` holds, or as many words where these would fill less than half."""
    if len(text) <= length:
        return text
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > length:
            break
        kept = longer
    return kept if len(kept) > length / 2 else textwrap.shorten(text, length, placeholder="…")


def _text(token: Token, catalogue: Catalogue) -> str:
    if token.type == "myst_role":
        return _role(token.meta["name"], token.content, catalogue)
    if token.type in _MATH:
        return formula_as_text(token.content)
    if token.type == "image":
        return body.plain(token.children or [])
    return body.plain([token])


def _role(name: str, content: str, catalogue: Catalogue) -> str:
    """Return what a role shows."""
    if name == "cite" or name.startswith("cite:"):
        return _citation(name, body.cited_keys(content), catalogue)
    if name == "math":
        return formula_as_text(content)
    text, target = body.split_target(content)
    match = _KIND.fullmatch(name)
    if text is not None or match is None:
        return target if text is None else text
    if match[1] == "paper":
        paper, work = catalogue.papers.get(target), catalogue.bibliography.get(target)
        return paper.title if paper is not None else work.short if work is not None else target
    at = At.parse(target) if match[1] == AT else None
    if at is not None:
        return at.label
    return catalogue.name(match[1], target) if match[1] in catalogue.entries else target


def _citation(name: str, keys: Iterable[str], catalogue: Catalogue) -> str:
    works = [catalogue.bibliography[key] for key in keys if key in catalogue.bibliography]
    if name in {"cite:t", "cite:ct"}:
        return ", ".join(f"{work.short_authors} ({work.cited_year})" for work in works)
    return f"({'; '.join(f'{work.short_authors}, {work.cited_year}' for work in works)})"


def first_sentence(text: str) -> str:
    """Return the first sentence of a passage of Markdown."""
    hidden = _SPAN.sub(lambda match: "_" * len(match[0]), text)  # full stops in code, roles and formulas end nothing
    for end in _ENDS.finditer(hidden):
        if end["before"].lstrip("(") not in _ABBREVIATIONS:
            return text[: end.end()]
    return text
