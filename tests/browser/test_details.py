"""Small things that readers stumbled over: focus, marks of places, what a finger touches, and what is on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page_types import PAGE_TYPES
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TABS = 9  #: Stops of the tab key up to the first link of the text: the way past the bar, and the bar.
HIGH = 200  #: Pixels of something that fills a good part of the window.

#: What cuts the outline of the element in focus: a box around it that hides what lies outside, or nothing.
_CUT = """() => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const out = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
    for (let around = at.parentElement; around && around !== document.body; around = around.parentElement) {
        const is = getComputedStyle(around), edge = around.getBoundingClientRect();
        if (is.overflowX !== "visible" && (box.left - out < edge.left || box.right + out > edge.right)
            || is.overflowY !== "visible" && (box.top - out < edge.top || box.bottom + out > edge.bottom)) {
            return `${at.outerHTML.slice(0, 80)} in ${around.className || around.tagName}`;
        }
    }
    return null;
}"""


@pytest.mark.parametrize("name", ["head", "paper", "chapter", "home", "explore"])
def test_few_stops_lie_before_the_text(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{PAGE_TYPES[name]}")
    stops = 0
    while not page.evaluate("document.activeElement.closest('article') !== null"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= TABS


@pytest.mark.parametrize("name", ["explore", "head"])
def test_no_outline_of_what_is_in_focus_is_cut_off(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{PAGE_TYPES[name]}")
    cut = []
    for _ in range(60):
        page.keyboard.press("Tab")
        cut.append(page.evaluate(_CUT))
    assert [one for one in cut if one is not None] == []


@pytest.mark.parametrize("name", ["bibliography", "taxonomy", "heads of a model", "contested claims", "paper"])
def test_no_place_is_painted_over_when_a_link_leads_to_it(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{PAGE_TYPES[name]}")
    painted = page.evaluate(
        """(high) => {
            const places = [...document.querySelectorAll("article.bd-article [id]")].slice(0, 150);
            return places.filter((place) => {
                const before = getComputedStyle(place).backgroundColor;
                location.hash = place.id;
                const painted = getComputedStyle(place).backgroundColor !== before;
                return painted && place.getBoundingClientRect().height > high;
            }).map((place) => place.id);
        }""",
        HIGH,
    )
    assert painted == []


@pytest.mark.parametrize("name", ["head", "chapter", "paper", "contested claims"])
def test_the_contents_show_the_last_part_at_the_end_of_a_page(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{PAGE_TYPES[name]}")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    links = page.locator("#pst-page-toc-nav a")
    expect(links.last).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("width", [1280, 375])
def test_the_searchs_button_to_close_it_is_clear_of_the_fields_outline(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/index.html")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search the survey")).to_be_focused()
    button = page.get_by_role("dialog").get_by_role("button", name="Close").bounding_box()
    field = page.get_by_role("searchbox", name="Search the survey").bounding_box()
    assert button is not None
    assert field is not None
    assert button["y"] + button["height"] + 5 <= field["y"] or button["x"] >= field["x"] + field["width"] + 5


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """Return the explorer on a phone."""
    with browser.new_context(viewport={"width": 375, "height": 740}, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(f"{address}/explore.html")
        expect(page.locator("[data-ready]")).to_be_attached()
        yield page


def test_on_a_phone_a_sheet_has_the_filters_and_leads_to_what_they_find(phone: Page) -> None:
    phone.get_by_text("Filters", exact=True).tap()
    leave = phone.locator(".survey-leave")
    expect(leave).to_be_in_viewport()
    phone.locator(".survey-term").first.tap()
    found = leave.inner_text().removeprefix("Show ").removesuffix(" papers")
    leave.tap()
    expect(phone.locator(".survey-facets:popover-open")).to_have_count(0)
    matches = phone.locator(".survey-matches")
    expect(matches).to_contain_text(f"{found} of ")
    place, bar = matches.bounding_box(), phone.get_by_role("banner").bounding_box()
    assert place is not None
    assert bar is not None
    assert place["y"] >= bar["y"] + bar["height"]


def test_on_a_phone_a_touch_beside_the_sheet_closes_it_and_follows_no_link(phone: Page) -> None:
    before = phone.url
    for close in (lambda: phone.touchscreen.tap(187, 30), lambda: phone.keyboard.press("Escape")):
        phone.get_by_text("Filters", exact=True).tap()
        expect(phone.locator(".survey-facets:popover-open")).to_be_visible()
        close()
        expect(phone.locator(".survey-facets:popover-open")).to_have_count(0)
    assert phone.url == before


def test_on_a_phone_words_have_a_chip_and_nothing_found_has_words(phone: Page) -> None:
    phone.get_by_role("searchbox").or_(phone.locator("[name=q]")).first.fill("zzz induction")
    expect(phone.locator(".survey-nothing")).to_be_visible()
    phone.get_by_role("button", name="Remove words").tap()
    expect(phone.locator(".survey-nothing")).to_be_hidden()
    expect(phone.locator("[name=q]")).to_have_value("")


@pytest.mark.parametrize("name", ["paper", "home"])
def test_on_paper_every_form_of_a_citation_is_there_in_whole(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{PAGE_TYPES[name]}")
    page.emulate_media(media="print")
    forms = page.locator(".survey-cite-panel pre, .survey-cite-panel blockquote")
    for form in forms.all():
        expect(form).to_be_visible()
        assert form.evaluate(
            "(one) => one.scrollWidth <= one.clientWidth + 1 && one.scrollHeight <= one.clientHeight + 1"
        )


@pytest.mark.parametrize("name", ["paper", "chapter with a figure", "home", "head"])
def test_on_paper_what_is_longer_than_a_page_may_break(page: Page, address: str, name: str) -> None:
    """A box that may not break leaves the page before it half empty."""
    page.set_viewport_size({"width": 673, "height": 987})  # what lies within the margins of A4
    page.goto(f"{address}/{PAGE_TYPES[name]}")
    page.emulate_media(media="print")
    whole = page.evaluate(
        """() => [...document.querySelectorAll("article.bd-article *")].filter((box) => {
            const style = getComputedStyle(box);
            return style.breakInside === "avoid" && box.getBoundingClientRect().height > innerHeight * 0.6;
        }).map((box) => `${box.tagName} ${box.className.baseVal ?? box.className}`)"""
    )
    assert whole == []
