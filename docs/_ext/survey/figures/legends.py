"""Legends: what colours and marks stand for, as a line of HTML that wraps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.figures.looks import shade_class
from survey.figures.svg import NAMESPACE, Element, element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.views import Tag


def legend(*entries: tuple[Element, str]) -> Element:
    """Return a legend of swatches with their words."""
    return element("ul", *(element("li", swatch, " ", words) for swatch, words in entries), class_="survey-legend")


def stages(tags: Sequence[Tag]) -> list[tuple[Element, str]]:
    """Return the entries for the colours of stages."""
    return [
        (swatch(element("rect", x=1, y=1, width=10, height=10, class_="survey-full"), tag.shade), tag.name)
        for tag in tags
    ]


def swatch(mark: Element, shade: int = 0) -> Element:
    """Return a mark by itself, as legends show it."""
    return element(
        "svg",
        mark,
        xmlns=NAMESPACE,
        viewBox="0 0 12 12",
        width=12,
        height=12,
        class_=f"survey-swatch {shade_class(shade)}",
        aria_hidden="true",
    )
