"""How pages are read and written quicker than by Sphinx and docutils does the same; their internals are as we know."""

from __future__ import annotations

import inspect
import logging
import random
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.readers import standalone
from docutils.utils import new_document
from sphinx import events
from sphinx.util import docutils
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.logging import NAMESPACE

from survey.pages.pace import kept_settings, quiet_events, visits

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAVE = (nodes.SkipNode, nodes.SkipDeparture, nodes.SkipChildren, nodes.SkipSiblings, nodes.StopTraversal)


class Noting(nodes.NodeVisitor):
    """Notes where it comes by, and leaves out some parts, the same each time."""

    def __init__(self, document: nodes.document, seed: int) -> None:
        nodes.NodeVisitor.__init__(self, document)
        self.chance, self.seen = random.Random(seed), [""]

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        self.seen.append(f"into {id(node)}")
        if self.chance.random() < 0.3:
            raise self.chance.choice(_LEAVE)
        if self.chance.random() < 0.2 and node.parent is not None:
            node.parent.append(nodes.paragraph())  # trees are changed on the way

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        self.seen.append(f"out of {id(node)}")

    def unknown_visit(self, node: nodes.Node) -> None:
        self.seen.append(f"unknown {node.__class__.__name__}")

    def unknown_departure(self, node: nodes.Node) -> None:
        self.seen.append(f"unknown left {node.__class__.__name__}")


class ByOrigin(Noting, SphinxTranslator):
    """Chooses as Sphinx's translators do."""

    visit_Inline = Noting.visit_paragraph  # noqa: N815  # as the class of nodes is called


class own(nodes.Inline, nodes.TextElement):
    """A class of nodes that no visitor has a method for."""


def _tree(seed: int) -> nodes.document:
    chance = random.Random(seed)

    def grow(depth: int) -> nodes.Node:
        if not depth or chance.random() < 0.2:
            return nodes.Text("words")
        kind = chance.choice((nodes.paragraph, nodes.section, nodes.emphasis, own))
        return kind("", *(("",) if issubclass(kind, nodes.TextElement) else ()), *(grow(depth - 1) for _ in range(3)))

    document = new_document("tree")
    document += grow(5)
    return document


@pytest.mark.parametrize("name", ["walk", "walkabout"])
@pytest.mark.parametrize("kind", [Noting, ByOrigin])
def test_visitors_come_by_the_same_in_the_same_order(name: str, kind: type[Noting]) -> None:
    for seed in range(60):
        notes = []
        for way in (visits._stock[name], getattr(visits, name)):  # what is replaced
            tree = _tree(seed)
            visitor = kind(tree, seed)
            outcome: Any
            try:
                outcome = way(tree, visitor)
            except nodes.TreePruningException as leaving:  # nothing above catches it
                outcome = type(leaving)
            numbers = {str(id(node)): str(number) for number, node in enumerate(tree.findall())}
            notes.append(
                ([" ".join(numbers.get(word, word) for word in note.split()) for note in visitor.seen], outcome)
            )
        assert notes[0] == notes[1]


def test_who_debugs_or_chooses_otherwise_is_served_in_docutils_own_way() -> None:
    class Otherwise(Noting):
        def dispatch_visit(self, node: nodes.Node) -> None:
            self.seen.append("otherwise")

    tree = _tree(1)
    visitor = Otherwise(tree, 1)
    visits.walk(tree, visitor)
    assert set(visitor.seen) == {"", "otherwise"}
    assert visits._is_known(Noting(tree, 1))
    tree.reporter.debug_flag = True
    assert not visits._is_known(Noting(tree, 1))


def test_docutils_still_visits_by_the_methods_that_are_replaced() -> None:
    assert set(visits._stock) == {"walk", "walkabout"}
    assert {"dispatch_visit", "dispatch_departure", "children"} <= set(visits._stock["walkabout"].__code__.co_names)
    assert list(inspect.signature(visits._stock["walk"]).parameters) == ["self", "visitor"]
    for visitor in (nodes.NodeVisitor, SphinxTranslator):
        assert {"dispatch_visit", "dispatch_departure"} <= set(vars(visitor))


@pytest.fixture
def _stock_events() -> Iterator[None]:
    yield
    quiet_events.setup(SimpleNamespace(verbosity=0))  # type: ignore[arg-type]  # all that it looks at


@pytest.mark.usefixtures("_stock_events")
def test_events_are_written_out_for_who_debugs_alone() -> None:
    assert "repr" in events.EventManager.emit.__code__.co_names
    assert f"{NAMESPACE}.{events.__name__}" == quiet_events.LOGGER == events.logger.logger.name
    quiet_events.setup(SimpleNamespace(verbosity=0))  # type: ignore[arg-type]
    assert vars(events)["repr"] is quiet_events.unwritten
    assert not logging.getLogger(quiet_events.LOGGER).isEnabledFor(logging.DEBUG)
    quiet_events.setup(SimpleNamespace(verbosity=2))  # type: ignore[arg-type]
    assert "repr" not in vars(events)


def test_settings_are_those_of_sphinx_and_a_pages_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "_get_settings" in docutils._parse_str_to_doctree.__code__.co_names
    monkeypatch.chdir(tmp_path)
    Path("docutils.conf").write_text("[general]\ntab_width: 3\n", "utf-8")
    monkeypatch.setattr(kept_settings, "_kept", {})

    def both(**defaults: Any) -> list[dict[str, Any]]:
        given = {"defaults": defaults, "read_config_files": True}
        ways = (kept_settings._stock, kept_settings.settings, kept_settings.settings)
        found = [vars(way(standalone.Reader, **given)) for way in ways]
        recorded = [id(one.pop("record_dependencies")) for one in found]
        assert len(set(recorded)) == 3, "each page has its own list"
        return found

    for defaults in ({"traceback": True}, {"traceback": False}):
        stock, ours, again = both(**defaults)
        assert stock == ours == again
        assert ours["tab_width"] == "3"
