"""What the source files may hold, as data for the reference: every kind of front matter with its fields.

It is read off the classes that check the files (:mod:`survey.catalogue.schema.fields`), so that the reference says
what the checks ask for.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.schema.fields import Form
from survey.catalogue.schema.flows import Flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.schema.facets import Facet, Layout

_PLAIN = {bool: "true or false", int: "whole number", float: "number"}
#: What a number must be, by the names of the constraints in annotated_types.
_LIMITS = {"gt": "above", "ge": "from", "le": "to"}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field, as the reference gives it."""

    name: str  #: As files have it.
    form: str  #: What a value is: 'list of ids'.
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Fieldset:
    """The fields that stand together in one mapping."""

    path: str  #: Where: 'paper', 'paper.positions'.
    place: str  #: The files that have it.
    meaning: str
    fields: tuple[FieldWords, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """View of all fields, of which the reference is a page."""

    def select(self, catalogue: Catalogue) -> tuple[Fieldset, ...]:
        """Return them by the mappings in which they stand."""
        return tuple(fieldsets(catalogue.layout))


@dataclass(frozen=True, slots=True)
class Kinds:
    """View of the facets that the survey has."""

    def select(self, catalogue: Catalogue) -> tuple[Facet, ...]:
        """Return them, the built-in ones first."""
        return catalogue.layout.facets


def fieldsets(layout: Layout) -> Iterator[Fieldset]:
    """Yield what files of facts may hold, kind by kind, and what flows declare in the text of pages."""
    yield from _nested("paper", f"docs/{PAPERS}/<key>.md", layout.paper_fields)
    for facet in layout.facets:
        yield from _nested(facet.kind, f"docs/{facet.folder}/<id>.md", facet.fields)
    yield from _nested("flow", "the content of a directive {survey:flow}", Flow)


def _nested(path: str, place: str, model: type[BaseModel]) -> Iterator[Fieldset]:
    yield Fieldset(path, place, _first_line(model), tuple(_fields(model)))
    for name, info in model.model_fields.items():
        inner = _find(info.annotation, _is_model)
        if inner is not None:
            yield from _nested(f"{path}.{info.alias or name}", place, inner)


def _first_line(model: type[BaseModel]) -> str:
    """Return what a class of fields is, in its own words; a class that a survey's settings make has none."""
    own = model.__doc__ or next((base.__doc__ for base in model.__mro__ if base.__doc__), "")
    return inspect.cleandoc(own or "").partition("\n")[0]


def _fields(model: type[BaseModel]) -> Iterator[FieldWords]:
    for name, info in model.model_fields.items():
        yield FieldWords(info.alias or name, _form(info), info.is_required(), info.description or "A text.")


def _form(info: FieldInfo) -> str:
    if get_origin(info.annotation) is tuple:
        return f"list of {_plural(_item(get_args(info.annotation)[0], ()))}"
    return _item(info.annotation, info.metadata)


def _item(annotation: Any, metadata: Any) -> str:
    """Return what one value is called, given what was found in its annotation and beside it."""
    form = next((part for part in metadata if isinstance(part, Form)), None) or _find(annotation, _is_form)
    if form is not None:
        return str(form.words)
    if (literal := _find(annotation, _is_literal)) is not None:
        return " or ".join(f"'{word}'" for word in get_args(literal))
    if _find(annotation, _is_model) is not None:
        return "mapping"
    plain = next(words for kind, words in _PLAIN.items() if _find(annotation, lambda part: part is kind))  # noqa: B023
    return " ".join([plain, *_limits(annotation, metadata)])


def _limits(annotation: Any, metadata: Any) -> Iterator[str]:
    """Yield what a number must be: 'above 0', 'from 0 to 1'."""
    beside = [*metadata, *_parts(annotation)]
    constraints = [inner for part in beside for inner in (part.metadata if isinstance(part, FieldInfo) else [part])]
    for name, word in _LIMITS.items():
        values = (getattr(constraint, name, None) for constraint in constraints)
        yield from (f"{word} {value}" for value in dict.fromkeys(values) if value is not None)


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield everything in an annotation, from the outside in."""
    yield annotation
    if get_origin(annotation) is Literal:
        return
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield from _parts(part)


def _find(annotation: Any, wanted: Any) -> Any:
    return next((part for part in _parts(annotation) if wanted(part)), None)


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)


def _is_form(part: Any) -> bool:
    return isinstance(part, Form)


def _is_literal(part: Any) -> bool:
    return get_origin(part) is Literal


def _plural(noun: str) -> str:
    """Return a noun in the plural: 'ids', 'keys of papers', 'https addresses'."""
    first, of, rest = noun.partition(" of a ")
    many = f"{first}es" if first.endswith("s") else f"{first}s"
    return f"{many} of {_plural(rest)}" if of else many
