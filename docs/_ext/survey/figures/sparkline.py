"""A number a year, as a picture of the height of a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.figures.looks import shade_class
from survey.figures.periods import SPANS, columns
from survey.figures.svg import Element, drawing, number, path, rect, text
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLOT, _BAR, _HIGH = 9, 7, 18  #: A bar with the gap behind it, and the bar alone.
_WIDEST, _MOST = 216, 108  #: The width of all bars, and their number: in a line of text there is room for no more.
_SIZE = 10
_LABEL = 28


def sparkline(years: Sequence[tuple[int, int]], shade: int) -> Element | None:
    """Return bars for the numbers of consecutive years, or None if there's nothing to show."""
    if not any(count for _year, count in years):
        return None
    bars, span = _bars(years)
    most = max(bars)
    slot = min(_SLOT, _WIDEST / len(bars))
    bar = slot * _BAR / _SLOT
    width = slot * len(bars) - (slot - bar)
    ground = _HIGH + 1
    marks = [path(f"M{_LABEL} {ground}h{number(width)}", "survey-grid-lines")]
    for index, count in enumerate(bars):
        height = max(_HIGH * count / most, 2)
        if count:
            marks.append(rect(_LABEL + slot * index, ground - height, bar, height, "survey-full"))
    marks.append(text(_LABEL - 3, ground, str(years[0][0]), "survey-faint", font_size=_SIZE, text_anchor="end"))
    marks.append(text(_LABEL + width + 3, ground, str(years[-1][0]), "survey-faint", font_size=_SIZE))
    one = _("{count} in {year}")
    words = _(", ").join(one.format(count=count, year=year) for year, count in years if count)
    described = _("One bar for {years} years, from {first} to {last}.")
    if span == 1:
        described = _("One bar a year from {first} to {last}.")
    return drawing(
        2 * _LABEL + width,
        ground + 1,
        _("Papers per year: {words}").format(words=words),
        described.format(years=span, first=years[0][0], last=years[-1][0]),
        *marks,
        classes=f"survey-sparkline {shade_class(shade)}",
        role="img",
    )


def _bars(years: Sequence[tuple[int, int]]) -> tuple[list[int], int]:
    """Return the numbers of the bars, and for how many years each stands."""
    counts = dict(years)
    for span in SPANS:
        bars = [sum(counts.get(year, 0) for year in at) for at in columns(years[0][0], years[-1][0], span)]
        if len(bars) <= _MOST:
            break
    return bars, span
