"""Long times in few columns: what is drawn a column for each year, or each quarter, when there are too many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How many years a column may stand for. Each divides a hundred, so that the years of a column share their century.
SPANS = (1, 2, 5, 10, 20, 50, 100)


def columns(first: int, last: int, years: int) -> Iterator[range]:
    """Yield the years of each column from the first to the last year; columns begin at multiples of their number."""
    for start in range(first - first % years, last + 1, years):
        yield range(start, start + years)


def label(span: range) -> str:
    """Return what stands beside the years of a column: ``1950–54``."""
    return f"{span.start}–{span[-1] % 100:02}" if len(span) > 1 else str(span.start)
