"""The directives of the survey's domain: what may stand behind their names and inside them, and their options.

The classes that run them say the same to docutils; ``tests`` compare. What options may say is in
:mod:`survey.catalogue.checks.directive_options`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "survey:"


@dataclass(frozen=True, slots=True)
class OwnDirective:
    """What may be written of a directive; by itself it is given nothing, and shows what is known."""

    options: frozenset[str] = frozenset()
    needs_argument: bool = False
    declares: bool = False  #: Whether its text declares what is to be drawn, with or without an argument.
    lists_papers: bool = False  #: Whether it has, in place of ``options``, those of listings.


#: By name in the domain.
OWN: Mapping[str, OwnDirective] = {
    "atlas": OwnDirective(frozenset({"model", "automatic"})),
    "chronology": OwnDirective(lists_papers=True),
    "cite": OwnDirective(),
    "compare": OwnDirective(),
    "contested": OwnDirective(),
    "counts": OwnDirective(),
    "depths": OwnDirective(),
    "explore": OwnDirective(),
    "flow": OwnDirective(declares=True),
    "index": OwnDirective(frozenset({"brief"}), needs_argument=True),
    "matrix": OwnDirective(),
    "news": OwnDirective(),
    "papers": OwnDirective(lists_papers=True),
    "pattern": OwnDirective(frozenset({"name"}), declares=True),
    "queue": OwnDirective(),
    "reference": OwnDirective(needs_argument=True),
    "search": OwnDirective(frozenset({"examples"})),
    "taxonomy": OwnDirective(frozenset({"stage", "brief"})),
    "timeline": OwnDirective(),
}
