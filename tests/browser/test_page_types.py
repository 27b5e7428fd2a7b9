"""One page of each type, opened once: what it loads, who can read it, and that nothing of it is refused."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from axe import colour_violations, violations
from kept import PATIENCE, Kept, taken, watched
from page_types import PAGE_TYPES
from playwright.sync_api import expect

from survey.pages.frame.theme_css import is_unused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

    Opened = tuple[Page, list[str]]  #: A page, and its faults.

pytestmark = pytest.mark.browser

BUDGET = 150 * 1024  #: Bytes, compressed, of everything that a page loads.
FRAME = 46 * 1024  #: The same without the page itself and letters: scripts, styles, icons.
FONTS = 78 * 1024  #: Of letters, on a page that has all kinds: they come from the cache after the first page.
TOOLS = {"search", "explore"}  #: These may load more.
#: Pages that hold all works or positions, or half of the papers and a chapter: these grow with the survey.
WHOLE = {"chosen heads": 220 * 1024, "bibliography": 190 * 1024, "stage": 175 * 1024}
#: The chronology holds all papers, in so many bytes each, beside what it is without them.
LISTED, ALONE = 260, 56 * 1024
NEVER = re.compile(
    r"fontawesome|bootstrap|pydata-sphinx-theme|searchindex|searchtools|doctools|mathjax|pagefind|/search"
)
NARROW = 320  #: Pixels.
QUIET = 500  #: Milliseconds without a question after which a page has loaded all that it loads by itself.
FEWEST = 8  #: Stops of the tab key: the way past the bar, and the bar.
#: Notes what is in focus, as it gets there: to ask after each key would take as long again.
_NOTE_FOCUS = """() => {
    window.stops = [];
    window.noteFocus = ({ target }) => {
        const style = getComputedStyle(target), box = target.getBoundingClientRect();
        stops.push({
            html: target.outerHTML.slice(0, 120),
            seen: style.outlineStyle !== "none" || style.boxShadow !== "none",
            there: box.width > 0 && box.height > 0,
        });
    };
    addEventListener("focusin", noteFocus);
}"""
TYPES = list(PAGE_TYPES)  #: ``sharing_out.py`` gives all that is asked of a page to the process that has opened it.


@dataclass(frozen=True)
class Visit:
    """A page that has been opened and scrolled through; who changes it changes it back."""

    name: str
    page: Page
    url: str
    sizes: dict[str, int]  #: Bytes of all that it loaded, compressed, by address.
    shift: float  #: How much moved while it loaded (https://web.dev/articles/cls).
    faults: list[str]


@pytest.fixture(scope="module")
def uncached(browser: Browser) -> Iterator[Kept]:
    """Return a page that loads all anew each time, as its first visitor does."""
    with browser.new_context() as context:
        kept = Kept(context)
        devtools = context.new_cdp_session(kept.page)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        yield kept


@pytest.fixture(scope="module", params=TYPES)
def visit(request: pytest.FixtureRequest, uncached: Kept, address: str) -> Iterator[Visit]:
    """Open a page, on which colours change at once."""
    page, url = uncached.page, f"{address}/{PAGE_TYPES[request.param]}"
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    sizes, shift = _loaded(page, url)
    yield Visit(request.param, page, url, sizes, shift, uncached.faults)
    uncached.clear()


def _loaded(page: Page, url: str) -> tuple[dict[str, int], float]:
    """Open a page and scroll through it; return the size of all that it loaded, by address, and how much moved."""
    asked: list[Request] = []
    over: list[Request] = []

    def note(request: Request) -> None:  # Playwright asks handlers for attributes that a list's methods don't have
        asked.append(request)

    def note_end(request: Request) -> None:
        over.append(request)

    page.on("request", note)
    page.on("requestfinished", note_end)
    page.on("requestfailed", note_end)
    page.goto(url)
    _wait_for_quiet(page, asked, over, QUIET)
    shift = page.evaluate(
        """() => new Promise((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
                .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 100);
        })"""
    )
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    _wait_for_quiet(page, asked, over, 100)
    for event, handler in (("request", note), ("requestfinished", note_end), ("requestfailed", note_end)):
        page.remove_listener(event, handler)
    page.evaluate("scrollTo(0, 0)")
    return {request.url: request.sizes()["responseBodySize"] for request in asked if not request.failure}, shift


def _wait_for_quiet(page: Page, asked: list[Request], over: list[Request], quiet: float) -> None:
    """Wait until nothing more is asked for so many milliseconds; on a busy machine "networkidle" has failed to come."""
    end = time.monotonic() + PATIENCE / 1000
    before = -1
    while (before < len(asked) or len(over) < len(asked)) and time.monotonic() < end:
        before = len(asked)
        page.wait_for_timeout(quiet)
    assert len(over) == len(asked), [request.url for request in asked if request not in over]


def test_it_and_all_that_it_loads_stay_within_the_budget(visit: Visit, site: Path) -> None:
    if visit.name not in TOOLS:
        papers = len(list((site / "data" / "papers").glob("*.json")))
        whole = {**WHOLE, "chronology": max(BUDGET, ALONE + papers * LISTED)}
        assert sum(visit.sizes.values()) <= whole.get(visit.name, BUDGET), visit.sizes
        fonts = {at: size for at, size in visit.sizes.items() if at.endswith(".woff2")}
        assert sum(fonts.values()) <= FONTS, fonts
        frame = {at: size for at, size in visit.sizes.items() if at != visit.url and at not in fonts}
        assert sum(frame.values()) <= FRAME, frame


def test_it_loads_neither_icon_fonts_nor_the_search_nor_the_themes_scripts(visit: Visit, address: str) -> None:
    if visit.name not in TOOLS:
        assert [url for url in visit.sizes if NEVER.search(url.removeprefix(address))] == []


def test_nothing_moves_while_it_loads(visit: Visit) -> None:
    assert visit.shift < 0.01


def test_it_has_an_icon_and_asks_early_for_the_letters_that_it_begins_with(visit: Visit) -> None:
    assert visit.page.locator("link[rel=icon][href$='favicon.svg']").count() == 1
    preloaded = visit.page.locator("link[rel=preload]").evaluate_all("(links) => links.map((link) => link.href)")
    formulas = visit.page.locator("article math:not(details:not([open]) math)").count() > 0
    names = ["sans", "serif", *(["math"] if formulas else [])]
    assert [url.rpartition("/")[2] for url in preloaded] == [f"{name}.woff2" for name in names]
    assert set(preloaded) <= set(visit.sizes)


def test_it_has_nothing_whose_rules_were_left_out(visit: Visit) -> None:
    names = visit.page.evaluate(
        "[...new Set([...document.querySelectorAll('[class]')].flatMap((one) => [...one.classList]))]"
        ".concat([...document.querySelectorAll('[id]')].map((one) => `#${one.id}`))"
    )
    assert [name for name in names if is_unused(name)] == []


def test_focus_is_visible_wherever_the_tab_key_leads(visit: Visit) -> None:
    visit.page.evaluate(_NOTE_FOCUS)
    for _ in range(40):
        visit.page.keyboard.press("Tab")
    stops = visit.page.evaluate("removeEventListener('focusin', noteFocus), document.activeElement.blur(), stops")
    visit.page.evaluate("scrollTo(0, 0)")
    assert len(stops) >= FEWEST
    assert [stop for stop in stops if not (stop["seen"] and stop["there"])] == []


def test_axe_finds_nothing(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "light"
    assert violations(visit.page) == []


def test_nothing_scrolls_sideways_at_320_pixels_but_boxes_by_themselves(visit: Visit) -> None:
    usual = visit.page.viewport_size
    visit.page.set_viewport_size({"width": NARROW, "height": 640})
    width = visit.page.evaluate("document.documentElement.scrollWidth")
    visit.page.set_viewport_size(usual)
    assert width <= NARROW, f"{visit.name} is {width} pixels wide"


def test_the_policy_refuses_nothing_and_no_other_host_is_asked(visit: Visit) -> None:
    """This comes when all of the above has been done with the page; and it opens the search."""
    visit.page.keyboard.press("Control+k")
    # Asked by role, a page of a thousand links is busy with the answer, and does not come to open anything.
    visit.page.locator("input[type=search]:focus").wait_for()
    expect(visit.page.get_by_role("searchbox", name="Search the survey")).to_be_focused()
    visit.page.wait_for_load_state("networkidle")
    assert visit.faults == []
    visit.page.keyboard.press("Escape")


def test_axe_finds_nothing_wrong_with_the_dark_colours(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    expect(visit.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert colour_violations(visit.page) == []
    assert visit.faults == []


@pytest.fixture(scope="module")
def from_a_folder(browser: Browser) -> Iterator[Opened]:
    """Return a page for what nobody serves."""
    with browser.new_context() as context:
        faults = watched(context)
        yield context.new_page(), faults


@pytest.mark.parametrize("name", TYPES)
def test_it_works_from_a_folder(from_a_folder: Opened, site: Path, name: str) -> None:
    page, faults = from_a_folder
    page.goto((site / PAGE_TYPES[name]).as_uri())
    button = page.get_by_role("button", name="Color mode")
    button.click()
    expect(button).to_have_accessible_name("Color mode: light")
    assert page.evaluate("getComputedStyle(document.querySelector('.bd-sidebar-primary')).overflowY") == "auto"
    page.wait_for_load_state("networkidle")
    page.evaluate("localStorage.clear()")
    assert taken(faults) == []


@pytest.fixture(scope="module")
def without_scripts(browser: Browser) -> Iterator[Opened]:
    """Return a page of a reader who has turned JavaScript off."""
    with browser.new_context(java_script_enabled=False) as context:
        faults = watched(context)
        yield context.new_page(), faults


@pytest.mark.parametrize("name", TYPES)
def test_the_text_is_all_there_without_javascript(without_scripts: Opened, address: str, name: str) -> None:
    page, faults = without_scripts
    page.goto(f"{address}/{PAGE_TYPES[name]}")
    article = page.get_by_role("main").locator("article.bd-article")
    expect(article.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Color mode")).to_be_hidden()
    # What a link to a cell or a filter of the atlas shows is hidden until it is followed; the table has it all. Grids
    # are lists on narrow screens only, and what is said of heads without a card is said by a script.
    atlas = ".survey-cards *, .survey-filter-state, .survey-by-layer *, .survey-head-status"
    text = f":is(p, li, dd):not(details *, form *, [hidden] *, .survey-toolbar *, #survey-search-instead *, {atlas})"
    expect(article.locator(text).filter(visible=False)).to_have_count(0)
    assert taken(faults) == []
