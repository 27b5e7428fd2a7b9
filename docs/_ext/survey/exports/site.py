"""Where the site stands, and where its pages and files are in it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

#: A year in which the publisher owned the host, as tag URIs require (RFC 4151); another year would make other tags.
_SINCE = 2026
HOME = "index"  #: The home page; its title and first paragraph are the survey's.


def html_address(docname: str) -> str:
    """Return the address of a page as the builder ``html`` gives it, from the site's root."""
    return f"{quote(docname)}.html"


@dataclass(frozen=True, slots=True)
class Site:
    """A place where the survey is published."""

    base: str = ""  #: Address of the root, with its closing slash; empty if it isn't known.
    page: Callable[[str], str] = html_address  #: From a page's name to its address, from the root.

    @classmethod
    def at(cls, base: str, page: Callable[[str], str] = html_address) -> Site:
        """Return the site at an address with or without a closing slash."""
        return cls(f"{base.rstrip('/')}/" if base else "", page)

    def link(self, address: str, place: str = "") -> str:
        """Return a link to an address from the root: absolute or, if the base isn't known, relative to ``place``."""
        if self.base:
            return self.base + address
        return posixpath.relpath(address or ".", posixpath.dirname(place) or ".") + "/" * address.endswith("/")

    @property
    def tag(self) -> str:
        """The beginning of the ids of what the site holds (RFC 4151), up to the address that tells one from another.

        They are the same in every build, wherever a page moves on the site, and no other site's: the host is in them,
        and where the site is not all that the host has, its folder and port.
        """
        parts = urlsplit(self.base)
        host = quote(parts.hostname or "localhost", safe="")
        port = f"{parts.port}/" if parts.port is not None else ""
        return f"tag:{host},{_SINCE}:{port}{quote(parts.path.lstrip('/'), safe='/%')}"
