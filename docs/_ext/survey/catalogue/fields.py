"""The fields of the source files, declared once: types, forms, and the words for what is wrong with a value.

The classes are also where the JSON Schema of the exports comes from.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from survey.catalogue.dates import PartialDate

PAPER_KEY = re.compile(r"[a-z]+[0-9]{4}[a-z0-9]*")
ENTRY_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_POSITION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")  # no model is near a million layers
_HTTPS = re.compile(r"https://[^\s/?#]\S*")


def _wrong(code: str, message: str, hint: str, *at: int) -> PydanticCustomError:
    """Return what pydantic makes an error of; the reader turns it into a problem with these words.

    ``at`` is where in the value the fault is, if it has parts.
    """
    return PydanticCustomError(code, "{text}", {"text": message, "hint": hint, "at": at})


def _date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    try:
        if isinstance(value, str):
            return PartialDate.parse(value)
        shown = "an empty field" if value is None else "a list or mapping"
    except ValueError:
        shown = f"'{value}'"
    raise _wrong("bad-date", f"{shown} is not a date", "write 2024-04-24, 2024-04 or 2024")


def _https(value: str) -> str:
    if _HTTPS.fullmatch(value) is None:
        hint = "use the address that starts with https://"
        raise _wrong("not-https", f"'{value}' is not an https address", hint)
    return value


def _id(value: str) -> str:
    if ENTRY_ID.fullmatch(value) is None:
        hint = "ids are lower-case words joined by hyphens"
        raise _wrong("bad-value", f"'{value}' cannot be an id", hint)
    return value


def _key(value: str, code: str = "bad-key") -> str:
    if PAPER_KEY.fullmatch(value) is None:
        hint = "keys are a lower-case name, a year and a word: wu2024retrieval"
        raise _wrong(code, f"'{value}' cannot be a paper's key", hint)
    return value


def _former_key(value: str) -> str:
    return _key(value, "bad-alias")


def _position(value: str) -> str:
    if _POSITION.fullmatch(value) is None:
        hint = "write layer and head, counted from 0, in quotes: '5.1'"
        raise _wrong("bad-position", f"'{value}' is not a position", hint)
    return value


def _listed(value: Any) -> Any:
    return () if value is None else value


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    for index, value in enumerate(values):
        if value in values[:index]:
            raise _wrong("bad-value", f"'{value}' is given twice", "keep one", index)
    return values


Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, AfterValidator(_id)]
Key = Annotated[str, AfterValidator(_key)]
Https = Annotated[str, AfterValidator(_https)]
Position = Annotated[str, AfterValidator(_position)]
Date = Annotated[PartialDate, BeforeValidator(_date)]
#: Lists may be left empty (``heads:``) as well as written ``[]``.
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed), AfterValidator(_distinct)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_listed), AfterValidator(_distinct)]
Links = Annotated[tuple[Https, ...], BeforeValidator(_listed), AfterValidator(_distinct)]
FormerKeys = Annotated[
    tuple[Annotated[str, AfterValidator(_former_key)], ...], BeforeValidator(_listed), AfterValidator(_distinct)
]


class Fields(BaseModel):
    """Base of all front matter: immutable, and nothing in it that isn't declared."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True)


class PaperLinks(Fields):
    """Where to find what belongs to a paper; https only."""

    code: Links = ()
    demo: Links = ()
    data: Links = ()
    project: Links = ()


class Positions(Fields):
    """Where heads of one type sit in one model, and where that is said."""

    model: Id
    head: Id
    at: Annotated[
        tuple[Position, ...], Field(min_length=1), AfterValidator(_distinct)
    ]  #: 'layer.head', both counted from 0.
    source: Text  #: The place in the paper or its code.
    inferred: bool = False  #: Whether the position is concluded from the source, not stated by it.


class OutsidePositions(Positions):
    """Positions from a source that is no surveyed paper; they stand in the head's own file."""

    head: Id | None = None  # type: ignore[assignment]  # here the file says which head
    url: Https | None = None


class PaperFields(Fields):
    """What the survey says about a paper; what the paper *is* stands in the bibliography."""

    published: Date
    preprinted: Date | None = None
    heads: Ids
    scope: Literal["background"] | None = None
    models: Ids = ()
    methods: Ids = ()
    tasks: Texts = ()
    links: PaperLinks = PaperLinks()
    positions: Annotated[tuple[Positions, ...], BeforeValidator(_listed)] = ()
    aliases: FormerKeys = ()


class EntryFields(Fields):
    """What every facet's entries have: a name, and other names."""

    name: Text
    aliases: Texts = ()


class Attends(Fields):
    """One arrow of an attention pattern: from the token being processed to the token that it reads."""

    origin: Annotated[int, Field(alias="from", ge=0)]
    to: Annotated[int, Field(ge=0)]
    weight: Annotated[float, Field(ge=0, le=1)] = 1.0


class Pattern(Fields):
    """The canonical picture of a head's attention."""

    tokens: Annotated[tuple[Text, ...], Field(min_length=1)]
    attends: Annotated[tuple[Attends, ...], Field(min_length=1)]
    caption: Text
    bidirectional: bool = False


class HeadFields(EntryFields):
    """A head type and its place in the taxonomy."""

    stage: Id
    category: Id
    parent: Id | None = None
    related: Ids = ()
    first_described_in: Key | None = None
    pattern: Pattern | None = None
    positions: Annotated[tuple[OutsidePositions, ...], BeforeValidator(_listed)] = ()


class Category(Fields):
    """A group of head types within a stage."""

    id: Id
    name: Text
    definition: Text


class StageFields(EntryFields):
    """A stage of the framework, with its categories."""

    abbreviation: Text
    order: int
    categories: Annotated[tuple[Category, ...], BeforeValidator(_listed)] = ()


class MethodFields(EntryFields):
    """A way of finding out what a head does."""

    group: Text
    subgroup: Text | None = None


class Member(Fields):
    """One model of a family."""

    id: Id
    name: Text
    parameters: Text | None = None  #: As usually written: 7B, 124M.
    layers: Annotated[int, Field(gt=0)] | None = None
    heads: Annotated[int, Field(gt=0)] | None = None  #: Query heads a layer.
    aliases: Texts = ()


class ModelFields(EntryFields):
    """A family of models."""

    members: Annotated[tuple[Member, ...], Field(min_length=1)]
