"""The three parts of a paper's summary, and the terms that introduce them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.translation import noted

if TYPE_CHECKING:
    from collections.abc import Mapping

#: By part, as records and columns call it, the term in files, which is English; readers see it in their language.
TERMS: Mapping[str, str] = {
    "innovation": noted("Innovation"),
    "tasks": noted("Tasks"),
    "significant_result": noted("Significant result"),
}
_PARTS = {term.lower(): part for part, term in TERMS.items()}


def part_of(term: str) -> str | None:
    """Return the part that a term introduces, in capitals or not; None if it introduces none."""
    return _PARTS.get(term.strip().lower())
