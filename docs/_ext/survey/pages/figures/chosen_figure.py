"""The heads that detectors and scores have chosen, on pages: a compact grid for each model, its lists as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.views.chosen import Chosen
from survey.figures import chosen
from survey.pages.core.nodes import UNFOLDS, folded, paragraph, reference, section, worded
from survey.pages.figures.drawings import drawn, figure, in_words
from survey.pages.figures.position_tables import chosen_in_words, place_list, surveyed_papers
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.views.chosen import ChosenData, ChosenGrid
    from survey.pages.core.domain import SurveyDomain

_AT_ONCE = 4  #: Models whose grids are in sight; nobody goes through those of a hundred.


def chosen_sections(model: str | None, document: nodes.document, domain: SurveyDomain) -> list[nodes.Node]:
    """Return a section for each model in which heads were chosen, or what is to be shown of the one that is named."""
    data: ChosenData = domain.show(Chosen(model))
    docname = domain.env.current_document.docname
    if model is not None:
        return [node for grid in data.grids for node in chosen_grid(grid, docname)]
    if not data.grids:
        return [paragraph(nodes.Text(_("No heads have been chosen by a detector or score yet.")))]
    result: list[nodes.Node] = [
        paragraph(nodes.Text(_summary(data.grids))),
        drawn(parts=(chosen.explanation(data.stages),)),
    ]
    for place, grid in enumerate(data.grids):
        about, *shown = chosen_grid(grid, docname)
        rest = folded("", *shown, label=_("Grid and lists"), classes=[UNFOLDS], unfolded=place < _AT_ONCE)
        part = section(document, grid.tag.name, about, rest, ident=grid.tag.id)
        part["classes"].append("survey-atlas-chosen")
        result.append(part)
    return result


def chosen_grid(grid: ChosenGrid, docname: str) -> list[nodes.Node]:
    """Return what is known of the chosen heads of one model: how many, their grids, caveats, and the lists."""
    result: list[nodes.Node] = [paragraph(*_about(grid, docname))]
    drawings = chosen.grids(grid)
    if drawings:
        result.append(figure(drawings, classes=["survey-atlas-figure"]))
    result += _caveats(grid, docname)
    summary = _("The lists of {model}").format(model=grid.tag.name)
    lists = place_list(grid.lists, grid.place_names, docname, ("role", "positions", "source"), linked=False)
    result.append(in_words(lists, summary=summary))
    return result


def _caveats(grid: ChosenGrid, docname: str) -> Iterator[nodes.Node]:
    """Yield what has to be known of heads wherever they are shown, each with the paper of which it is said."""
    names = {key: name for kind, key, name in grid.place_names if kind == "paper"}
    for paper, caveat in dict.fromkeys((row.paper, row.caveat) for row in grid.lists if row.caveat):
        of = [reference("paper", paper, names[paper], docname), nodes.Text(": ")] if paper in names else []
        yield paragraph(*of, nodes.strong("", caveat))


def _about(grid: ChosenGrid, docname: str) -> list[nodes.Node]:
    known = _sizes(grid)
    words = _("{heads}{known}, by {papers}: {link}.")
    more = _("more about {model}").format(model=grid.tag.name)
    return worded(
        words,
        heads=chosen_in_words(grid.lists),
        known=known,
        papers=surveyed_papers(grid.papers),
        link=reference("model", grid.tag.id, more, docname, member=True),
    )


def _sizes(grid: ChosenGrid) -> str:
    """Say of how many heads these are chosen."""
    if grid.layers is None or grid.heads is None:
        return ""
    if grid.kv_marks and grid.kv_heads is not None:
        words = _(" (the model has {all:,} query heads and {kv:,} KV heads)")
        return words.format(all=grid.layers * grid.heads, kv=grid.layers * grid.kv_heads)
    return _(" (the model has {all:,} heads)").format(all=grid.layers * grid.heads)


def _summary(grids: Sequence[ChosenGrid]) -> str:
    rows = [row for grid in grids for row in grid.lists]
    found = {(grid.tag.id, at) for grid in grids for mark in grid.marks for at in mark.at}
    named = {(grid.tag.id, at) for grid in grids for at in grid.named}
    words = _("{heads}, in {models}. Sources name {both} of these heads as well; the others only scored.")
    return words.format(
        heads=chosen_in_words(rows),
        models=counted(len(grids), "{count} model", "{count} models"),
        both=len(found & named),
    )
