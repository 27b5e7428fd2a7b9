"""Filters of the atlas by head type, without a script: links to places on the page, and styles that follow them.

The styles are a file of their own: the content security policy allows none in the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.schema.fields import ENTRY_ID
from survey.figures.looks import shade_class
from survey.figures.svg import Element, Target, element
from survey.translation import _, counted, pieces

if TYPE_CHECKING:
    from survey.catalogue.views import Tag
    from survey.catalogue.views.atlas import AtlasData

ALL = "all-heads"


def filters(data: AtlasData) -> tuple[Element, ...]:
    """Return a link for each head type that has positions, by stage; :func:`style_sheet` makes them filters.

    What the links lead to stands beside the models, not around them: a rule with ``:has()`` for each head type would
    take a browser ten times as long.
    """
    usable = _usable(data)
    links = element("ul", *(_item(tag, count) for tag, count in usable))
    summary = _("Show only one of {count} head types").format(count=len(usable))
    navigation = element(
        "nav",
        element("details", element("summary", summary), links),
        id=ALL,
        class_="survey-filter",
        aria_label=_("Filter by head type"),
    )
    return (navigation, *(_state(tag, count) for tag, count in usable))


def style_sheet(data: AtlasData) -> str:
    """Return the styles of the filters, a line for each."""
    return "".join(f"{_rules(tag)}\n" for tag, _count in _usable(data))


def _usable(data: AtlasData) -> list[tuple[Tag, int]]:
    """Return the head types with their numbers of positions, as they are listed."""
    counts: dict[str, int] = {}
    tags: dict[str, Tag] = {}
    for grid in data.grids:
        for cell in grid.cells:
            for role in cell.roles:
                if not role.tag.id:  # what a source calls heads of no type is no type to choose
                    continue
                counts[role.tag.id] = counts.get(role.tag.id, 0) + 1
                tags[role.tag.id] = role.tag
    found = sorted(tags.values(), key=lambda tag: (tag.shade, -counts[tag.id], tag.name.casefold()))
    return [(tag, counts[tag.id]) for tag in found if ENTRY_ID.fullmatch(tag.id)]  # in a style it must be harmless


def anchor(tag: Tag) -> str:
    """Return the anchor by which the atlas shows only one head type: ``atlas.html#only-induction``."""
    return f"only-{tag.id}"


def _item(tag: Tag, count: int) -> Element:
    number = element("span", str(count), class_="survey-count")
    link = element("a", tag.name, " ", number, href=Target.here(anchor(tag)), class_=shade_class(tag.shade))
    return element("li", link)


def _state(tag: Tag, count: int) -> Element:
    """Return what is shown while only one head type is: the target of its filter."""
    name = element("a", tag.name, href=Target("head", tag.id))
    positions = counted(count, "{count} position", "{count} positions")
    back = element("a", _("show all head types"), href=Target.here(ALL))
    words = pieces(_("Only {head}, {positions}: {back}"), head=name, positions=positions, back=back)
    return element("p", *words, id=anchor(tag), class_="survey-filter-state")


def _rules(tag: Tag) -> str:
    """Return what is shown of the models and heads that the style sheet hides and dims while a filter is the target."""
    ident = tag.id.replace(".", r"\.")
    here = f"#only-{ident}:target"
    return f"{here}~.survey-has-{ident}{{display:block}}{here}~.survey-atlas-model .survey-role-{ident}{{opacity:1}}"
