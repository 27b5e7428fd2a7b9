"""How pages are read and written quicker than by Sphinx and docutils does the same; their internals are as we know."""

from __future__ import annotations

import inspect
import logging
import pickle
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
from sphinx.util.nodes import NodeMatcher

from survey.pages.pace import kept_settings, made_nodes, quiet_events, tree_walks, visits

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


def test_events_are_written_out_for_who_debugs_alone() -> None:
    assert "repr" in events.EventManager.emit.__code__.co_names
    assert f"{NAMESPACE}.{events.__name__}" == quiet_events.LOGGER == events.logger.logger.name
    with quiet_events.quiet():
        assert vars(events)["repr"] is quiet_events.unwritten
        assert not logging.getLogger(quiet_events.LOGGER).isEnabledFor(logging.DEBUG)
    quiet_events.setup(SimpleNamespace(verbosity=2))  # type: ignore[arg-type]  # all that it looks at
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


def _first(kind: type[nodes.Element], *children: nodes.Node, **attributes: Any) -> Any:
    """Make an element as docutils does."""
    made = object.__new__(kind)
    made_nodes._stock["__init__"](made, "raw", *children, **attributes)  # what is replaced
    return made


@pytest.mark.parametrize("kind", [nodes.section, nodes.citation, nodes.system_message, own])
def test_nodes_are_made_as_docutils_makes_them(kind: type[nodes.Element]) -> None:
    given: dict[str, Any] = {"Classes": ["one"], "backrefs": ["two"], "Other": [3], "ids": ()}
    ours = object.__new__(kind)
    child, other = nodes.Text("words"), nodes.Text("words")
    made_nodes._init(ours, "raw", child, **given)
    stock = _first(kind, other, **given)
    assert list(ours.attributes.items()) == list(stock.attributes.items())
    assert [name for name in vars(ours) if vars(ours)[name] is not None] == [*vars(stock)]
    assert (ours.tagname, ours.rawsource, ours.children) == (stock.tagname, stock.rawsource, stock.children)
    assert child.parent is ours
    assert ours["classes"] is not given["Classes"]
    with pytest.raises(TypeError, match="rawsource"):
        made_nodes._init(object.__new__(kind), nodes.section())


def test_children_know_their_document_as_docutils_tells_them() -> None:
    for way in (made_nodes._stock_setup, made_nodes._setup_child):  # what is replaced
        document = new_document("page")
        document.current_source, document.current_line = "here", 7
        section, text = nodes.section(), nodes.Text("words")
        document.children.append(section)
        way(document, section)
        way(section, text)
        assert (text.document, text.parent, text.source, text.line) == (document, section, "here", 7)
        alone, child = nodes.section(), nodes.section()
        way(alone, child)
        assert (child.parent, child.document, child.source) == (alone, None, None)


@pytest.fixture
def _made_as_ours() -> Iterator[None]:
    with made_nodes.noted(), tree_walks.quick():
        assert nodes.Element.__init__ is made_nodes._init
        yield


@pytest.mark.usefixtures("_made_as_ours")
def test_what_a_page_holds_is_found_however_it_came_there() -> None:
    kept = nodes.container("", nodes.citation("", nodes.label("", "kept from another page")))
    copied = nodes.bullet_list("", nodes.list_item())
    page = new_document("page")
    made_nodes.begin(page)
    page += nodes.paragraph("", "", nodes.emphasis("", "words"))
    assert {kind for kind in (nodes.emphasis, nodes.strong, nodes.citation) if made_nodes.can_hold(page, kind)} == {
        nodes.emphasis
    }
    for kind in (nodes.Node, nodes.Text, nodes.TextElement, nodes.Inline, nodes.document, nodes.Root):
        assert made_nodes.can_hold(page, kind), kind
    assert not list(page.findall(nodes.citation))
    page[0].replace_self(nodes.section("", kept))
    assert len(list(page.findall(nodes.citation))) == len(list(page.findall(nodes.label))) == 1
    page.append(copied.deepcopy())
    assert len(list(page.findall(nodes.list_item))) == 1
    page[0].insert(0, nodes.strong())
    assert len(list(page.findall(nodes.Inline))) == 1


@pytest.mark.usefixtures("_made_as_ours")
def test_a_page_that_was_read_before_is_looked_at() -> None:
    page = pickle.loads(pickle.dumps(nodes.section("", nodes.citation(), nodes.Text("words"))))
    whole = new_document("page")
    whole.children = [page]
    assert made_nodes.can_hold(whole, nodes.image), "nobody has said what it holds"
    made_nodes.look(whole)
    assert made_nodes.can_hold(whole, nodes.citation)
    assert not made_nodes.can_hold(whole, (nodes.image, nodes.figure))
    whole += nodes.figure()
    assert made_nodes.can_hold(whole, (nodes.image, nodes.figure))


def test_conditions_of_sphinx_name_classes_first() -> None:
    tree = _tree(3)
    conditions: list[Any] = [
        NodeMatcher(nodes.emphasis, own),
        NodeMatcher(),
        NodeMatcher(nodes.paragraph, ids=Any),
        NodeMatcher(classes=Any),
    ]
    for condition in conditions:
        every = [id(node) for node in tree.findall(nodes.Node) if condition(node)]
        assert [id(node) for node in tree_walks.findall(tree, condition)] == every
        assert every
    assert not list(tree_walks.findall(tree, NodeMatcher(nodes.image)))


def test_text_is_told_as_docutils_tells_it() -> None:
    for text in ("words", "", "a\x00 b\x00\nc\x00*d", "\\"):
        told = made_nodes._astext(nodes.Text(text))
        assert told == made_nodes._stock_astext(nodes.Text(text))  # what is replaced
        assert type(told) is str
