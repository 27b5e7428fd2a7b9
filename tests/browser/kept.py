"""A page that tests use one after the other: each finds it as a new one would be, in half of the processor's time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from serving import BLANK

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Frame, ViewportSize

#: For tests that need a context of their own: they ask what is loaded, which may be in a kept page's memory already,
#: or have scripts run before those of a page, which stay with it.
FRESH = pytest.mark.browser_context_args()
PATIENCE = 20_000  #: Milliseconds, of all that waits: the machine may do more than this.
_USUAL: ViewportSize = {"width": 1280, "height": 720}
_EMPTY = Path(__file__).with_name(BLANK)


def watched(context: BrowserContext) -> list[str]:
    """Return the faults of a context's pages, as they come.

    A fault is an error or a warning that a page prints, an error that ends a script, what the content security policy
    refuses, and a question to another host.
    """
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (refused) =>"
        " console.error(`refused by ${refused.effectiveDirective}: ${refused.blockedURI} ${refused.sample}`))"
    )
    context.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("request", lambda request: faults.append(f"asks {request.url}") if _is_far(request.url) else None)
    return faults


def taken(faults: list[str]) -> list[str]:
    """Return the faults so far, so that the next test has its own."""
    found = faults.copy()
    faults.clear()
    return found


def _is_far(url: str) -> bool:
    at = urlsplit(url)
    return at.scheme not in {"data", "blob", "file", "about"} and at.hostname != "127.0.0.1"


class Kept:
    """A context with one page and its faults."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.faults = watched(context)
        self.page = context.new_page()
        self._empty_pages: set[str] = set()
        self.page.on("framenavigated", self._note)

    def clear(self) -> None:
        """Take away all that a test has left: what it stored and allowed, its answers, its window and pointer."""
        for page in self.context.pages:
            page.unroute_all()
            if page is not self.page:
                page.close()
        self.context.unroute_all()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.page.mouse.move(-1, -1)
        if self.page.viewport_size != _USUAL:
            self.page.set_viewport_size(_USUAL)
        self.page.emulate_media(media="null", color_scheme="light", reduced_motion="no-preference")
        # An empty page of the same site stays in its process; about:blank would take a new one, half of a page's cost.
        for empty in sorted(self._empty_pages):
            self.page.goto(empty)
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self._empty_pages.clear()
        self.faults.clear()

    def _note(self, frame: Frame) -> None:
        """Keep in mind what a page may have stored something for."""
        at = urlsplit(frame.url)
        if at.scheme == "file":
            self._empty_pages.add(_EMPTY.as_uri())
        elif at.hostname == "127.0.0.1":
            self._empty_pages.add(f"{at.scheme}://{at.netloc}/{BLANK}")
