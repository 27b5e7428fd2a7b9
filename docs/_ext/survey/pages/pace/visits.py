"""Visiting trees of nodes faster than docutils does, which all writers and some transforms do.

For each node ``Node.walkabout`` puts together two messages for debugging that nobody sees, and the visitor (docutils'
``NodeVisitor``, Sphinx's ``SphinxTranslator``) looks for its methods by names that it puts together anew. Ours looks
once for each class of nodes, and calls the same methods in the same order, with the same exceptions for leaving parts
out. Visitors that choose their methods in another way, and builds for debugging, are served by docutils' own way, as is
all if docutils should not have these methods any more.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxTranslator

from survey.pages.pace.while_building import replaced, while_building

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

    #: By class of nodes: what is called on the way in and on the way out, or None where nodes go their own way.
    Ways = dict[type[nodes.Node], tuple[Callable[[Any], object], Callable[[Any], object]] | None]

_WALK, _WALKABOUT = "walk", "walkabout"
_stock: dict[str, Any] = {name: vars(nodes.Node)[name] for name in (_WALK, _WALKABOUT) if name in vars(nodes.Node)}
#: How the visitors choose that we know: by the class of the node alone, or by those that it is derived from as well.
_BY_CLASS = nodes.NodeVisitor.dispatch_visit, nodes.NodeVisitor.dispatch_departure
_BY_ORIGIN = SphinxTranslator.dispatch_visit, SphinxTranslator.dispatch_departure


def walkabout(tree: nodes.Node, visitor: nodes.NodeVisitor) -> bool:
    """Visit a tree, calling the visitor on the way in and out; return whether it said to stop."""
    if not _is_known(visitor):
        return bool(_stock[_WALKABOUT](tree, visitor))
    return _in_and_out(tree, visitor, {})


def walk(tree: nodes.Node, visitor: nodes.NodeVisitor) -> bool:
    """Visit a tree, calling the visitor on the way in alone; return whether it said to stop."""
    if not _is_known(visitor):
        return bool(_stock[_WALK](tree, visitor))
    return _in(tree, visitor, {})


def _is_known(visitor: Any) -> bool:
    kind = type(visitor)
    known = (kind.dispatch_visit, kind.dispatch_departure) in (_BY_CLASS, _BY_ORIGIN)
    return known and not visitor.document.reporter.debug_flag


def _in_and_out(node: Any, visitor: nodes.NodeVisitor, ways: Ways) -> bool:
    """As ``Node.walkabout`` of docutils 0.22; ``ways`` are of one visit, so that the visitor is let go with it."""
    kind = node.__class__
    way = ways[kind] if kind in ways else ways.setdefault(kind, _way(visitor, kind, _WALKABOUT, walkabout))
    if way is None:
        return bool(node.walkabout(visitor))
    stop, depart = False, True
    try:
        try:
            way[0](node)
        except nodes.SkipNode:
            return False
        except nodes.SkipDeparture:
            depart = False
        try:  # not in a function of its own: trees must not need more of the stack than they do in docutils
            for child in node.children[:]:
                if _in_and_out(child, visitor, ways):
                    stop = True
                    break
        except nodes.SkipSiblings:
            pass
    except nodes.SkipChildren:
        pass
    except nodes.StopTraversal:
        stop = True
    if depart:
        way[1](node)
    return stop


def _in(node: Any, visitor: nodes.NodeVisitor, ways: Ways) -> bool:
    """As ``Node.walk`` of docutils 0.22."""
    kind = node.__class__
    way = ways[kind] if kind in ways else ways.setdefault(kind, _way(visitor, kind, _WALK, walk))
    if way is None:
        return bool(node.walk(visitor))
    try:
        try:
            way[0](node)
        except (nodes.SkipChildren, nodes.SkipNode):
            return False
        except nodes.SkipDeparture:  # there is none
            pass
        try:
            for child in node.children[:]:
                if _in(child, visitor, ways):
                    return True
        except nodes.SkipSiblings:
            pass
    except nodes.StopTraversal:
        return True
    return False


def _way(visitor: Any, kind: type[nodes.Node], name: str, ours: object) -> Any:
    """Return which methods a visitor has for a class of nodes, or None if that visits its nodes in its own way."""
    if getattr(kind, name) not in (ours, _stock[name]):
        return None
    return _chosen(visitor, kind, "visit"), _chosen(visitor, kind, "depart")


def _chosen(visitor: Any, kind: Any, step: str) -> Any:
    by_origin = type(visitor).dispatch_visit is SphinxTranslator.dispatch_visit
    for name in _names(kind, step) if by_origin else _names(kind, step)[:1]:
        if method := getattr(visitor, name, None):
            return method
    return visitor.unknown_visit if step == "visit" else visitor.unknown_departure


@cache
def _names(kind: Any, step: str) -> tuple[str, ...]:
    """Return what methods for a class of nodes may be called, its own first."""
    return tuple(f"{step}_{one.__name__}" for one in kind.__mro__)


@contextmanager
def quick() -> Iterator[None]:
    """Have ours in the place of docutils' own, for all trees of the process."""
    with replaced(nodes.Node, _WALKABOUT, walkabout), replaced(nodes.Node, _WALK, walk):
        yield


def setup(app: Sphinx) -> None:
    """Visit so while pages are built."""
    if len(_stock) == len((_WALK, _WALKABOUT)):
        while_building(app, quick)
