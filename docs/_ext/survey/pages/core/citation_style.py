"""How references and citations are formatted: pybtex's plain style with titles as written, and (Author, Year)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pybtex.plugin
import sphinxcontrib.bibtex.plugin
from pybtex.database import parse_string
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style as UnsrtStyle
from pybtex.style.template import FieldIsMissing, optional, sentence, tag
from pybtex.style.template import field as template_field
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

if TYPE_CHECKING:
    from collections.abc import Hashable

    from pybtex.style.template import Node

NAME = "survey"
TITLES = "survey-titles"  #: The style of what shows when one points at a citation.

#: Plugins that every citation asks pybtex for.
_ASKED_FOR = (
    ("pybtex.backends", "plaintext"),
    ("pybtex.database.input", "bibtex"),
    ("pybtex.backends", "docutils"),
    ("pybtex.style.labels", "alpha"),
    ("pybtex.style.names", "plain"),
    ("pybtex.style.sorting", "author_year_title"),
)

_VENUES = ("journal", "booktitle", "howpublished", "publisher", "institution", "school")

_round = partial(BracketStyle, left="(", right=")", sep="; ")


class SurveyStyle(UnsrtStyle):  # type: ignore[misc]  # pybtex has no types
    """Authors in full, the title as written, then where it appeared; sorted by authors, year and title."""

    default_sorting_style = "author_year_title"
    default_label_style = "alpha"

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> FormattedEntry:
        """Format an entry; one that lacks what its type asks for, which our checks report, as far as it goes."""
        said = _said(entry)
        text = _formatted.get(said) if bib_data is None else None
        if text is None:
            text = self._text(label, entry, bib_data)
        if bib_data is None:
            _formatted[said] = text
        return FormattedEntry(entry.key, text, label)

    def _text(self, label: str, entry: Any, bib_data: Any) -> Any:
        try:
            return super().format_entry(label, entry, bib_data).text
        except FieldIsMissing:
            context = {"entry": entry, "style": self, "bib_data": bib_data}
            return self._what_there_is(entry).format_data(context)

    def _what_there_is(self, e: Any) -> Node:
        venue = next((name for name in _VENUES if name in e.fields), _VENUES[0])
        return toplevel[
            optional[sentence[self.format_names("author")]],
            optional[self.format_title(e, "title")],
            sentence[optional[tag("em")[template_field(venue)]], optional[template_field("year")]],
            self.format_web_refs(e),
        ]

    def format_title(self, e: Any, which_field: str, as_sentence: bool = True) -> Node:
        """Keep the capitals of titles: acronyms such as BERT aren't always braced."""
        title = template_field(which_field, raw=False)
        return sentence[title] if as_sentence else title

    def format_web_refs(self, e: Any) -> Node:
        """Give each address once: where there's a DOI or an arXiv number, ``url`` is often just that."""
        url, eprint, doi = (e.fields.get(name, "") for name in ("url", "eprint", "doi"))
        repeated = url.endswith(tuple(f"/{name}" for name in (eprint, doi) if name))
        return sentence[
            optional[self.format_url(e)] if not repeated else "",
            optional[self.format_eprint(e)],
            optional[self.format_doi(e)],
        ]


class TitleStyle(SurveyStyle):
    """The title alone, which a citation leaves open: authors and year stand in the text."""

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> FormattedEntry:
        """Return the title as text; of an entry without one, which our checks report, what there is."""
        title = entry.fields.get("title", "")
        if not title:
            return super().format_entry(label, entry, bib_data)
        words = _BRACE.sub("", title)
        return FormattedEntry(entry.key, Text(words) if _WORDS.fullmatch(words) else Text.from_latex(title), label)


#: What has been formatted, by what the entry says: the same entry stands in the bibliography and on the work's page.
#: It holds one item for each entry that this process has formatted.
_formatted: dict[Hashable, Any] = {}


def _said(entry: Any) -> Hashable:
    """Return all that an entry says; its key makes no difference to how it is formatted."""
    people = tuple((role, tuple(map(str, persons))) for role, persons in entry.persons.items())
    return entry.type, tuple(entry.fields.items()), people


def keep(entry: Any, text: Any) -> None:
    """Keep an entry as an earlier build has formatted it in this style."""
    _formatted.setdefault(_said(entry), text)


@dataclass
class SurveyReferenceStyle(AuthorYearReferenceStyle):
    """Citations as running text has them: (Wu et al., 2024; Olsson et al., 2022), and Wu et al. (2024)."""

    bracket_textual: BracketStyle = field(default_factory=_round)
    bracket_parenthetical: BracketStyle = field(default_factory=_round)
    bracket_author: BracketStyle = field(default_factory=_round)
    bracket_label: BracketStyle = field(default_factory=_round)
    bracket_year: BracketStyle = field(default_factory=_round)


@cache
def register() -> None:
    """Make the styles known, once in a process: settings of bibtex can then name them."""
    pybtex.plugin.register_plugin("pybtex.style.formatting", NAME, SurveyStyle)
    pybtex.plugin.register_plugin("pybtex.style.formatting", TITLES, TitleStyle)
    sphinxcontrib.bibtex.plugin.register_plugin("sphinxcontrib.bibtex.style.referencing", NAME, SurveyReferenceStyle)
    # pybtex looks through the metadata of every installed package each time that it is asked for a plugin, a fifth of a
    # build's time; plugins that are registered are found at once.
    for group, name in _ASKED_FOR:
        pybtex.plugin.register_plugin(group, name, pybtex.plugin.find_plugin(group, name), force=True)


#: What is no LaTeX for sure: letters, digits and some signs, with single spaces and hyphens between them. Two commas
#: are a quotation mark.
_WORDS = re.compile(r"(?!.*,,)(?:[^\W_]|[.,:;()/+*=])+(?:[ -](?:[^\W_]|[.,:;()/+*=])+)*")


_BRACE = re.compile("[{}]")

stock_from_latex = Text.from_latex


#: The method of pybtex's ``Text`` in the place of which a build has :func:`from_latex`.
FROM_LATEX = "from_latex"


def from_latex(latex: str) -> Text:
    """Decode as LaTeX only what may be: pybtex decodes every field and every part of a name.

    That was half of the time for formatting entries. Its templates and its names call ``Text.from_latex``; if they come
    to call something else, all is decoded.
    """
    return Text(latex) if _WORDS.fullmatch(latex) else stock_from_latex(latex)


@cache
def plain_reference(entry_source: str) -> str:
    """Return the reference of one normalised BibTeX entry of the catalogue as plain text."""
    entry = next(iter(parse_string(entry_source, "bibtex").entries.values()))
    backend = pybtex.plugin.find_plugin("pybtex.backends", "plaintext")()
    text: str = SurveyStyle().format_entry("", entry).text.render(backend)
    return text.replace(r"\url ", "").replace("\n", " ")
