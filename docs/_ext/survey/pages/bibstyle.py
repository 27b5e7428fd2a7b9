"""How references are formatted: pybtex's plain style, with titles as they are written and an order by authors."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pybtex.plugin
from pybtex.database import parse_string
from pybtex.style.formatting.unsrt import Style as UnsrtStyle

if TYPE_CHECKING:
    from pybtex.style.template import Node

NAME = "survey"


class SurveyStyle(UnsrtStyle):  # type: ignore[misc]  # pybtex has no types
    """Authors in full, the title as written, then where it appeared; sorted by authors, year and title."""

    default_sorting_style = "author_year_title"
    default_label_style = "alpha"

    def format_title(self, e: Any, which_field: str, as_sentence: bool = True) -> Node:
        """Keep the capitals of titles: acronyms such as BERT aren't always braced."""
        from pybtex.style.template import field, sentence  # noqa: PLC0415  # pybtex's own names shadow nothing here

        title = field(which_field, raw=False)
        return sentence[title] if as_sentence else title


def register() -> None:
    """Make the style known to pybtex, so that ``bibtex_default_style = "survey"`` works."""
    pybtex.plugin.register_plugin("pybtex.style.formatting", NAME, SurveyStyle)


@cache
def plain_reference(source: str) -> str:
    """Return the reference of one BibTeX entry as plain text.

    :raises pybtex.exceptions.PybtexError: never for an entry of the catalogue, which has title, author and year.
    """
    entry = next(iter(parse_string(source, "bibtex").entries.values()))
    backend = pybtex.plugin.find_plugin("pybtex.backends", "plaintext")()
    text: str = SurveyStyle().format_entry("", entry).text.render(backend)
    return text.replace(r"\url ", "").replace("\n", " ")
