"""The sidebar's HTML: of the theme's contents, the parts with a caption become hubs that fold away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the theme writes between two parts: the second group is the caption, as HTML.
_CAPTION = re.compile(r'<p [^>]*class="caption"[^>]*><span class="caption-text">(.*?)</span></p>\s*')
_LINK = re.compile(r'<li class="toctree-l1(?P<more>[^"]*)"><a class="(?P<classes>[^"]*)" href="(?P<to>[^"]*)">.*?</a>')
_END = "</ul>"
_SHORT = 7  #: Hubs of so many pages are open on the home page.
_CURRENT = ' class="toctree-l1 current'


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a page stands in the sidebar."""

    here: str  #: The address of the page to mark, as links have it; empty if the theme has marked one.
    home: bool  #: Whether this is the home page, where short hubs are open.
    left_out: frozenset[str]  #: Captions of what is reached from elsewhere.
    icon: str  #: What shows that a hub unfolds.


def with_hubs(contents: str, standing: Standing) -> str:
    """Return the contents with a hub for each caption, open where the reader is."""
    parts = _CAPTION.split(contents)
    return "".join([parts[0], *_hubs(parts, standing)])


def _hubs(parts: list[str], standing: Standing) -> Iterator[str]:
    for caption, whole in zip(parts[1::2], parts[2::2], strict=True):
        end = whole.rfind(_END) + len(_END)
        pages, rest = _marked(whole[:end], standing.here), whole[end:]
        if unescape(caption) not in standing.left_out:
            yield _hub(caption, pages, standing)
        yield rest


def _marked(pages: str, here: str) -> str:
    """Mark the page that lists the one that is read."""
    link = f'href="{escape(here)}">'
    if not here or link not in pages:
        return pages
    before, after = pages.split(link, 1)
    head, _, tail = before.rpartition('<li class="toctree-l1')
    return f'{head}<li class="toctree-l1 current active{tail}aria-current="true" {link}{after}'


def _hub(caption: str, pages: str, standing: Standing) -> str:
    links = list(_LINK.finditer(pages))
    if len(links) == 1 and pages.count("<li") == 1:  # nothing to unfold: the hub is the page
        only = links[0]
        mark = ' aria-current="true"' if "current" in only["more"] else ""
        return (
            f'<ul class="nav bd-sidenav survey-hub"><li class="toctree-l1{only["more"]}">'
            f'<a class="{only["classes"]} caption-text" href="{only["to"]}"{mark}>{caption}</a></li></ul>\n'
        )
    opened = " open" if _CURRENT in pages or (standing.home and len(links) <= _SHORT) else ""
    summary = f'<summary><span class="caption-text">{caption}</span>{standing.icon}</summary>'
    return f'<details class="survey-hub" data-hub="{caption}"{opened}>{summary}\n{pages}</details>\n'
