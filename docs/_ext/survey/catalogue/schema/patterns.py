"""What can be wrong with a declared attention pattern, beyond the form of its fields."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.schema.fields import Pattern

_TOLERANCE = 1e-6  #: Weights are written as decimals, and their sum need not be exact.

#: Where in the declaration, what is wrong, and what to do about it.
Fault = tuple[tuple[str | int, ...], str, str]


def faults(pattern: Pattern) -> Iterator[Fault]:
    """Yield what is wrong with a pattern; one with faults is not drawn."""
    count = len(pattern.tokens)
    seen: set[tuple[int, int]] = set()
    sums: defaultdict[int, float] = defaultdict(float)
    for index, arrow in enumerate(pattern.attends):
        for name, value in (("from", arrow.origin), ("to", arrow.to)):
            if value >= count:
                message = f"'{name}: {value}' is no token: there are {count}"
                yield ("attends", index, name), message, f"tokens are counted from 0, so the last is {count - 1}"
        if arrow.to > arrow.origin and not pattern.bidirectional:
            message = f"token {arrow.origin} reads token {arrow.to}, which comes after it"
            hint = "'from' is the token being processed, 'to' the one it reads; else add 'bidirectional: true'"
            yield ("attends", index, "to"), message, hint
        if (arrow.origin, arrow.to) in seen:
            message = f"that token {arrow.origin} reads token {arrow.to} is given twice"
            yield ("attends", index), message, "keep one, with the whole weight"
        seen.add((arrow.origin, arrow.to))
        before = sums[arrow.origin]
        sums[arrow.origin] += arrow.weight
        if sums[arrow.origin] > 1 + _TOLERANCE >= before:
            message = f"the weights of token {arrow.origin} sum to more than one"
            yield ("attends", index, "weight"), message, "attention is shared out: lower one of them"
