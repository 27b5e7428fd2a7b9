"""The contents of the site for the sidebar, from what is shown of each page there: its title.

For each sidebar Sphinx copies the headings of all pages in the contents, hundreds on some, and then takes away all but
the titles (``titles_only``). While a sidebar is made, ours gives it (as ``env.tocs``) of most pages the title alone.
Pages with contents of their own among their headings stay as they are. Should Sphinx look for headings elsewhere, it
finds them there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.environment import BuildEnvironment

TITLES_ONLY, _HEADINGS = "titles_only", "tocs"
_WITH_MORE = 2  #: Parts of an entry that has others below it: its link, and their list.


def titles_alone(env: BuildEnvironment, pages: Iterable[str]) -> dict[str, Any]:
    """Return the headings of all pages, of some of them the title alone."""
    return env.tocs | {page: _title(env.tocs[page]) for page in pages if page in env.tocs}


def _title(headings: nodes.bullet_list) -> nodes.bullet_list:
    entries: list[Any] = [*headings.children]
    if any(True for _ in headings.findall(addnodes.toctree)) or not all(map(_is_usual, entries)):
        return headings
    short = headings.copy()
    for entry in entries:
        item = entry.copy()
        item += entry.children[0].deepcopy()
        short += item
    return short


def _is_usual(entry: nodes.Node) -> bool:
    parts = entry.children
    return (
        isinstance(entry, nodes.list_item)
        and 0 < len(parts) <= _WITH_MORE
        and isinstance(parts[0], addnodes.compact_paragraph)
        and all(isinstance(part, nodes.bullet_list) for part in parts[1:])
    )


def quick(toctree: Callable[..., str], env: BuildEnvironment, titles: dict[str, Any]) -> Callable[..., str]:
    """Return the function by which templates ask for the contents of the site."""

    def site_contents(**asked: Any) -> str:
        if not asked.get(TITLES_ONLY):
            return toctree(**asked)
        whole = getattr(env, _HEADINGS)
        try:
            setattr(env, _HEADINGS, titles)
            return toctree(**asked)
        finally:
            setattr(env, _HEADINGS, whole)

    return site_contents
