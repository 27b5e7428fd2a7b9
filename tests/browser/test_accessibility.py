"""Everybody can use the site: axe where something is open, keyboard, drawers, paper, and colour modes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe import violations
from kept import FRESH
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_for_addresses_that_do_not_exist(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # it has no script, and follows the system
    page.goto(f"{address}/404.html")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
    assert violations(page) == []


@FRESH
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_search(page: Page, address: str, mode: str) -> None:
    page.add_init_script(f"localStorage.setItem('mode', '{mode}')")
    page.goto(f"{address}/index.html")
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("retrieval")
    expect(page.locator(".survey-search-status")).to_contain_text("results")
    assert violations(page) == []


def test_the_first_stop_skips_to_the_text(page: Page, address: str) -> None:
    page.goto(f"{address}/index.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("drawer", ["Site navigation", "On this page"])
def test_drawers_open_and_close_by_keyboard(browser, address: str, drawer: str, scripts: bool) -> None:
    with browser.new_context(java_script_enabled=scripts, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{address}/heads/induction.html")
        links = page.locator("#pst-primary-sidebar, #pst-secondary-sidebar").filter(visible=True).get_by_role("link")
        expect(links).to_have_count(0)
        page.get_by_role("button", name=drawer).focus()
        page.keyboard.press("Enter")
        expect(links.first).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press("Tab")
        drawn = page.locator("#pst-primary-sidebar, #pst-secondary-sidebar").filter(visible=True)
        expect(drawn.locator(":is(summary, a)").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(links).to_have_count(0)
        expect(page.get_by_role("button", name=drawer)).to_be_focused()


def test_a_link_in_the_contents_closes_them(page: Page, address: str) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(f"{address}/heads/induction.html")
    page.get_by_role("button", name="On this page").click()
    page.locator("#pst-page-toc-nav a").last.click()
    expect(page.locator("#pst-page-toc-nav")).to_be_hidden()
    assert "#" in page.url


def test_the_sidebar_goes_and_comes_back_on_a_wide_screen(page: Page, address: str) -> None:
    page.goto(f"{address}/index.html")
    toggle, navigation = page.get_by_role("button", name="Site navigation"), page.get_by_role("navigation", name="Main")
    expect(navigation).to_be_visible()
    toggle.click()
    expect(navigation).to_be_hidden()
    toggle.click()
    expect(navigation).to_be_visible()


def test_the_colour_mode_is_kept_from_page_to_page(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}/index.html")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    button = page.get_by_role("button", name="Color mode")
    button.click()
    button.click()
    expect(button).to_have_accessible_name("Color mode: dark")
    page.goto(f"{address}/chronology.html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Color mode").click()
    expect(root).to_have_attribute("data-theme", "light")
    page.emulate_media(color_scheme="dark")
    expect(root).to_have_attribute("data-theme", "dark")


def test_the_contents_follow_the_reader(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 800})
    page.goto(f"{address}/papers/wu2024retrieval.html")
    page.locator("#related > h2").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#related > h2').scrollIntoView()")
    expect(page.locator("#pst-page-toc-nav a[aria-current=true]")).to_have_count(1)


def test_a_printed_page_is_the_text(page: Page, address: str) -> None:
    page.goto(f"{address}/papers/wu2024retrieval.html")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for frame in (".bd-sidebar-primary", ".bd-sidebar-secondary", ".bd-header-article", "a.headerlink >> nth=0"):
        expect(page.locator(frame)).to_be_hidden()


def test_a_page_in_dark_is_printed_in_light(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/heads/induction.html")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(root).to_have_attribute("data-theme", "light")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(root).to_have_attribute("data-theme", "dark")


def test_nothing_moves_for_readers_who_ask_for_that(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/index.html")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((at) => {
            const style = getComputedStyle(at);
            return parseFloat(style.transitionDuration) > 0.001 || parseFloat(style.animationDuration) > 0.001;
        }).length"""
    )
    assert moving == 0
