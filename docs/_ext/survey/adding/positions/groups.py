"""Rows of a table as groups of positions: one for each model, head type and source, in the order of the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.adding import naming
from survey.adding.draft.faults import Fault, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from survey.adding.positions.tables import Row
    from survey.catalogue import Catalogue

LONG = 40  #: So many positions at most stand in front matter; a longer list lies in a table beside the page.
_WIDTH = 110  #: Characters of a line of positions.


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said of all rows that don't say it themselves."""

    model: str = ""
    type: str = ""
    source: str = ""
    inferred: bool = False
    automatic: bool = False
    options: bool = True  #: Whether whoever gives the table can give options beside it.

    def hint(self, column: str, option: str, more: str = "") -> str:
        """Return what to do about what is missing."""
        return f"give a column '{column}'" + (f", or {option}" if self.options else "") + more


@dataclass(slots=True)
class Group:
    """Positions of one head type in one model by one source."""

    model: str
    head: str
    source: str
    saying: Saying
    rows: list[Row] = field(default_factory=list)

    @property
    def at(self) -> tuple[str, ...]:
        """The positions."""
        return tuple(row.at for row in self.rows)

    @property
    def scores(self) -> tuple[float, ...]:
        """What they score, if each has a score."""
        scores = tuple(row.score for row in self.rows if row.score is not None)
        return scores if len(scores) == len(self.rows) else ()

    def lines(self, table: str = "") -> list[str]:
        """Return the item of ``positions`` in a page, without indentation; with ``table``, its rows lie there."""
        lines = [f"- model: {self.model}", f"  head: {self.head}"]
        if table:
            lines.append(f"  table: {table}")
        else:
            lines += _wrapped("at", [f"'{at}'" for at in self.at])
            lines += _wrapped("scores", [_number(score) for score in self.scores])
        lines.append(f"  source: {_quoted(self.source)}")
        lines += [f"  {name}: true" for name in ("inferred", "automatic") if getattr(self.saying, name)]
        return lines

    def table_rows(self) -> list[str]:
        """Return the rows of the table beside the page."""
        scores = [_number(score) for score in self.scores] or [""] * len(self.rows)
        return [
            f"{self.model},{self.head},{at.replace('.', ',')},{score},"
            for at, score in zip(self.at, scores, strict=True)
        ]


def grouped(
    rows: Iterable[Row], saying: Saying, tags: Mapping[str, Sequence[str]], catalogue: Catalogue, place: str
) -> list[Group]:
    """Return the rows in groups.

    :param tags: the head types and models that the paper names, by kind; a row without one is of the only one.
    :raises Refused: with all that is missing, unknown or given twice.
    """
    groups: dict[tuple[str, str, str], Group] = {}
    faults: list[Fault] = []
    resolve = _Resolver(catalogue, saying)
    for row in rows:
        try:
            model = resolve("model", row.model or saying.model, tags["model"], "--model")
            head = resolve("head", row.type or saying.type, tags["head"], "--type")
            source = row.source or saying.source
            if not source:
                hint = saying.hint("source", "--source", ": a section, figure, table or file")
                raise Refused(Fault("nothing says where the positions are given", hint))
        except Refused as refused:
            faults += [Fault(fault.message, fault.hint, f"{place}:{row.line}") for fault in refused.faults]
            continue
        group = groups.setdefault((model, head, source), Group(model, head, source, saying))
        if row.at in group.at:
            faults.append(
                Fault(f"'{row.at}' is given twice for '{head}' in '{model}'", "keep one", f"{place}:{row.line}")
            )
        group.rows.append(row)
    if faults:
        raise Refused(*_distinct(faults))
    return list(groups.values())


def _distinct(faults: Sequence[Fault], most: int = 20) -> list[Fault]:
    """Return each fault once, where it is met first."""
    found: dict[tuple[str, str], Fault] = {}
    for fault in faults:
        found.setdefault((fault.message, fault.hint), fault)
    return list(found.values())[:most]


class _Resolver:
    """Names as ids; each is looked up once."""

    def __init__(self, catalogue: Catalogue, saying: Saying) -> None:
        self._catalogue, self._saying = catalogue, saying
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, kind: str, name: str, only: Sequence[str], option: str) -> str:
        if not name:
            if len(only) == 1:
                return only[0]
            what = "type" if kind == "head" else kind
            of = f", of the {len(only)} of the paper" if only else ""
            raise Refused(Fault(f"nothing says which {kind} is meant{of}", self._saying.hint(what, option)))
        if (kind, name) not in self._known:
            (self._known[kind, name],) = naming.ids([name], kind, self._catalogue)
        return self._known[kind, name]


def _wrapped(name: str, items: Sequence[str]) -> list[str]:
    """Return a list of front matter, on one line if it is short."""
    if not items:
        return []
    short = f"  {name}: [{', '.join(items)}]"
    if len(short) <= _WIDTH:
        return [short]
    lines, line = [f"  {name}: ["], ""
    for item in items:
        if len(line) + len(item) > _WIDTH:
            lines.append(f"    {line.rstrip()}")
            line = ""
        line += f"{item}, "
    return [*lines, f"    {line.rstrip(', ')}", "  ]"]


def _number(score: float) -> str:
    """Return a number as short as it can be written without a loss; a whole one as YAML has them."""
    return f"{score:.0f}" if score.is_integer() and abs(score) < 1e15 else repr(score)  # noqa: PLR2004  # exact in binary


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
