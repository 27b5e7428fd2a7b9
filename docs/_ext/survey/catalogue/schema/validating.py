"""Front matter as fields: pydantic checks the values, and its errors become problems with lines and our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from survey.catalogue.problems import Problem, did_you_mean
from survey.catalogue.schema.fields import Fields
from survey.catalogue.texts.references_bib import FILE as BIBLIOGRAPHY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic_core import ErrorDetails

    from survey.catalogue.schema.frontmatter import FrontMatter

_Model = TypeVar("_Model", bound=Fields)
#: What pydantic wants by the type of its error, and what to do about it.
_WANTED = {
    "tuple_type": ("a list", "write a list: [a, b]"),
    "string_type": ("a text", "write a text, not a list or mapping"),
    "model_type": ("'key: value' pairs", "write 'key: value' pairs"),
    "int_parsing_size": ("a whole number that isn't so long", "write a smaller number"),
    "int_from_float": ("a whole number", "write a whole number"),
    "finite_number": ("a number", "write a number"),
    "too_long": ("{max_length} items at most", "leave out what isn't needed"),
    "int_parsing": ("a whole number", "write a whole number"),
    "int_type": ("a whole number", "write a whole number"),
    "float_parsing": ("a number", "write a number"),
    "float_type": ("a number", "write a number"),
    "bool_parsing": ("true or false", "write true or false"),
    "bool_type": ("true or false", "write true or false"),
    "too_short": ("one item at least", "it needs one item at least"),
    "string_too_long": ("{max_length} characters at most", "shorten it"),
    "string_too_short": ("a text that isn't empty", "fill it in, or leave the field out"),
    "literal_error": ("{expected}", "leave the field out otherwise"),
    "greater_than": ("a number above {gt}", "write a number above {gt}"),
    "greater_than_equal": ("{ge} or more", "write {ge} or more"),
    "less_than_equal": ("{le} or less", "write {le} or less"),
}
#: Fields that other lists of papers have; here they stand in the bibliography.
_IN_BIBLIOGRAPHY = frozenset(
    ["arxiv", "doi", "eprint", "title", "author", "authors", "venue", "journal", "booktitle", "url", "year"]
)


def read_fields(front: FrontMatter, path: str, kind: str, model: type[_Model]) -> tuple[_Model | None, list[Problem]]:
    """Return the fields that stand under ``kind``, or None if they cannot be used; and what is wrong with them."""
    values = front.values[kind]
    try:
        fields = model.model_validate({} if values is None else values)
    except ValidationError as error:
        return None, [_invalid(details, path, kind, front, model) for details in _causes(error.errors())]
    return fields, list(_unquoted_positions(path, kind, front))


def _causes(errors: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield the errors without those that only follow from others: a list is too short if its items are wrong."""
    places = [error["loc"] for error in errors]
    for error in errors:
        inside = (place for place in places if place != error["loc"] and place[: len(error["loc"])] == error["loc"])
        if error["type"] != "too_short" or not any(inside):
            yield error


def _invalid(details: ErrorDetails, path: str, kind: str, front: FrontMatter, model: type[Fields]) -> Problem:
    """Translate one of pydantic's errors into a problem with a line."""
    at = (kind, *details["loc"])
    name = str(details["loc"][-1]) if details["loc"] else kind
    context = details.get("ctx") or {}
    line = front.line(at)
    if details["type"] == "extra_forbidden":
        known = _fields_at(model, details["loc"][:-1])
        hint = did_you_mean(name, known, _elsewhere(name, known))
        return Problem(path, line, "unknown-field", f"there is no field '{name}'", hint)
    if details["type"] == "missing":
        hint = f"add '{name}: …' under '{at[-2]}'" if isinstance(at[-2], str) else f"add '{name}: …'"
        return Problem(path, line, "missing-field", f"the field '{name}' is missing", hint)
    if "text" in context:
        return Problem(path, front.line((*at, *context["at"])), details["type"], context["text"], context["hint"])
    kind_of_error = details["type"]
    if kind_of_error in {"too_long", "too_short"} and isinstance(details["input"], str):
        kind_of_error = f"string_{kind_of_error}"  # pydantic counts the items of whatever stands behind a validator
    field_name = ".".join(str(part) for part in details["loc"]) or kind
    wanted, hint = (
        words.format(**context)
        for words in _WANTED.get(kind_of_error, ("another", "see CONTRIBUTING for what it takes"))
    )
    fault = "is empty" if details["input"] is None else "has a value that it cannot have"
    return Problem(path, line, "bad-value", f"'{field_name}' {fault} (wanted: {wanted})", hint)


def _fields_at(model: type[Fields], loc: tuple[str | int, ...]) -> list[str]:
    """Return the names, as files have them, of the fields that may stand at ``loc`` inside ``model``."""
    current: Any = model
    for part in loc:
        if isinstance(part, int) or not hasattr(current, "model_fields"):
            continue
        info = current.model_fields.get(part)
        current = _model_in(info.annotation) if info is not None else None
    return [info.alias or name for name, info in getattr(current, "model_fields", {}).items()]


def _model_in(annotation: Any) -> Any:
    """Return the class of fields inside an annotation such as ``tuple[Positions, ...]``, or None."""
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if (found := _model_in(part)) is not None:
            return found
    return None


def _elsewhere(name: str, known: list[str]) -> str:
    """Say where a fact belongs that isn't front matter."""
    if name in _IN_BIBLIOGRAPHY and "published" in known:
        return f"what a paper is stands in {BIBLIOGRAPHY}: move it there"
    return f"the fields are {', '.join(known)}" if known else "remove it"


def _unquoted_positions(path: str, kind: str, front: FrontMatter) -> Iterator[Problem]:
    for at, text in front.numbers.items():
        if at[0] == kind and "at" in at and str(float(text)) == text:  # others are reported already
            message = f"the position {text} is not in quotes"
            hint = f"write '{text}': without quotes, 5.10 and 5.1 are one number to YAML"
            yield Problem(path, front.line(at), "unquoted-number", message, hint)
