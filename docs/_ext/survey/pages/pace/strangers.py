"""Which extensions take part in a build of which nothing is known: what is quicker may not hold for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

#: What is known to keep no part of a page's tree, and to note nothing of a page that it needs afterwards, or to answer
#: to the events of :mod:`survey.pages.pace.write_pages`.
_KNOWN = frozenset(
    {"sphinx", "docutils", "myst_parser", "sphinxcontrib", "survey", "sphinx_book_theme", "pydata_sphinx_theme"}
)
_READING = ("doctree-read",)
_RESOLVING = ("doctree-resolved", "missing-reference", "warn-missing-reference")


def while_reading(app: Sphinx) -> frozenset[str]:
    """Return the packages that see trees of pages that are read, and aren't known."""
    return _strangers((*_handlers(app, _READING), *app.registry.get_transforms()))


def while_resolving(app: Sphinx) -> frozenset[str]:
    """Return the packages that take part in resolving pages, and aren't known."""
    return _strangers((*_handlers(app, _RESOLVING), *app.registry.get_post_transforms()))


def _handlers(app: Sphinx, events: Iterable[str]) -> tuple[Any, ...]:
    return tuple(listener.handler for name in events for listener in app.events.listeners.get(name, ()))


def _strangers(parts: Iterable[Any]) -> frozenset[str]:
    """Return the packages of functions, methods, classes and other objects."""
    modules = (getattr(part, "__module__", None) or type(part).__module__ for part in parts)
    return frozenset(module.partition(".")[0] for module in modules) - _KNOWN
