"""Head positions as tables: what sources name in sight, what detectors chose in lists that are folded away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes

from survey.pages.core.nodes import external, folded, joined, paragraph, position_link, reference, table
from survey.pages.figures.head_runs import run_of
from survey.translation import _, begun, both, counted, noted, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.views.counting import Heads
    from survey.catalogue.views.placing import PlaceRow

#: The columns that a table can have: what its page is about is left out.
COLUMNS = {
    "model": noted("Model"),
    "role": noted("Head type"),
    "positions": noted("Layer.head"),
    "source": noted("Source"),
}
_HEADS = both("{count} head", "{count} heads")
_KV_HEADS = both("{count} KV head", "{count} KV heads")
#: By kind and id, what things are called.
Names = Iterable[tuple[str, str, str]]


def place_tables(rows: Sequence[PlaceRow], names: Names, docname: str, columns: Sequence[str]) -> list[nodes.Node]:
    """Return a table of the lists whose heads sources name, and to unfold those that were chosen by a score."""
    named = [row for row in rows if not row.automatic]
    chosen = [row for row in rows if row.automatic]
    result: list[nodes.Node] = [place_table(named, names, docname, columns)] if named else []
    if chosen:
        summary = _("Chosen by a detector or score: {heads}").format(heads=chosen_in_words(chosen))
        result.append(
            folded(
                "",
                place_list(chosen, names, docname, columns),
                label=summary,
                classes=["survey-in-words", "survey-chosen", "no-search"],
            )
        )
    return result


def place_table(rows: Iterable[PlaceRow], names: Names, docname: str, columns: Sequence[str]) -> nodes.table:
    """Return a table with a row for each list of positions."""
    texts = {(kind, key): name for kind, key, name in names}
    shown = [column for column in columns if column in COLUMNS]
    cells = [[_cell(column, row, texts, docname, columns) for column in shown] for row in rows]
    return table([_(COLUMNS[column]) for column in shown], cells, ["survey-places"])


def _cell(
    column: str, row: PlaceRow, texts: dict[tuple[str, str], str], docname: str, columns: Sequence[str]
) -> list[nodes.Node]:
    if column == "model":
        return [reference("model", row.model, texts.get(("model", row.model), row.model), docname, member=True)]
    if column == "role":
        return _role(row, texts, docname)
    return (
        _positions(row, docname)
        if column == "positions"
        else _source(row, texts, docname, named="paper" not in columns)
    )


def place_list(
    rows: Iterable[PlaceRow], names: Names, docname: str, columns: Sequence[str], *, linked: bool = True
) -> nodes.bullet_list:
    """Return lists of chosen heads one below the other: what each is, and then its positions, which may be hundreds.

    They are ``linked`` to their models' pages, but where the page has thousands.
    """
    texts = {(kind, key): name for kind, key, name in names}
    items = nodes.bullet_list(classes=["survey-chosen-lists"])
    for row in rows:
        about = [_cell(column, row, texts, docname, columns) for column in columns if column in COLUMNS]
        about = [cell for column, cell in zip(columns, about, strict=False) if column != "positions"]
        heads = run_of(row.model, row.labels, kv=row.kv)
        shown = heads if linked else heads.children[0]
        notes = nodes.Text(begun("; ".join((_heads(row), *_notes(row)))) + ". ")
        caveat = [nodes.strong("", f"{row.caveat} ")] if row.caveat else []
        head = paragraph(*joined(about, " · "), classes=["survey-chosen-list"])
        items += nodes.list_item("", head, paragraph(notes, *caveat, shown))
    return items


def _heads(row: PlaceRow) -> str:
    words = _thousands(len(row.labels), _KV_HEADS if row.kv else _HEADS)
    return words if row.of is None else _("{heads} of {all} in the source").format(heads=words, all=f"{row.of:,}")


def _thousands(count: int, words: tuple[str, str]) -> str:
    return plural(*words, count).format(count=f"{count:,}")


def heads_in_words(heads: Heads) -> str:
    """Return how many heads are known, and how: ``12 stated, 3 inferred, 256 chosen by a score, 128 KV heads``."""
    parts = [_("{count} stated").format(count=heads.stated)] if heads.stated else []
    if heads.inferred:
        parts.append(_("{count} inferred").format(count=heads.inferred))
    if heads.automatic:
        parts.append(_("{count} chosen by a detector or score").format(count=f"{heads.automatic:,}"))
    if heads.kv:
        parts.append(_thousands(heads.kv, _KV_HEADS))
    return ", ".join(parts)


def surveyed_papers(count: int) -> str:
    """Return by how many papers heads are named or chosen; what else tells of them are files and pages of others."""
    if not count:
        return _("sources outside the surveyed papers")
    return counted(count, "{count} surveyed paper", "{count} surveyed papers")


def chosen_in_words(rows: Sequence[PlaceRow]) -> str:
    """Return how many heads some lists have, each counted once in a model: ``33 heads and 128 KV heads in 2 lists``."""
    heads = {(row.model, label) for row in rows if not row.kv for label in row.labels}
    shared = {(row.model, label) for row in rows if row.kv for label in row.labels}
    words = _thousands(len(heads), _HEADS) if heads else ""
    if shared:
        kv = _thousands(len(shared), _KV_HEADS)
        words = _("{heads} and {more}").format(heads=words, more=kv) if words else kv
    lists = counted(len(rows), "{count} list", "{count} lists")
    return _("{heads} in {lists}").format(heads=words, lists=lists)


def _role(row: PlaceRow, texts: dict[tuple[str, str], str], docname: str) -> list[nodes.Node]:
    if row.role is None:
        return [nodes.Text(row.called or "")]
    link = reference("head", row.role, texts.get(("head", row.role), row.role), docname)
    return [link, nodes.Text(_(" (called {name})").format(name=row.called))] if row.called else [link]


def _positions(row: PlaceRow, docname: str) -> list[nodes.Node]:
    """Return the heads of a list, and what has to be known of it: of how many, what it counts, by which rule."""
    style = "survey-inferred" if row.inferred else "survey-stated"
    kv = "KV " if row.kv else ""
    result = joined([[position_link(row.model, f"{kv}{label}", docname, [style])] for label in row.labels])
    part = [_heads(row)] if row.kv or row.of is not None else []
    notes = "; ".join((*part, *_notes(row)))
    if notes:
        result.append(nodes.inline("", f" ({notes})", classes=["survey-place-notes"]))
    if row.caveat:
        result += [nodes.Text(" "), nodes.strong("", row.caveat)]
    return result


def _notes(row: PlaceRow) -> Iterator[str]:
    if row.inferred:
        yield _("inferred")
    if row.criterion:
        yield row.criterion
    if row.scores is not None:
        first, last = (f"{score:.4g}" for score in row.scores)
        words = _("{measure}: {first} to {last}") if len(row.labels) > 1 else _("{measure}: {first}")
        yield words.format(measure=row.measure or _("score"), first=first, last=last)


def _source(row: PlaceRow, texts: dict[tuple[str, str], str], docname: str, *, named: bool) -> list[nodes.Node]:
    place = external(row.source, row.url) if row.url is not None else nodes.Text(row.source)
    if row.paper is None or not named:
        return [place]
    return [reference("paper", row.paper, texts.get(("paper", row.paper), row.paper), docname), nodes.Text(": "), place]
