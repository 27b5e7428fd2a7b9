"""Going through trees of nodes faster than docutils does, which is done sixty times for each page.

``Node.findall`` with a class as its condition leads to ``Node._fast_findall``, a generator that calls itself for each
node: what it finds is handed up through as many generators as the tree is deep. Ours keeps the way down in a list, and
finds the same nodes in the same order, also in a tree that is changed meanwhile. Should docutils not have this method
any more, or not call it, then its own way is taken. (Sphinx itself replaces methods of nodes for speed:
``sphinx.util.nodes``.)
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.nodes import NodeMatcher

from survey.pages.pace.made_nodes import can_hold
from survey.pages.pace.while_building import replaced, while_building

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

_METHOD = "_fast_findall"
_stock = nodes.Node.findall


def find(tree: nodes.Node, kind: type[nodes.Node] | tuple[type[nodes.Node], ...]) -> Iterator[Any]:
    """Yield the nodes of a kind in a tree, in the order of the text."""
    if not can_hold(tree, kind):
        return
    if isinstance(tree, kind):
        yield tree
    way = [iter(tree.children)]
    while way:
        for child in way[-1]:
            if isinstance(child, kind):
                yield child
            if child.children:
                way.append(iter(child.children))
                break
        else:
            way.pop()


def findall(
    tree: nodes.Node,
    condition: type[nodes.Node] | Callable[[nodes.Node], bool] | None = None,
    include_self: bool = True,
    descend: bool = True,
    siblings: bool = False,
    ascend: bool = False,
) -> Iterator[Any]:
    """Yield the nodes that fit a condition, as docutils does, which calls this method itself for each node."""
    if include_self and descend and not (siblings or ascend) and not isinstance(condition, type):
        if isinstance(condition, NodeMatcher):  # Sphinx's conditions name classes first
            return filter(condition, find(tree, condition.classes or nodes.Node))
        found = find(tree, nodes.Node)
        return found if condition is None else filter(condition, found)
    return _stock(tree, condition, include_self, descend, siblings, ascend)


@contextmanager
def quick() -> Iterator[None]:
    """Have ours in the place of docutils' own, for all trees of the process."""
    with (
        replaced(nodes.Node, _METHOD, find),
        replaced(nodes.Node, _stock.__name__, findall),  # for conditions that are no class
    ):
        yield


def setup(app: Sphinx) -> None:
    """Walk so while pages are built."""
    if _METHOD in vars(nodes.Node):
        while_building(app, quick)
