"""A number a year, as a picture of the height of a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.figures.svg import Element, drawing, path, rect, text

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAR, _GAP, _HIGH = 7, 2, 18
_SIZE = 10
_LABEL = 28


def sparkline(years: Sequence[tuple[int, int]], shade: int) -> Element | None:
    """Return bars for the numbers of consecutive years, or None if there's nothing to show."""
    most = max((count for _, count in years), default=0)
    if not most:
        return None
    width = (_BAR + _GAP) * len(years) - _GAP
    ground = _HIGH + 1
    marks = [path(f"M{_LABEL} {ground}h{width}", "survey-grid-lines")]
    for index, (_, count) in enumerate(years):
        height = max(_HIGH * count / most, 2)
        if count:
            marks.append(rect(_LABEL + (_BAR + _GAP) * index, ground - height, _BAR, height, "survey-full"))
    marks.append(text(_LABEL - 3, ground, str(years[0][0]), "survey-faint", font_size=_SIZE, text_anchor="end"))
    marks.append(text(_LABEL + width + 3, ground, str(years[-1][0]), "survey-faint", font_size=_SIZE))
    words = ", ".join(f"{count} in {year}" for year, count in years if count)
    return drawing(
        2 * _LABEL + width,
        ground + 1,
        f"Papers a year: {words}",
        f"One bar a year from {years[0][0]} to {years[-1][0]}.",
        *marks,
        classes=f"survey-sparkline survey-shade-{shade}",
        role="img",
    )
