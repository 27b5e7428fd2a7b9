"""The kinds that a survey of something else gives for what its heads read and write, in ``docs/survey.toml``.

::

    [reads]
    key = "The key that is compared."
    neighboring-key = "The key beside it."

Each is an id and what it means; the name is made of the id.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, create_model

from survey.catalogue.schema import fields
from survey.catalogue.schema.axes import AXES, Axis, Kind, OneOf
from survey.translation import begun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from survey.catalogue.schema.facets import Facet

#: The tables, with their meaning for the reference.
KEYS = {
    "reads": "A table of what kinds of things heads read, ids with meanings, in the place of the built-in list.",
    "writes": "The same of what they write.",
}


def faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is wrong with the tables of kinds: table, key, what is wrong, and what to do."""
    for axis in AXES:
        table = values.get(axis.name, {})
        if not isinstance(table, dict):
            yield (
                axis.name,
                axis.name,
                f"'{axis.name}' is not a table",
                f'write [{axis.name}] and below it lines id = "meaning"',
            )
            continue
        if len(table) > fields.MOST_TEXTS:
            yield axis.name, axis.name, f"'{axis.name}' has {len(table)} kinds", f"give {fields.MOST_TEXTS} at most"
        for key, meaning in table.items():
            if fields.ENTRY_ID.fullmatch(key) is None or len(key) > fields.LONGEST_ID:
                yield axis.name, key, f"'{key}' cannot be the id of a kind", "write lower-case words joined by hyphens"
            elif not isinstance(meaning, str) or not 0 < len(meaning.strip()) <= fields.LONGEST_TEXT:
                yield axis.name, key, f"'{key}' has no text that says what it means", f'write {key} = "…"'


def read(values: Mapping[str, Any]) -> tuple[Axis, ...]:
    """Return the axes, with the kinds of the tables where there are any; the tables have no faults."""
    return tuple(_axis(axis, values.get(axis.name) or {}) for axis in AXES)


def _axis(axis: Axis, table: Mapping[str, str]) -> Axis:
    kinds = tuple(Kind(key, begun(key.replace("-", " ")), meaning.strip()) for key, meaning in table.items())
    return replace(axis, kinds=kinds) if kinds else axis


def with_kinds(facet: Facet, axes: tuple[Axis, ...]) -> Facet:
    """Return a facet whose fields take the kinds of ``axes``, if they are not the built-in ones; others as they are."""
    changed = [axis for axis, built_in in zip(axes, AXES, strict=True) if axis != built_in]
    if facet.fields is not fields.HeadFields or not changed:
        return facet
    extra: dict[str, Any] = {axis.field: (_type_of(axis), _field_of(axis)) for axis in changed}
    return replace(
        facet, fields=create_model("HeadFields", __base__=facet.fields, __doc__=facet.fields.__doc__, **extra)
    )


def _type_of(axis: Axis) -> Any:
    item: Any = Annotated[str, OneOf(axis.ids), fields.Form("kind")]
    checks = (Field(max_length=fields.MOST_TEXTS), BeforeValidator(fields.listed), AfterValidator(fields.distinct))
    return Annotated[(tuple[item, ...], *checks)]


def _field_of(axis: Axis) -> Any:
    return Field((), description=fields.HeadFields.model_fields[axis.field].description)
