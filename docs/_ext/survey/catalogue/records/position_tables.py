"""Tables of positions: the lists that are too long for front matter, in a CSV file (RFC 4180) beside their page.

A page has one table, named like itself: ``docs/papers/wu2024retrieval.csv``. Its rows belong to the groups of positions
in the front matter that say ``table``, by model and head type; what else is said of them stands there.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.catalogue.problems import Problem
from survey.catalogue.schema.fields import ENTRY_ID, LONGEST_ID, MOST_PLACES
from survey.catalogue.texts.text_files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from survey.catalogue.schema.fields import Positions

COLUMNS = ("model", "head", "layer", "index", "score", "rank")
#: A table is read up to these; the largest models have some ten thousand heads.
LARGEST, MOST_ROWS, MOST_FAULTS = 2_000_000, MOST_PLACES, 20
_COUNT = re.compile(r"0|[1-9][0-9]{0,5}")
_RANK = re.compile(r"[1-9][0-9]{0,5}")
_SCORE = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,20})?(?:[eE][-+]?[0-9]{1,2})?")
_HIGHEST = 1e9  #: As for the scores of front matter.
_BAD = "bad-table"


@dataclass(frozen=True, slots=True)
class Row:
    """One position; its model and head type are the row's place among the lists."""

    line: int
    at: str  #: ``layer.head``.
    score: float | None
    rank: int | None


@dataclass(slots=True)
class Table:
    """The lists of one file, by model and head type ('' where a list has none), each in the order of the file."""

    path: str
    lists: Mapping[tuple[str, str], Sequence[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(root: Path, path: str) -> Table:
    """Return the table of a file, given relative to the root; rows that cannot be used are reported and left out."""
    table = Table(path)
    text = read_text(root, path, table.problems, LARGEST)
    if text is None:
        return table
    lists: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for where, row in _usable(_rows(text, table), table):
        lists[where].append(row)
    table.lists = lists
    table.problems += _partly(path, lists)
    return table


def _usable(rows: Iterable[tuple[int, list[str]]], table: Table) -> Iterator[tuple[tuple[str, str], Row]]:
    """Yield the rows that can be used, each with its model and head type, as long as not too many can't."""
    seen: dict[tuple[str, str, str], int] = {}
    for line, cells in rows:
        fault = _fault(cells)
        where = (cells[0], cells[1], f"{cells[2]}.{cells[3]}") if fault is None else ("", "", "")
        if fault is None and where in seen:
            fault = (f"'{where[2]}' of this model and head is already given at line {seen[where]}", "keep one row")
        if fault is None:
            seen[where] = line
            score, rank = float(cells[4]) if cells[4] else None, int(cells[5]) if cells[5] else None
            yield where[:2], Row(line, where[2], score, rank)
            continue
        table.problems.append(Problem(table.path, line, _BAD, *fault))
        if len(table.problems) >= MOST_FAULTS:
            hint = "mend these first; the rest of the table is not read"
            table.problems.append(Problem(table.path, line, _BAD, f"{MOST_FAULTS} rows cannot be used", hint))
            return


def _rows(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their lines, behind the names of the columns."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(next(rows, ())) != COLUMNS:
            hint = f"the first line is '{','.join(COLUMNS)}'"
            table.problems.append(Problem(table.path, 1, _BAD, "the columns of the table are not named", hint))
            return
        for number, cells in enumerate(rows):
            if number == MOST_ROWS:
                message, hint = f"the table has more than {MOST_ROWS:,} rows", "shorten it; the rest is not read"
                table.problems.append(Problem(table.path, rows.line_num, "too-large", message, hint))
                return
            if cells:
                yield rows.line_num, cells
    except csv.Error:
        message, hint = "the row cannot be read as CSV", "cells need no quotes; the rest of the table is not read"
        table.problems.append(Problem(table.path, rows.line_num, _BAD, message, hint))


def _fault(cells: Sequence[str]) -> tuple[str, str] | None:
    """Return what is wrong with a row, and what to do about it: a cell that isn't an id or a number is no cell."""
    if len(cells) != len(COLUMNS):
        hint = f"give {len(COLUMNS)}: {', '.join(COLUMNS)}; score and rank may be empty"
        return f"the row has {len(cells)} cells", hint
    model, head, layer, index, score, rank = cells
    for name, value in (("model", model), ("head", head)):
        if (value or name == "model") and (ENTRY_ID.fullmatch(value) is None or len(value) > LONGEST_ID):
            return f"'{_short(value)}' cannot be the id of a {name}", "ids are lower-case words joined by hyphens"
    for name, value in (("layer", layer), ("head", index)):
        if _COUNT.fullmatch(value) is None:
            return (
                f"'{_short(value)}' is not a number of a {name}",
                "layers and heads are counted from 0",
            )
    if score and (_SCORE.fullmatch(score) is None or abs(float(score)) > _HIGHEST):
        return f"'{_short(score)}' is not a score", "write a number with a point, or leave the cell empty"
    if rank and _RANK.fullmatch(rank) is None:
        return f"'{_short(rank)}' is not a rank", "ranks are counted from 1; leave the cell empty if there is none"
    return None


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_ID else f"{value[:LONGEST_ID]}…"


def _partly(path: str, lists: Mapping[tuple[str, str], Sequence[Row]]) -> Iterator[Problem]:
    """Report lists of which only some rows have a score or a rank, or whose ranks don't go from 1 up."""
    for (model, head), rows in lists.items():
        for name in ("score", "rank"):
            without = [row.line for row in rows if getattr(row, name) is None]
            if 0 < len(without) < len(rows):
                message = f"the row has no {name}, which other rows of '{head or model}' have"
                yield Problem(path, without[0], _BAD, message, "give one in each row of a list, or in none")
        ranks = [row.rank for row in rows if row.rank is not None]
        if len(ranks) == len(rows) and sorted(ranks) != list(range(1, len(rows) + 1)):
            message = f"the ranks of '{head or model}' in '{model}' are not 1 to {len(rows)}, each once"
            yield Problem(path, rows[0].line, _BAD, message, "number the rows of a list anew, or leave the ranks out")


def filled(group: Positions, rows: Sequence[Row]) -> tuple[Positions, tuple[int, ...]]:
    """Return a group of positions with what its table lists, by rank where there are ranks, and the rows' lines."""
    ranked = all(row.rank is not None for row in rows)
    rows = sorted(rows, key=lambda row: row.rank or 0) if ranked else rows
    scores = tuple(row.score for row in rows if row.score is not None)
    values = {
        "at": tuple(row.at for row in rows),
        "scores": scores if len(scores) == len(rows) else (),
        "ranked": ranked and bool(rows),
    }
    return group.model_copy(update=values), tuple(row.line for row in rows)
