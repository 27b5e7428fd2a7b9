"""How marks look where no style sheet reaches: what ``figures.css`` says of their classes, in the colours of light."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The colours of stages by their place, as ``survey.css`` has them for light; 0 is for what belongs to none.
INKS = ("#3a4450", "#6b3d00", "#0a4a63", "#4b2a85", "#1c5229", "#7d1a2e", "#4a4700", "#00504b", "#75186b")
TINTS = ("#eceff2", "#fdeed7", "#dcf0f8", "#ece5fa", "#e0f3e3", "#fde6e9", "#f4f1cc", "#d9f3ef", "#fbe5f6")
BACKGROUND = "#fff"
_TEXT, _MUTED, _SURFACE = "#222", "#5a6570", "#f4f5f7"
_INK, _TINT = "ink", "tint"  #: Stand for the colours of the stage that a mark belongs to.

#: By class, in the order of the style sheet: the later wins. ``text`` stands for every text.
LOOKS: Mapping[str, Mapping[str, str]] = {
    "text": {"fill": _TEXT},
    "survey-faint": {"fill": _MUTED},
    "survey-tentative": {"fill": _TEXT, "font-style": "italic"},
    "survey-full": {"fill": _INK},
    "survey-hollow": {"fill": _TINT, "stroke": _INK, "stroke-width": "1.2", "stroke-dasharray": "2.5 1.5"},
    "survey-mark": {"fill": BACKGROUND, "stroke": INKS[0], "stroke-width": "0.75"},
    "survey-grid-lines": {"fill": "none", "stroke": _MUTED, "stroke-opacity": "0.35", "stroke-width": "0.75"},
    "survey-arc": {"fill": "none", "stroke": _INK, "stroke-width": "2"},
    "survey-arc-tip": {"fill": _INK},
    "survey-weight": {"fill": _INK},
    "survey-token": {"fill": _MUTED},
    "survey-token-used": {"fill": _TEXT, "font-weight": "600"},
    "survey-panel": {"fill": _SURFACE},
    "survey-bar": {"stroke": _INK, "stroke-width": "4"},
    "survey-heading": {"fill": _INK, "font-weight": "700"},
    "survey-subheading": {"fill": _MUTED, "font-weight": "600"},
    "survey-inside": {"fill": BACKGROUND, "font-weight": "600"},
    "survey-box": {"fill": _TINT, "stroke": _INK},
    "survey-box-inferred": {"stroke-dasharray": "4 3"},
    "survey-box-name": {"fill": _INK, "font-weight": "600"},
    "survey-box-note": {"fill": _INK},
    "survey-arrow": {"fill": "none", "stroke": _MUTED, "stroke-width": "1.5"},
    "survey-arrow-tip": {"fill": _MUTED},
    "survey-badge": {"fill": BACKGROUND, "stroke": _MUTED},
    "survey-badge-number": {"font-weight": "600"},
    "survey-named": {"fill": "none", "stroke": _TEXT, "stroke-width": "1.2"},
}
_SHADE = "survey-shade-"


def shade_class(shade: int) -> str:
    """Return the class for the colours of a stage by its place; stages after the last colour have them again."""
    return f"{_SHADE}{(shade - 1) % (len(INKS) - 1) + 1 if shade else 0}"


def look(name: str, classes: Sequence[str], shade: int) -> dict[str, str]:
    """Return the attributes of an element of a drawing that stands for its classes, in the colours of a stage."""
    wanted = {*classes, name}
    colours = {_INK: INKS[shade], _TINT: TINTS[shade]}
    found: dict[str, str] = {}
    for key, attributes in LOOKS.items():
        if key in wanted:
            found |= {attribute: colours.get(value, value) for attribute, value in attributes.items()}
    return found


def shade_of(classes: Sequence[str], around: int) -> int:
    """Return the stage that classes name, or the one ``around``; one for which there is no colour changes nothing."""
    for name in classes:
        number = name.removeprefix(_SHADE)
        if name.startswith(_SHADE) and number.isdecimal() and int(number) < len(INKS):
            around = int(number)
    return around
