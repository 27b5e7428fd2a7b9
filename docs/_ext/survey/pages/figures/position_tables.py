"""Head positions as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.pages.core.nodes import external, joined, reference, table
from survey.translation import _, noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.catalogue import Place

#: The columns that a table can have: what its page is about is left out.
COLUMNS = {
    "model": noted("Model"),
    "role": noted("Head type"),
    "positions": noted("Layer.head"),
    "source": noted("Source"),
}
_MOST = 60  #: Positions in one cell; a longer list is a scan of a whole model.


def place_table(
    places: Sequence[Place], names: Iterable[tuple[str, str, str]], docname: str, columns: Sequence[str]
) -> nodes.table:
    """Return a table with a row for each source of a head type's positions in a model."""
    texts = {(kind, key): name for kind, key, name in names}
    groups: dict[tuple[str, str, str | None, str, bool, str | None], list[Place]] = {}
    for at in places:
        key = (
            at.model if "model" in columns else "",
            at.role if "role" in columns else "",
            at.paper,
            at.source,
            at.inferred,
            at.url,
        )
        groups.setdefault(key, []).append(at)
    rows = []
    for (model, role, paper, source, inferred, url), found in groups.items():
        cells: dict[str, list[nodes.Node]] = {
            "model": [reference("model", model, texts.get(("model", model), model), docname, member=True)],
            "role": [reference("head", role, texts.get(("head", role), role), docname)],
            "positions": _positions(found, inferred=inferred),
            "source": _source(paper, source, url, texts, docname) if "paper" not in columns else [nodes.Text(source)],
        }
        rows.append([cells[column] for column in columns if column in cells])
    headings = [_(COLUMNS[column]) for column in columns if column in COLUMNS]
    return table(headings, rows, ["survey-places"])


def _positions(places: Sequence[Place], *, inferred: bool) -> list[nodes.Node]:
    labels = list(dict.fromkeys(at.label for at in places))
    style = "survey-inferred" if inferred else "survey-stated"
    result = joined([[nodes.literal("", label, classes=[style])] for label in labels[:_MOST]])
    if len(labels) > _MOST:
        result.append(nodes.Text(_(" and {count} more").format(count=len(labels) - _MOST)))
    if inferred:
        result.append(nodes.emphasis("", _(" (inferred)")))
    return result


def _source(
    paper: str | None, source: str, url: str | None, texts: dict[tuple[str, str], str], docname: str
) -> list[nodes.Node]:
    if paper is not None:
        return [reference("paper", paper, texts.get(("paper", paper), paper), docname), nodes.Text(f": {source}")]
    return [external(source, url)] if url is not None else [nodes.Text(source)]
