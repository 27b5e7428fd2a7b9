"""Hubs: the tables of contents of the home page that have a caption; where each page stands, and the way there.

The sidebar shows each hub under its name, to fold away; the bar above shows the way from the hub to the page. Pages of
facts stand in no table of contents: they belong to the page that lists them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx import addnodes

from survey.catalogue.schema.facets import PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

#: The pages that list what a folder holds, beside its index: the first that stands in the contents is meant.
_LISTING = {PAPERS: ("explore", "chronology"), "heads": ("taxonomy",), "stages": ("taxonomy",)}


@dataclass(frozen=True, slots=True)
class Hub:
    """A table of contents of the home page."""

    name: str  #: Its caption; empty if it has none.
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hubs:
    """The hubs of a site, with the place of each page."""

    root: str  #: The home page.
    hubs: tuple[Hub, ...]
    places: dict[str, Hub] = field(default_factory=dict)  #: The hub of each page that stands in the contents.

    @staticmethod
    def of(env: BuildEnvironment) -> Hubs:
        """Return the hubs, once every page has been read."""
        root = env.config.root_doc
        hubs = tuple(Hub(_caption(one), tuple(one["includefiles"])) for one in _toctrees(env))
        places: dict[str, Hub] = {}
        for hub in hubs:
            for page in _below(hub.pages, env, {root}):
                places.setdefault(page, hub)
        return Hubs(root, hubs, places)

    def listing(self, page: str) -> str | None:
        """Return the page of the contents that a page outside belongs to, if there is one."""
        folder = page.rpartition("/")[0]
        candidates = (f"{folder}/index", *_LISTING.get(folder, ())) if folder else ()
        return next((name for name in candidates if name in self.places), None)

    def hub(self, page: str) -> Hub | None:
        """Return the hub of a page, if that has a name."""
        found = self.places.get(page) or self.places.get(self.listing(page) or "")
        return found if found is not None and found.name else None


def captions(env: BuildEnvironment) -> set[str]:
    """Return the captions of the home page's tables of contents, once it has been read."""
    return {_caption(toctree) for toctree in _toctrees(env)} - {""}


def _toctrees(env: BuildEnvironment) -> Iterator[addnodes.toctree]:
    contents = env.tocs.get(env.config.root_doc)
    return contents.findall(addnodes.toctree) if contents is not None else iter(())


def _caption(toctree: addnodes.toctree) -> str:
    return str(toctree.get("caption") or "")


def _below(pages: tuple[str, ...], env: BuildEnvironment, seen: set[str]) -> Iterator[str]:
    for page in pages:
        if page not in seen:
            seen.add(page)
            yield page
            yield from _below(tuple(env.toctree_includes.get(page, ())), env, seen)
