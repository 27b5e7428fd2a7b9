"""The second axis of the taxonomy: what a head reads and what it writes, each from a closed list of kinds.

The lists stand here and nowhere else. A survey of something else gives its own in ``docs/survey.toml`` (see
:mod:`survey.catalogue.records.settings`); front matter, the explorer, pages, data files and their schema follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

from survey.translation import noted

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that heads read or write; those of the built-in lists have translations."""

    id: str  #: As front matter and addresses have it.
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of a head, with the kinds that there are of it."""

    name: str  #: Of the parameter of addresses, and of the table in ``docs/survey.toml``.
    field: str  #: Of the front matter of head types.
    title: str
    kinds: tuple[Kind, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the kinds, in their order."""
        return tuple(kind.id for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The values that a text can have, for pydantic: like ``Literal``, of words that are known only when run."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Return what pydantic checks by."""
        return core_schema.literal_schema(list(self.words))


READS = Axis(
    "reads",
    "reads_kind",
    noted("What its heads read"),
    (
        Kind("position", noted("Position"), noted("A place, absolute or at a distance, whatever token is there.")),
        Kind("first-token", noted("First token"), noted("The beginning of the text.")),
        Kind("previous-token", noted("Previous token"), noted("The token before, or the last few.")),
        Kind("nearby", noted("Nearby tokens"), noted("A window, the same sentence, other pieces of the same word.")),
        Kind("same-token", noted("Same token"), noted("An earlier copy of the current token, or one like it.")),
        Kind(
            "earlier-match",
            noted("Match earlier in the context"),
            noted("Positions that follow an earlier match of the current token or of what precedes it."),
        ),
        Kind("delimiter", noted("Delimiter"), noted("Separators and punctuation.")),
        Kind(
            "token-kind",
            noted("Tokens of one kind"),
            noted("Certain words or characters wherever they stand: members of a series, rare words, a trigger."),
        ),
        Kind("meaning", noted("Words of a meaning"), noted("Words chosen by what they mean, such as an emotion.")),
        Kind("entity", noted("Named entity"), noted("A name: a person, a thing, a variable, the subject of a fact.")),
        Kind("syntax", noted("Grammatical partner"), noted("A word by its grammatical relation to the current one.")),
        Kind("number", noted("Number"), noted("Operands, operators and results of a calculation.")),
        Kind("instruction", noted("Instruction"), noted("The instruction, the question, or the relation asked for.")),
        Kind("demonstration", noted("Demonstration"), noted("The examples of a few-shot prompt and their labels.")),
        Kind("option", noted("Answer option"), noted("One of the answers that a prompt offers.")),
        Kind("evidence", noted("Evidence"), noted("The part of the context that the answer needs.")),
        Kind("reasoning", noted("Reasoning"), noted("The steps of reasoning written so far.")),
        Kind("predicted-token", noted("Predicted token"), noted("A token that earlier layers already predict.")),
        Kind("upstream", noted("Work of earlier layers"), noted("What earlier heads or layers singled out or noted.")),
        Kind("harm", noted("Harmful content"), noted("Requests and words that a model is meant to refuse.")),
        Kind("image-region", noted("Image region"), noted("A part of an image, or frames of a video.")),
        Kind("audio", noted("Audio"), noted("A part of a recording.")),
        Kind("any", noted("All tokens"), noted("Everything in the context alike.")),
    ),
)
WRITES = Axis(
    "writes",
    "writes_kind",
    noted("What its heads write"),
    (
        Kind("copy", noted("Copies"), noted("The token that was found, toward the output.")),
        Kind("suppress", noted("Suppresses"), noted("Less of what was found: a lower logit, a feature taken away.")),
        Kind("move", noted("Moves"), noted("What stands at another position, for later layers to use here.")),
        Kind("mark", noted("Marks"), noted("A note: seen before, related, harmful; or a signal to later heads.")),
        Kind("position", noted("Points"), noted("A place, as a position or a pointer.")),
        Kind("aggregate", noted("Aggregates"), noted("An average, a count or a merger of several tokens.")),
        Kind("transform", noted("Transforms"), noted("Something made of what was found: a successor, an initial.")),
        Kind("recall", noted("Recalls"), noted("What the weights know of it.")),
        Kind("task", noted("Names the task"), noted("A code for a task, a rule or a relation.")),
        Kind("promote", noted("Promotes"), noted("More of one answer, however it was found.")),
        Kind("direction", noted("Steers"), noted("A direction of manner, stance or concept.")),
        Kind("nothing", noted("Nothing"), noted("Next to nothing.")),
    ),
)
#: The sides of a head, in the order in which they are shown.
AXES = (READS, WRITES)
