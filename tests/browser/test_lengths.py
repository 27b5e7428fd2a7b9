"""How long pages are: a reader goes through a page, and unfolds what is more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MOST = 12_000  #: Pixels, in a window of 1280.
#: These hold every paper, or every work, one below the other.
WHOLE = {"chronology.html", "bibliography.html"}
_LONGEST = 4  #: Pages of a folder with hundreds of one kind: those with the largest files.
_KINDS = {"heads", "methods", "models", "papers"}


def long_pages(site: Path) -> Iterator[str]:
    """Yield the pages of which none is longer in its folder: all, where they are texts of their own."""
    folders = [site, *sorted(path for path in site.iterdir() if path.is_dir() and not path.name.startswith("_"))]
    for folder in folders:
        pages = sorted(folder.glob("*.html"), key=lambda path: path.stat().st_size, reverse=True)
        own = [page for page in pages if 'http-equiv="refresh"' not in page.read_text("utf-8")]
        for page in own[:_LONGEST] if folder.name in _KINDS else own:
            yield page.relative_to(site).as_posix()


@pytest.fixture
def wide(page: Page) -> Page:
    """Return a page of the width that the limit is for."""
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


def _height(page: Page) -> int:
    page.evaluate("document.fonts.ready")
    height: int = page.evaluate("document.documentElement.scrollHeight")
    return height


def test_no_page_is_longer_than_a_reader_goes_through(wide: Page, address: str, site: Path) -> None:
    heights = {}
    for name in long_pages(site):
        if name not in WHOLE:
            wide.goto(f"{address}/{name}")
            heights[name] = _height(wide)
    assert len(heights) > len(_KINDS) * _LONGEST
    assert {name: height for name, height in heights.items() if height > MOST} == {}


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("atlas.html#llama-3-8b", ".survey-grid"),
        ("atlas.html#llama-3-8b-23.13", "[id='llama-3-8b-23.13']"),
        ("atlas-automatic.html#pythia-160m", ".survey-grid"),
        ("development/reference.html#problem-unknown-head", "#problem-unknown-head"),
        ("development/reference.html#fields-paper", "#field-paper-heads"),
    ],
)
def test_an_address_unfolds_what_it_asks_for(wide: Page, address: str, place: str, seen: str) -> None:
    wide.goto(f"{address}/{place}")
    below = wide.locator(f":target {seen}, {seen}:target").first
    expect(below).to_be_in_viewport()


def test_what_is_folded_can_be_folded_again_where_an_address_has_unfolded_it(wide: Page, address: str) -> None:
    wide.goto(f"{address}/atlas.html#llama-3-8b")
    section = wide.locator(":target")
    grid = section.locator(".survey-grid").first
    expect(grid).to_be_visible()
    section.get_by_text("Show the").click()
    expect(grid).to_be_hidden()


def test_a_heading_that_an_address_asks_for_shows_what_is_below_without_javascript(
    browser: Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/atlas.html#llama-3-8b")
        expect(page.locator(":target .survey-grid").first).to_be_visible()
        page.goto(f"{address}/atlas.html#only-function-induction")
        shown = page.locator(".survey-atlas-model.survey-has-function-induction[id^=llama] .survey-grid")
        expect(shown.first).to_be_visible()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("survey/developments.html#safety-and-behavior", "survey/abilities.html#safety-and-behavior"),
        ("survey/developments.html#reasoning-models", "survey/abilities.html#reasoning-models"),
        ("development/architecture.html#parallel-builds", "development/builds.html#parallel-builds"),
    ],
)
def test_a_section_that_has_moved_is_one_click_from_its_old_address(
    page: Page, address: str, old: str, new: str
) -> None:
    page.goto(f"{address}/{old}")
    place = page.locator(":target")
    expect(place).to_be_in_viewport()
    place.get_by_role("link").or_(place.locator("xpath=..").get_by_role("link")).first.click()
    expect(page).to_have_url(f"{address}/{new}")
    expect(page.locator(":target")).to_be_in_viewport()
