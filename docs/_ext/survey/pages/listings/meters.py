"""The row of marks that says how far anybody has got with a head type, wherever a type is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from survey.pages.core.nodes import add_marked_node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from survey.catalogue.views import EntryCard
    from survey.catalogue.views.marks import Marks


class meter(nodes.Inline, nodes.TextElement):
    """Five marks; in HTML signs with a name for those who don't see them, elsewhere how many there are."""


def meter_of(marks: Marks, *, in_words: bool = False) -> meter:
    """Return the marks as a row; if what it says stands beside it ``in_words``, nobody needs to hear it twice."""
    short = f"({marks.reached}/{len(list(marks))})"
    return meter("", short, row=marks.row, label="" if in_words else marks.label, classes=["survey-meter"])


def noted(card: EntryCard) -> Iterator[nodes.Node]:
    """Yield what stands behind the number of a head type's papers in a list; nothing for other entries."""
    if card.marks is None:
        return
    yield nodes.Text(" ")
    yield meter_of(card.marks)
    if card.qualms:
        yield nodes.inline("", f" {' · '.join(card.qualms)}", classes=["survey-qualm"])


def looks(card: EntryCard) -> list[str]:
    """Return the classes of an entry in a list: what isn't established looks so."""
    return ["survey-tentative"] if card.qualms else []


def _visit(translator: Any, node: meter) -> None:
    label = node["label"]
    said = {"role": "img", "aria-label": label, "title": label} if label else {"aria-hidden": "true"}
    translator.body.append(translator.starttag(node, "span", suffix="", **said))
    translator.body.append(f"{translator.encode(node['row'])}</span>")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node for every builder."""
    add_marked_node(app, meter, _visit, None)
