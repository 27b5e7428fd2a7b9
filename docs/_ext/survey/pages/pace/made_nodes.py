"""Making nodes faster than docutils does, and knowing which classes of nodes a page can hold.

A page is walked sixty times for nodes of one class, which most pages don't have: to find that nothing is there takes as
long as to find something. So the clock of each class says when a node of it was last made, copied, or put into a
page. A page of which nothing was there before it was read (:func:`begin`), or whose classes have been seen
(:func:`look`), holds no node of a class whose clock stands earlier. Trees of which nobody has said so are walked as
ever.

Replaced are ``Element.__init__``, ``Element.copy``, ``Node.setup_child`` and ``Text.astext`` of docutils (the second as
Sphinx has already replaced it), which do the same but ask less: ``setup_child`` looks for the document of a node that
has none by an exception for each level. Where docutils should not have these methods any more, its own are kept, and
every walk is made.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from survey.pages.pace.while_building import replaced, while_building

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

_LISTS = ("ids", "classes", "names", "dupnames")  #: Attributes of most elements that are lists of their own.
_METHODS = ("__init__", "copy", "extend", "append")
_stock: dict[str, Any] = {name: vars(nodes.Element)[name] for name in _METHODS if name in vars(nodes.Element)}
_stock_setup: Any = vars(nodes.Node).get("setup_child")
_stock_astext: Any = vars(nodes.Text).get("astext")

_clock = [0]
#: By class: the time of the clock when a node of it was last made, copied or put into a page.
_made: dict[type, int] = {}
#: By page: since when it is known, and the classes that it had then.
_known: WeakKeyDictionary[nodes.Node, tuple[int, frozenset[type]]] = WeakKeyDictionary()
#: By class that is looked for: the classes that are of its kind, among so many.
_kinds: dict[type | tuple[type, ...], tuple[int, tuple[type, ...] | None]] = {}


def begin(document: nodes.document) -> None:
    """Know a page from now on, which is to be read: all of its nodes are made from now on."""
    _know(document, frozenset())


def look(document: nodes.document) -> None:
    """Know a page from now on that is whole."""
    found = frozenset(_classes(document))
    for kind in found:
        _made.setdefault(kind, -1)
    _know(document, found)


def _classes(tree: nodes.Node) -> set[type]:
    found: set[type] = set()
    way: list[Any] = [tree]
    while way:
        node = way.pop()
        found.add(node.__class__)
        way += node.children
    return found


def _know(document: nodes.document, kinds: frozenset[type]) -> None:
    _clock[0] += 1
    if nodes.Element.__init__ is _init:  # otherwise nobody says what is made
        _known[document] = _clock[0], kinds


def can_hold(tree: nodes.Node, kind: type | tuple[type, ...]) -> bool:
    """Tell whether a tree may hold a node of a class, or of one of several, or of one derived from them."""
    known = _known.get(tree)
    if known is None:
        return True
    since, held = known
    ours = _of_kind(kind)
    return ours is None or any(_made[one] >= since or one in held for one in ours) or isinstance(tree, kind)


def _of_kind(kind: type | tuple[type, ...]) -> tuple[type, ...] | None:
    """Return the classes that are of a kind, or None if text may be, which is made in another way than elements."""
    found = _kinds.get(kind)
    if found is None or found[0] != len(_made):
        ours = tuple(one for one in _made if issubclass(one, kind))
        asked = kind if isinstance(kind, tuple) else (kind,)
        is_text = issubclass(nodes.Text, kind) or any(issubclass(one, nodes.Text) for one in asked)
        found = _kinds[kind] = len(_made), None if is_text else ours
    return found[1]


class LookAtPage(SphinxPostTransform):
    """Looks which classes of nodes a page has, before others look for nodes of each."""

    default_priority = 0
    formats = ("html",)  # LaTeX puts pages into others after that

    def run(self, **kwargs: Any) -> None:
        """Look."""
        look(self.document)


def _init(self: Any, rawsource: str = "", *children: Any, **attributes: Any) -> None:
    """As ``Element.__init__`` of docutils 0.22: an element that is being made stands in no document yet."""
    if isinstance(rawsource, nodes.Element):
        raise TypeError('First argument "rawsource" must be a string.')
    kind = self.__class__
    _made[kind] = _clock[0]
    self.rawsource = rawsource
    self.children = []
    if kind.extend is _stock["extend"] and kind.append is _stock["append"]:
        self.children += children
        for child in children:
            child.parent = self
    else:
        self.extend(children)
    lists = kind.list_attributes
    own: dict[str, Any] = {"ids": [], "classes": [], "names": [], "dupnames": []}
    if lists != _LISTS:
        own = {name: [] for name in lists}
    self.attributes = own
    for name, value in attributes.items():
        lowered = name.lower()
        own[lowered] = value[:] if lowered in lists else value
    if self.tagname is None:
        self.tagname = kind.__name__


def _copy(self: Any) -> Any:
    _made[self.__class__] = _clock[0]
    return _stock["copy"](self)


def _setup_child(self: Any, child: Any) -> None:
    """As ``Node.setup_child`` of docutils 0.22.

    What becomes part of a page may have been made long ago: sphinxcontrib-bibtex keeps nodes from page to page.
    """
    child.parent = self
    node = self
    while node is not None and node._document is None:  # as docutils asks itself
        node = node.parent
    if node is not None:
        for kind in _classes(child) if child.children else (child.__class__,):
            _made[kind] = _clock[0]
        document = child.document = node._document  # noqa: SLF001  # as docutils does
        if child.source is None:
            child.source = document.current_source
        if child.line is None:
            child.line = document.current_line


def _astext(self: Any) -> str:
    """As ``Text.astext`` of docutils 0.22, which looks thrice for the zeros that reStructuredText puts before signs."""
    return str(self) if "\x00" not in self else str(_stock_astext(self))


@contextmanager
def noted() -> Iterator[None]:
    """Have ours in the place of docutils' own, for all nodes of the process; of pages from before nothing is known."""
    _known.clear()
    with ExitStack() as replacements:
        if hasattr(nodes.Element, "list_attributes") and len(_stock) == len(_METHODS) and _stock_setup is not None:
            replacements.enter_context(replaced(nodes.Element, "__init__", _init))
            replacements.enter_context(replaced(nodes.Element, "copy", _copy))
            replacements.enter_context(replaced(nodes.Node, "setup_child", _setup_child))
        if _stock_astext is not None:
            replacements.enter_context(replaced(nodes.Text, "astext", _astext))
        try:
            yield
        finally:
            _known.clear()  # from now on nobody says what is made


def setup(app: Sphinx) -> None:
    """Add the transform that looks, and note what is made while pages are built."""
    app.add_post_transform(LookAtPage)
    while_building(app, noted)
