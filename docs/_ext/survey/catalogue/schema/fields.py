"""The fields of the source files, declared once: types, forms, meanings, and the words for what is wrong with a value.

The classes are also where the JSON Schema of the exports and the reference of fields come from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from survey.catalogue.schema.axes import READS, WRITES, OneOf
from survey.catalogue.texts import web_addresses
from survey.catalogue.texts.dates import PartialDate
from survey.catalogue.texts.references_bib import PAPER_KEY

ENTRY_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_POSITION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")  # no model is near a million layers


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
    fault = web_addresses.fault(value)
    if fault is not None:
        raise _wrong(*fault)
    return value


def _id(value: str) -> str:
    if ENTRY_ID.fullmatch(value) is None or len(value) > LONGEST_ID:
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


def listed(value: Any) -> Any:
    """Take a list that was left empty for one without items."""
    return () if value is None else value


def distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a value that is given twice."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            raise _wrong("bad-value", f"'{value}' is given twice", "keep one", index)
        seen.add(value)
    return values


@dataclass(frozen=True, slots=True)
class Form:
    """What a type of value is called in the reference of fields; it checks nothing."""

    words: str


#: Bounds of what front matter may hold, far above what anybody writes. A list of texts stays in one cell of a table,
#: of which Python's reader of CSV takes 131,072 characters; a grid of layers and heads can be drawn.
LONGEST_TEXT, MOST_TEXTS, MOST_ITEMS = 2_000, 60, 1_000
MOST_LAYERS, MOST_HEADS, HIGHEST_ORDER = 1_000, 1_000, 1_000
#: Fields whose text is Markdown.
MARKDOWN = ("hatnote",)
MOST_TOKENS, MOST_ARROWS = 100, 1_000
MOST_PLACES = 40_000  #: Positions of a list; the largest models have some ten thousand heads.
LONGEST_ID = 100


Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), Form("text")]
Id = Annotated[str, AfterValidator(_id), Form("id")]
FileName = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), Form("name of a file")]
Key = Annotated[str, AfterValidator(_key), Form("key of a paper")]
Https = Annotated[str, AfterValidator(_https), Form("https address")]
Position = Annotated[str, AfterValidator(_position), Form("position")]
Date = Annotated[PartialDate, BeforeValidator(_date), Form("date")]
#: Lists may be left empty (``heads:``) as well as written ``[]``.
Texts = Annotated[tuple[Text, ...], Field(max_length=MOST_TEXTS), BeforeValidator(listed), AfterValidator(distinct)]
Ids = Annotated[tuple[Id, ...], Field(max_length=MOST_ITEMS), BeforeValidator(listed), AfterValidator(distinct)]
Links = Annotated[tuple[Https, ...], Field(max_length=MOST_TEXTS), BeforeValidator(listed), AfterValidator(distinct)]
Reads = Annotated[
    tuple[Annotated[str, OneOf(READS.ids), Form("kind")], ...],
    Field(max_length=MOST_TEXTS),
    BeforeValidator(listed),
    AfterValidator(distinct),
]
Writes = Annotated[
    tuple[Annotated[str, OneOf(WRITES.ids), Form("kind")], ...],
    Field(max_length=MOST_TEXTS),
    BeforeValidator(listed),
    AfterValidator(distinct),
]
FormerKeys = Annotated[
    tuple[Annotated[str, AfterValidator(_former_key), Form("key of a paper")], ...],
    Field(max_length=MOST_TEXTS),
    BeforeValidator(listed),
    AfterValidator(distinct),
]


class Fields(BaseModel):
    """Base of all front matter: immutable, and nothing in it that isn't declared."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True)


class PaperLinks(Fields):
    """Where to find what belongs to a paper; https only."""

    code: Links = Field((), description="Where its code is.")
    demo: Links = Field((), description="Demonstrations to be used in a browser.")
    data: Links = Field((), description="Data that it published.")
    project: Links = Field((), description="Its own page or site.")


class Positions(Fields):
    """Where heads of one type sit in one model, and where that is said."""

    model: Id = Field(description="The member of docs/models in which they sit: one size, not the family.")
    head: Id | None = Field(None, description="The head type; left out only where 'called' says what they are.")
    called: Text | None = Field(None, description="What the source calls them, where that isn't the type's name.")
    at: Annotated[tuple[Position, ...], AfterValidator(distinct)] = Field(
        (), min_length=1, max_length=MOST_PLACES, description="Each as 'layer.head' in quotes, both counted from 0."
    )
    table: FileName | None = Field(None, description="In place of 'at': the table beside the page, '<its stem>.csv'.")
    source: Text = Field(description="The place in the paper or its code: section, figure, table or file.")
    url: Https | None = Field(None, description="The address of the source.")
    inferred: bool = Field(False, description="Whether model, role or numbering is concluded, not stated.")
    automatic: bool = Field(False, description="Whether a detector or a score chose them, and nobody named them.")
    scores: tuple[Annotated[float, Field(ge=-1e9, le=1e9)], ...] = Field(
        (), max_length=MOST_PLACES, description="What each scored in the source, in the order of 'at'."
    )
    of: Annotated[int, Field(gt=0, le=1_000_000)] | None = Field(
        None, description="How many the source lists, where these are fewer."
    )
    measure: Text | None = Field(None, description="What the scores measure.")
    ranked: bool = Field(False, description="Whether 'at' is in the order of the source's ranking, the first on top.")
    criterion: Text | None = Field(None, description="By which rule they were chosen: a threshold, a number, a test.")
    kv: bool = Field(False, description="Whether they are key-value heads, counted as such, and not query heads.")
    caveat: Text | None = Field(None, description="What a reader has to know wherever they are shown.")

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if self.table is None and not self.at:
            raise _wrong("missing-field", "the field 'at' is missing", "add 'at: …', or 'table' with a file beside it")
        if self.table is not None and (self.at or self.scores):
            raise _wrong("bad-value", "'table' stands beside 'at' or 'scores'", "keep the table, or the list")
        return self

    @property
    def ranks(self) -> tuple[int, ...]:
        """The ranks of the positions, from 1; nothing where the source gives no order."""
        return tuple(range(1, len(self.at) + 1)) if self.ranked else ()


class OutsidePositions(Positions):
    """Positions from a source that is no surveyed paper; they stand in the head's own file."""

    head: Id | None = Field(None, description="Left out: the file says which head type.")


#: How long a takeaway may be: what fits under a title in a list, a feed or a search hit.
TAKEAWAY = 200
Depth = Literal["full", "code", "abstract", "second-hand"]
RelationKind = Literal["extends", "replicates", "disputes", "qualifies", "uses"]
Says = Literal["supports", "qualifies", "disputes"]


class Relation(Fields):
    """What a paper has to do with another one."""

    to: Key = Field(description="The key of the other work in references.bib.")
    kind: RelationKind = Field(description="What this paper does to the other.")
    about: Text | None = Field(None, description="In which respect, in a few words.")


class Finding(Fields):
    """What a paper shows of one head type: on which models, by which methods, with which result."""

    head: Id = Field(description="The head type.")
    models: Ids = Field((), description="Ids of members in docs/models.")
    methods: Ids = Field((), description="Ids of docs/methods.")
    causal: bool = Field(
        False, description="Whether such heads were changed and the effect watched, where no method listed says so."
    )
    says: Says = Field("supports", description="Whether it bears out what the head's page says of it.")
    result: Text = Field(description="The result in one line, with its figure, unit and baseline.")


class PaperFields(Fields):
    """What the survey says about a paper; what the paper *is* stands in the bibliography."""

    published: Date = Field(description="When it was published or first made public, as precisely as is known.")
    date_note: Text | None = Field(
        None, description="Why it was published in another year than the entry has; only where it was."
    )
    preprinted: Date | None = Field(None, description="The first public version, only where it is earlier.")
    added: Date | None = Field(None, description="The day on which its page came into the survey.")
    heads: Ids = Field(description="Ids of docs/heads; an empty list only with 'scope: background'.")
    scope: Literal["background"] | None = Field(
        None, description="'background' for a paper that bears on heads but names no type."
    )
    models: Ids = Field((), description="Ids of members in docs/models.")
    models_note: Text | None = Field(None, description="Why no model is named; only where none is.")
    methods: Ids = Field((), description="Ids of docs/methods.")
    tasks: Texts = Field((), description="What the heads were tested on, as free text.")
    takeaway: Annotated[Text, Field(max_length=TAKEAWAY)] | None = Field(
        None, description="One sentence that is understood without the title: head, model, finding."
    )
    read: Annotated[tuple[Depth, ...], BeforeValidator(listed), AfterValidator(distinct)] = Field(
        (), description="What the page rests on, one or more."
    )
    relations: Annotated[tuple[Relation, ...], BeforeValidator(listed)] = Field(
        (), max_length=MOST_ITEMS, description="What it has to do with other works of the bibliography."
    )
    findings: Annotated[tuple[Finding, ...], BeforeValidator(listed)] = Field(
        (), max_length=MOST_ITEMS, description="What it shows of a head type, claim by claim."
    )
    links: PaperLinks = Field(PaperLinks(), description="Where to find what belongs to it.")
    positions: Annotated[tuple[Positions, ...], BeforeValidator(listed)] = Field(
        (), max_length=MOST_ITEMS, description="Where the heads sit that it names."
    )
    aliases: FormerKeys = Field((), description="Earlier keys of the paper; their addresses lead to its page.")


class EntryFields(Fields):
    """What every facet's entries have: a name, and other names."""

    name: Text = Field(description="The name that readers see.")
    aliases: Texts = Field((), description="Other names; none may stand for anything else of its kind.")


class Attends(Fields):
    """One arrow of an attention pattern: from the token being processed to the token that it reads."""

    origin: int = Field(alias="from", ge=0, le=MOST_TOKENS, description="The token being processed, counted from 0.")
    to: int = Field(ge=0, le=MOST_TOKENS, description="The token that it reads, counted from 0.")
    weight: float = Field(1.0, ge=0, le=1, description="How much of the attention goes there; 1 if left out.")


class Pattern(Fields):
    """The canonical picture of a head's attention."""

    tokens: tuple[Text, ...] = Field(
        min_length=1, max_length=MOST_TOKENS, description="The tokens of the example, in order."
    )
    attends: tuple[Attends, ...] = Field(min_length=1, max_length=MOST_ARROWS, description="The arrows of the picture.")
    caption: Text = Field(description="What the picture shows.")
    bidirectional: bool = Field(False, description="Whether a token may read later ones.")


class HeadFields(EntryFields):
    """A head type and its place in the taxonomy."""

    hatnote: Text | None = Field(None, description="Which of several things of this name is meant.")
    reads: Text | None = Field(None, description="What its queries and keys look for, in a line.")
    reads_kind: Reads = Field((), description="Of which kinds that is, from the closed list of what heads read.")
    writes: Text | None = Field(None, description="What its output carries, in a line.")
    writes_kind: Writes = Field((), description="Of which kinds that is, from the closed list of what heads write.")
    stage: Id = Field(description="An id of docs/stages.")
    category: Id = Field(description="The id of a category of that stage.")
    parent: Id | None = Field(None, description="The id of the more general type, if there is one.")
    related: Ids = Field((), description="Ids of other types that a reader should compare.")
    first_described_in: Key | None = Field(None, description="The key of the surveyed paper that described it first.")
    pattern: Pattern | None = Field(None, description="Its attention on an example, to be drawn.")
    positions: Annotated[tuple[OutsidePositions, ...], BeforeValidator(listed)] = Field(
        (), max_length=MOST_ITEMS, description="Where it sits by sources that are no surveyed papers."
    )


class Category(Fields):
    """A group of head types within a stage."""

    id: Id = Field(description="Its id, unique in its stage.")
    name: Text = Field(description="The name that readers see.")
    definition: Text = Field(description="What belongs to it.")


class StageFields(EntryFields):
    """A stage of the framework, with its categories."""

    abbreviation: Text = Field(description="Two or three letters.")
    order: int = Field(ge=-HIGHEST_ORDER, le=HIGHEST_ORDER, description="Its place among the stages.")
    categories: Annotated[tuple[Category, ...], BeforeValidator(listed)] = Field(
        (), max_length=MOST_ITEMS, description="Its categories, in the order in which they are listed."
    )


class MethodFields(EntryFields):
    """A way of finding out what a head does."""

    group: Text = Field(description="Under which it is listed; 'modeling-free' counts as a causal test.")
    subgroup: Text | None = Field(None, description="A finer group within it.")


class Member(Fields):
    """One model of a family."""

    id: Id = Field(description="The id that papers use, unique among all families.")
    name: Text = Field(description="The name, as its makers write it.")
    parameters: Text | None = Field(None, description="As usually written, in quotes: '7B', '124M'.")
    layers: Annotated[int, Field(gt=0, le=MOST_LAYERS)] | None = Field(None, description="Their number.")
    heads: Annotated[int, Field(gt=0, le=MOST_HEADS)] | None = Field(
        None, description="The number of query heads in a layer."
    )
    kv_heads: Annotated[int, Field(gt=0, le=100_000)] | None = Field(
        None, description="The number of key-value heads in a layer, where several query heads share one."
    )
    huggingface: Text | None = Field(None, description="Its name on the Hugging Face hub.")
    transformer_lens: Text | None = Field(None, description="Its name in TransformerLens.")
    aliases: Texts = Field((), description="Other names.")


class ModelFields(EntryFields):
    """A family of models."""

    members: tuple[Member, ...] = Field(min_length=1, max_length=MOST_ITEMS, description="Its models.")
