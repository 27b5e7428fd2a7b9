"""axe (https://github.com/dequelabs/axe-core), which finds what keeps people from reading a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import JSHandle, Page

#: The rules on which the colour mode bears. They look at each text for itself, which takes most of axe's time.
COLOURS = ("color-contrast", "link-in-text-block")
#: How many of the texts that look alike these are asked about.
ENOUGH = 10
_SETTLED = """() => Promise.all(document.getAnimations()
    .filter((one) => one instanceof CSSTransition)
    .map((one) => one.finished.catch(() => undefined))).then(() => true)"""
#: Returns some of all texts that look alike, from the first to the last. What decides on contrast is in the
#: key: the letters, their box, and each box around it up to the page; axe cannot tell the colors of single letters.
_LOOKS = """(enough) => {
    const keys = new Map(), alike = new Map();
    const key = (element) => {
        if (!element) return "";
        if (!keys.has(element)) {
            const is = getComputedStyle(element);
            const look = [element.tagName, element.getAttribute("class"), is.color, is.backgroundColor,
                is.backgroundImage, is.opacity, is.fontSize, is.fontWeight, is.textDecorationLine, is.textShadow,
                is.borderBottomStyle, is.position, is.zIndex, is.mixBlendMode, is.filter].join();
            keys.set(element, `${key(element.parentElement)}/${look}`);
        }
        return keys.get(element);
    };
    const length = (element) => element.matches("input, select, textarea") ? 2
        : Math.max(0, ...[...element.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE)
            .map((one) => one.data.trim().length));
    for (const element of document.body.querySelectorAll("*")) {
        if (length(element) && element.checkVisibility() && element.getClientRects().length) {
            const same = `${length(element) > 1} ${key(element)}`;
            alike.set(same, [...(alike.get(same) ?? []), element]);
        }
    }
    const spread = (all) => Array.from({ length: enough }, (_, at) => Math.round(at * (all.length - 1) / (enough - 1)));
    return [...alike.values()].flatMap((all) => (all.length <= enough ? all : spread(all).map((at) => all[at])));
}"""
_RUN = "([where, options]) => axe.run(where ?? document, options).then((found) => found.violations)"


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe finds by all its rules, or by those given: the rule, page, mode and width, and where."""
    _prepare(page)
    return _found(page, {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {})


def colour_violations(page: Page) -> list[str]:
    """Return what axe finds by the rules on colors, asked about a few of all the texts that look alike."""
    _prepare(page)
    looks = page.evaluate_handle(_LOOKS, ENOUGH)
    return _found(page, {"runOnly": {"type": "rule", "values": list(COLOURS)}}, looks)


def _prepare(page: Page) -> None:
    """Wait for colors that are on their way to another mode, and bring axe into the page, unless it is there."""
    page.evaluate(_SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)


def _found(page: Page, options: dict[str, object], where: JSHandle | None = None) -> list[str]:
    """Run axe on a page, or on elements of it; what passes is left out of its answer, which takes half its time."""
    found = page.evaluate(_RUN, [where, {"resultTypes": ["violations"], **options}])
    if not found:
        return []
    at = page.evaluate("`${location.pathname}, ${document.documentElement.dataset.theme}, ${innerWidth} pixels`")
    return [f"{one['id']} ({at}): {node['html'][:160]}" for one in found for node in one["nodes"][:3]]
