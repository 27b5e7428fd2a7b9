"""Which tables of positions belong to which page: their lists become the positions of the page's own fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from survey.catalogue.problems import Problem
from survey.catalogue.records import position_tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from survey.catalogue.records.files import Page
    from survey.catalogue.records.position_tables import Table
    from survey.catalogue.schema.fields import Positions

_UNUSED = "unused-table"


def tabled(page: Page, root: Path, problems: list[Problem], there: Collection[str]) -> Page:
    """Return a page with the lists of its table, if its fields name one; ``there`` are the tables of the survey."""
    groups: tuple[Positions, ...] = getattr(page.fields, "positions", ())
    if page.fields is None or all(group.table is None for group in groups):
        return page
    path = f"{page.path.removesuffix('.md')}.csv"
    problems += _misnamed(page, groups, path, there)
    if path not in there:
        return page
    table = position_tables.read(root, path)
    found, lines = list(groups), dict[int, tuple[int, ...]]()
    lists = dict(table.lists)
    problems += table.problems
    for index, where in _wanted(page, groups, problems):
        rows = lists.pop(where, ())
        found[index], lines[index] = position_tables.filled(groups[index], rows)
        if not rows and not table.problems:
            message = f"{path} has no row of '{where[1]}' in '{where[0]}'"
            problems.append(_fault(page, index, message, "add its rows, or remove the group"))
    problems += _unclaimed(table, lists)
    return replace(page, fields=page.fields.model_copy(update={"positions": tuple(found)}), rows=lines, table=path)


def _wanted(page: Page, groups: Sequence[Positions], problems: list[Problem]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the groups that stand in the table, with the model and the head type under which it lists them."""
    claimed: set[tuple[str, str]] = set()
    for index, group in enumerate(groups):
        where = (group.model, group.head or (page.stem if page.kind == "head" else ""))
        if group.table is not None and where in claimed:
            message = f"the rows of '{where[1]}' in '{where[0]}' are those of another group already"
            hint = "a table has one list for a model and a head: give the shorter one by 'at'"
            problems.append(_fault(page, index, message, hint))
        elif group.table is not None:
            claimed.add(where)
            yield index, where


def _fault(page: Page, index: int, message: str, hint: str) -> Problem:
    return Problem(page.path, page.line("positions", index, "table"), "bad-value", message, hint)


def _misnamed(page: Page, groups: Sequence[Positions], path: str, there: Collection[str]) -> Iterator[Problem]:
    name = path.rpartition("/")[2]
    for index, group in enumerate(groups):
        if group.table is not None and group.table != name:
            hint = f"a page has one table, beside it: write '{name}'"
            yield _fault(page, index, f"'{group.table}' is not the table of this page", hint)
        elif group.table is not None and path not in there:
            hint = "add it, or give the positions by 'at'"
            line = page.line("positions", index, "table")
            yield Problem(page.path, line, "missing-file", f"the table {path} is not there", hint)


def _unclaimed(table: Table, lists: dict[tuple[str, str], Sequence[position_tables.Row]]) -> Iterator[Problem]:
    """Report the lists of a table for which the page has no group: nobody would see them."""
    for (model, head), rows in lists.items():
        message = f"no positions of the page have 'table' for '{head}' in '{model}'; these rows are not used"
        yield Problem(
            table.path, rows[0].line, _UNUSED, message, "add the group that says their source, or remove them"
        )


def unused(pages: Sequence[Page], there: Collection[str]) -> Iterator[Problem]:
    """Report the tables that no page names; of pages that cannot be used nothing is known."""
    used = {page.table for page in pages} | {
        f"{page.path.removesuffix('.md')}.csv" for page in pages if page.kind and page.fields is None
    }
    for path in there:
        if path not in used:
            hint = "name it by 'table' in the page beside it, or remove it"
            yield Problem(path, 1, _UNUSED, "no page names this table; it is not used", hint)
