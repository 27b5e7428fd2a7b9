"""Text between two dollar signs that is no formula: ``from $10 to $20``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.catalogue.markup.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.markup.parts import Formula

#: Two words of prose, of which the second is no name of a function; a formula has its words in \text{…}.
_PROSE = re.compile(r"(?<![\\A-Za-z{_^])[A-Za-z]{2,}[,;:]?\s+[A-Za-z]{2,}(?![A-Za-z}])")
_AMOUNT = re.compile(r"[0-9][0-9.,]*\s*[A-Za-z]{2,}\b[^\\]*\s|[0-9][0-9.,]*\s.*\s\Z", re.DOTALL)
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*(?:\{[^{}]*\})*")


def prose(formula: Formula) -> Iterator[Fault]:
    """Yield a fault if a formula is a stretch of prose."""
    bare = _COMMAND.sub(r"\\ ", formula.latex)
    if _PROSE.search(bare) or _AMOUNT.match(bare):
        shown = " ".join(formula.latex.split())
        message = f"'{shown[:60]}' is read as a formula, from one dollar sign to the next"
        hint = r"write '\$' for the sign of a currency, and the words of a formula in \text{…}"
        yield Fault(formula.line, "text-as-formula", message, hint)
