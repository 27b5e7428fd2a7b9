"""axe (https://github.com/dequelabs/axe-core), which finds what keeps people from reading a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The rules on which the colour mode bears.
COLOURS = ("color-contrast", "link-in-text-block")
#: How many entries of a list are enough to see its colours: axe takes most of its time for contrast.
ENOUGH = 40
_SETTLED = """() => Promise.all(document.getAnimations()
    .filter((one) => one instanceof CSSTransition)
    .map((one) => one.finished.catch(() => undefined))).then(() => true)"""


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe finds by all its rules, or by those given: the rule, and where.

    What passes is left out of axe's answer, which takes half its time. Colors that are on their way to another mode are
    waited for.
    """
    page.evaluate(_SETTLED)
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def shorten(page: Page) -> None:
    """Take out of a page what its long lists, tables and figures repeat."""
    page.evaluate(
        """(enough) => {
            for (const list of document.querySelectorAll("article, article *")) {
                [...list.children].slice(enough).forEach((entry) => entry.remove());
            }
        }""",
        ENOUGH,
    )
