"""A table of positions as somebody has it: CSV with named columns, in any order, among others that nobody asks for."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.adding.text.cleaning import one_line
from survey.catalogue.records.position_tables import MOST_ROWS
from survey.catalogue.schema.fields import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MOST_FAULTS = 20
_NUMBER = re.compile(r"0|[1-9][0-9]{0,5}")
_SCORE = re.compile(r"[-+]?(?:[0-9]{1,9}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][-+]?[0-9]{1,2})?")
_HIGHEST = 1e9
#: What columns may be called, in lower case, by what they hold. 'head' is a number or, beside 'index', a type.
_NAMES = {
    "model": ("model", "model_name"),
    "layer": ("layer", "l"),
    "head": ("head", "h", "head_index"),
    "type": ("type", "head_type", "role"),
    "score": ("score", "value"),
    "source": ("source",),
}
_WANTED = "name the columns in the first line: layer, head, type, and where they are known score, model and source"


@dataclass(frozen=True, slots=True)
class Row:
    """One position as the table has it; texts that it doesn't have are empty."""

    line: int
    at: str  #: ``layer.head``.
    model: str
    type: str
    score: float | None
    source: str


def read(text: str, place: str) -> list[Row]:
    """Return the rows of a table.

    :param place: where it comes from, for messages.
    :raises Refused: with all rows that cannot be used, up to a bound, or if a column is missing.
    """
    rows = csv.reader(io.StringIO(text.strip("\ufeff").rstrip(), newline=""), strict=True, skipinitialspace=True)
    found: list[Row] = []
    faults: list[Fault] = []
    try:
        names = next(filter(_is_filled, rows), [])  # empty lines above them count, so that lines are those of the file
        columns = _columns(names, f"{place}:{max(rows.line_num, 1)}")
        for cells in filter(_is_filled, rows):
            if len(found) == MOST_ROWS:
                raise Refused(Fault(f"the table has more than {MOST_ROWS:,} rows", "shorten it", place))
            try:
                found.append(_row(rows.line_num, cells, columns))
            except ValueError as error:
                faults.append(Fault(str(error.args[0]), str(error.args[1]), f"{place}:{rows.line_num}"))
                if len(faults) == _MOST_FAULTS:
                    break
    except csv.Error as error:
        faults.append(
            Fault(f"the row is no CSV ({error})", "mend it; the rest is not read", f"{place}:{rows.line_num}")
        )
    if faults:
        raise Refused(*faults)
    if not found:
        raise Refused(Fault("the table has no rows", _WANTED, place))
    return found


def _is_filled(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _columns(names: Sequence[str], place: str) -> Mapping[str, int]:
    """Return the places of the columns by what they hold."""
    given = [name.strip().casefold().replace(" ", "_") for name in names]
    if twice := next((name for name in given if name and given.count(name) > 1), ""):
        raise Refused(Fault(f"the column '{one_line(twice, 50)}' is there twice", "remove one", place))
    found = {what: given.index(name) for what, known in _NAMES.items() for name in known[::-1] if name in given}
    if "index" in given:  # as in the tables beside pages, where 'head' is the type
        found = {**found, "head": given.index("index")} | ({"type": given.index("head")} if "head" in given else {})
    for what in ("layer", "head"):
        if what not in found:
            raise Refused(Fault(f"the table has no column '{what}'", _WANTED, place))
    return found


def _row(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> Row:
    """Return a row.

    :raises ValueError: with what is wrong and what to do.
    """
    values = dict(_values(cells, columns))
    for what in ("layer", "head"):
        if _NUMBER.fullmatch(values[what]) is None:
            message = f"'{one_line(values[what], 50)}' is not the number of a {what}"
            raise ValueError(message, "layers and heads are counted from 0, as whole numbers")
    score = values.get("score", "")
    if score and (_SCORE.fullmatch(score) is None or abs(float(score)) > _HIGHEST):
        raise ValueError(f"'{one_line(score, 50)}' is not a score", "write a number with a point, or leave it out")
    return Row(
        line,
        f"{values['layer']}.{values['head']}",
        values.get("model", ""),
        values.get("type", ""),
        float(score) if score else None,
        one_line(values.get("source", ""), LONGEST_TEXT),
    )


def _values(cells: Sequence[str], columns: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for what, at in columns.items():
        yield what, cells[at].strip() if at < len(cells) else ""
