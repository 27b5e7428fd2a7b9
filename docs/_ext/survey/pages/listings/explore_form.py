"""The explorer's controls as HTML: real form controls with the counts of all papers, for a script to keep right."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from survey.catalogue.views.exploring import CODE
from survey.figures.looks import shade_class
from survey.translation import _, counted, noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.views import Choice, Term

_FEW = 10  #: A longer list of terms has a field to find one.
_OPEN = ("head", "stage", "model", "year")  #: The facets whose terms are seen at once.
#: The orders offered, by the value that stands in addresses; the first is the default.
_ORDERS = {
    "date": noted("Date, newest first"),
    "title": noted("Title"),
    "year": noted("Year, then title"),
    "venue": noted("Venue, then date"),
}
#: What a selection can be exported as: ending and name.
_FORMATS = {"bib": "BibTeX", "ris": "RIS", "csv": "CSV"}


def form(choices: Sequence[Choice]) -> str:
    """Return the form: a field for words, and the facets."""
    facets = "".join(_facet(choice) for choice in choices if choice.terms)
    choose, words, filters = map(escape, (_("Choose papers"), _("Words in title, authors or summary"), _("Filters")))
    return (
        f'<form class="survey-filters" role="search" aria-label="{choose}" autocomplete="off"'
        ' data-pagefind-ignore="all">\n'
        f'<p class="survey-words"><label for="survey-words">{words}</label>'
        '<input type="search" id="survey-words" name="q" spellcheck="false"></p>\n'
        f'<details class="survey-facets"><summary>{filters}</summary>\n{facets}</details>\n</form>\n'
    )


def _facet(choice: Choice) -> str:
    name, title = escape(choice.name), escape(choice.title)
    terms = "".join(_term(choice.name, term) for term in choice.terms)
    if choice.name == CODE:
        return f'<div class="survey-facet" data-facet="{name}">{terms}</div>\n'
    finder = ""
    if len(choice.terms) > _FEW:
        find = _("Find")
        words = _("Find in {facet} ({count})").format(facet=choice.title, count=len(choice.terms))
        attributes = f'aria-label="{escape(words)}" placeholder="{escape(find)}"'
        finder = f'<input type="search" class="survey-find" {attributes} spellcheck="false">'
    opened = " open" if choice.name in _OPEN else ""
    return (
        f'<details class="survey-facet" data-facet="{name}"{opened}>'
        f'<summary>{title} <span class="survey-chosen-count"></span></summary>'
        f'<fieldset><legend class="survey-unseen">{title}</legend>{finder}\n'
        f'<div class="survey-terms">\n{terms}</div>{_kinds(choice)}</fieldset></details>\n'
    )


def _kinds(choice: Choice) -> str:
    """Return the box by which the kinds of what is chosen are left out, where anything has kinds."""
    if not any(term.parent for term in choice.terms):
        return ""
    words = escape(_("Also find subtypes of the chosen heads"))
    return (
        '\n<label class="survey-kinds"><input type="checkbox" name="kinds" value="yes" checked>'
        f" <span>{words}</span></label>"
    )


def _term(facet: str, term: Term) -> str:
    parent = f' data-parent="{escape(term.parent)}"' if term.parent else ""
    return (
        f'<label class="survey-term {shade_class(term.shade)}">'
        f'<input type="checkbox" name="{escape(facet)}" value="{escape(term.value)}"{parent}>'
        f'<span class="survey-term-name">{escape(term.name)}</span>'
        f' <span class="survey-term-count">{term.count}</span></label>\n'
    )


def toolbar(total: int, compare: str | None) -> str:
    """Return what stands above the list: the number of matches, what is chosen, order and exports.

    ``compare`` is where chosen head types can be compared.
    """
    papers = escape(counted(total, "{count} paper", "{count} papers"))
    options = "".join(f'<option value="{value}">{escape(_(text))}</option>' for value, text in _ORDERS.items())
    unscripted = escape(_("This is the complete list; choosing from it needs JavaScript."))
    sort_by, export, chosen, clear = map(escape, (_("Sort by"), _("Export these"), _("Chosen"), _("Clear all")))
    buttons = "".join(
        f'<button type="button" class="survey-button" data-export="{ending}">{name}</button>'
        for ending, name in _FORMATS.items()
    )
    return (
        '<div class="survey-toolbar" data-pagefind-ignore="all">\n'
        f'<p class="survey-matches" role="status" aria-live="polite">{papers}</p>\n'
        f'<p class="survey-order"><label for="survey-order">{sort_by}</label> '
        f'<select id="survey-order" name="sort" autocomplete="off">{options}</select></p>\n'
        '<p class="survey-exports" role="group" aria-labelledby="survey-exports">'
        f'<span id="survey-exports">{export}</span> {buttons}</p>\n'
        f'{_compare_link(compare)}<div class="survey-lost" hidden></div>\n'
        f'<div class="survey-chosen" hidden><ul aria-label="{chosen}"></ul>'
        f'<button type="button" class="survey-button survey-clear">{clear}</button></div>\n'
        f'<p class="survey-unscripted">{unscripted}</p>\n'
        "</div>\n"
    )


def _compare_link(address: str | None) -> str:
    if address is None:
        return ""
    text = escape(_("Compare these head types"))
    return f'<p class="survey-compare-chosen" hidden><a href="{escape(address)}">{text}</a></p>\n'
