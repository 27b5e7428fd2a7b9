"""The measurements as a table, and as a page with a picture."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.measuring import Cost

_PAGE = Path(__file__).with_name("performance.md.template")
_LONGEST_BAR = 40  #: Letters.


def table(results: Mapping[int, Mapping[str, Cost]]) -> str:
    """Return a table of Markdown: a row for each build, with its ratio to the full one, or to plain Sphinx."""
    lines = [
        "| papers | build | processor s | wall s | memory MiB | ratio |",
        "|---:|---|---:|---:|---:|---|",
    ]
    for size, costs in results.items():
        for name, cost in costs.items():
            figures = f"{cost.processor:.1f} | {cost.wall:.1f} | {cost.memory:.0f}"
            lines.append(f"| {size} | {name} | {figures} | {_ratio(name, costs)} |")
    return "\n".join(lines)


def _ratio(name: str, costs: Mapping[str, Cost]) -> str:
    full, plain, cost = costs["full"], costs["plain Sphinx"], costs[name]
    if name in {"full", "full again"}:
        return f"{cost.processor / plain.processor:.2f} × plain; memory {cost.memory / plain.memory:.2f}"
    if name == "two processes":
        return f"{cost.wall / full.wall:.2f} of the full build's wall time"
    return f"{cost.processor / full.processor:.1%} of full"


def write(results: Mapping[int, Mapping[str, Cost]], machine: str, folder: Path) -> None:
    """Write the page with its picture."""
    page = _PAGE.read_text("utf-8").format(
        day=dt.datetime.now(dt.UTC).date(),
        machine=machine,
        picture=_picture(results),
        table=table(results),
        exponent=exponent(results),
    )
    (folder / "performance.md").write_text(page, "utf-8")


def _picture(results: Mapping[int, Mapping[str, Cost]]) -> str:
    """Return bars of letters, which follow the reader's colors: for each size one of ours and one of plain Sphinx's."""
    most = max(cost["full"].processor for cost in results.values())
    rows = []
    for size, costs in results.items():
        for name, label in (("full", "this survey"), ("plain Sphinx", "plain Sphinx")):
            bar = "█" * max(1, round(_LONGEST_BAR * costs[name].processor / most))
            of = f"{size:,} papers" if name == "full" else ""
            rows.append(f"{of:>13}  {label:<12} {costs[name].processor:6.1f} s  {bar}")
    return "\n".join(rows)


def exponent(results: Mapping[int, Mapping[str, Cost]]) -> float:
    """Return the exponent of a full build's growth from the first size to the last: 1 is linear."""
    sizes = list(results)
    first, last = (results[size]["full"].processor for size in (sizes[0], sizes[-1]))
    return math.log(last / first) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 1.0
