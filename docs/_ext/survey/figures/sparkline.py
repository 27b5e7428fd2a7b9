"""A number a year, as a picture of the height of a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.figures.svg import Element, drawing, path, rect, text
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAR, _GAP, _HIGH = 7, 2, 18
_SIZE = 10
_LABEL = 28


def sparkline(years: Sequence[tuple[int, int]], shade: int) -> Element | None:
    """Return bars for the numbers of consecutive years, or None if there's nothing to show."""
    most = max((count for _year, count in years), default=0)
    if not most:
        return None
    width = (_BAR + _GAP) * len(years) - _GAP
    ground = _HIGH + 1
    marks = [path(f"M{_LABEL} {ground}h{width}", "survey-grid-lines")]
    for index, (_year, count) in enumerate(years):
        height = max(_HIGH * count / most, 2)
        if count:
            marks.append(rect(_LABEL + (_BAR + _GAP) * index, ground - height, _BAR, height, "survey-full"))
    marks.append(text(_LABEL - 3, ground, str(years[0][0]), "survey-faint", font_size=_SIZE, text_anchor="end"))
    marks.append(text(_LABEL + width + 3, ground, str(years[-1][0]), "survey-faint", font_size=_SIZE))
    one = _("{count} in {year}")
    words = _(", ").join(one.format(count=count, year=year) for year, count in years if count)
    return drawing(
        2 * _LABEL + width,
        ground + 1,
        _("Papers per year: {words}").format(words=words),
        _("One bar a year from {first} to {last}.").format(first=years[0][0], last=years[-1][0]),
        *marks,
        classes=f"survey-sparkline survey-shade-{shade}",
        role="img",
    )
