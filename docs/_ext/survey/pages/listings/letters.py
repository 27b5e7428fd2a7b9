"""Above a long list in the order of names: letters that lead to the first entry of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from survey.pages.core.nodes import paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.views import EntryCard

_LONG = 30  #: So many entries can be looked through without help.
_NO_LETTER = "#"


def jumps(cards: Sequence[EntryCard], listing: nodes.Element) -> list[nodes.Node]:
    """Return links to the first entry of each letter, which gets an anchor; none if the list is short.

    ``listing`` is the list of ``cards``, item by item.
    """
    if len(cards) < _LONG:
        return []
    line = paragraph()
    firsts: dict[str, int] = {}
    for number, card in enumerate(cards):
        firsts.setdefault(_letter(card.tag.name), number)
    for letter, number in firsts.items():
        ident = f"letter-{cards[number].tag.kind}-{letter.lower() if letter != _NO_LETTER else 'none'}"
        first = listing[number].next_node(nodes.term) or listing
        first["ids"].append(ident)
        line += [nodes.reference("", letter, refid=ident, internal=True), nodes.Text(" ")]
    return [nodes.container("", line, classes=["survey-jumps", "no-search"])]


def _letter(name: str) -> str:
    """Return the letter under which a name stands, as the catalogue orders names: by their first sign."""
    return name[0].upper() if name[:1].isalpha() else _NO_LETTER
