"""Which extensions take part in a build of which nothing is known: what is quicker may not hold for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

#: What is known to keep no part of a page's tree, and to note nothing of a page that it needs afterwards, or to answer
#: to the events of :mod:`survey.pages.pace.write_pages`: packages, with all that is in them. Anybody may publish in the
#: namespace ``sphinxcontrib``, so that of it those are named that we build on and that come with Sphinx.
_KNOWN = (
    *("sphinx", "docutils", "myst_parser", "survey", "sphinx_book_theme", "pydata_sphinx_theme"),
    *("sphinxcontrib.bibtex", "sphinxcontrib.applehelp", "sphinxcontrib.devhelp", "sphinxcontrib.htmlhelp"),
    *("sphinxcontrib.jsmath", "sphinxcontrib.qthelp", "sphinxcontrib.serializinghtml"),
)
_READING = ("doctree-read",)
_RESOLVING = ("doctree-resolved", "missing-reference", "warn-missing-reference")


def while_reading(app: Sphinx) -> frozenset[str]:
    """Return the modules that see trees of pages that are read, and aren't known."""
    return _strangers((*_handlers(app, _READING), *app.registry.get_transforms()))


def while_resolving(app: Sphinx) -> frozenset[str]:
    """Return the modules that take part in resolving pages, and aren't known."""
    return _strangers((*_handlers(app, _RESOLVING), *app.registry.get_post_transforms()))


def _handlers(app: Sphinx, events: Iterable[str]) -> tuple[Any, ...]:
    return tuple(listener.handler for name in events for listener in app.events.listeners.get(name, ()))


def _strangers(parts: Iterable[Any]) -> frozenset[str]:
    """Return the modules of functions, methods, classes and other objects that are in no known package."""
    modules = {getattr(part, "__module__", None) or type(part).__module__ for part in parts}
    known = tuple(f"{package}." for package in _KNOWN)
    return frozenset(module for module in modules if not f"{module}.".startswith(known))
