"""Cards on citations, links to papers and links to head types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from kept import FRESH
from playwright.sync_api import expect
from small import prepared

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

WU = "Retrieval Heads"


def card(page: Page) -> Locator:
    """Return the card."""
    return page.locator("[role=tooltip]")


def link(page: Page, text: str) -> Locator:
    """Return a link of the text."""
    return page.locator("article").get_by_role("link", name=text).first


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2024", [WU, "Wenhao Wu, Yizhong Wang", "Journal of Heads, 2024", "A result of 42 %.", "Retrieval Head"]),
        ("Memory Heads and", ["Memory Heads and Retrieval Heads", "Soo Ahn", "2025", "Memory Head · Retrieval Head"]),
        ("Vaswani", ["Attention Is All You Need", "Ashish Vaswani, Noam Shazeer", "2017"]),
        ("retrieval heads", ["Retrieval Head", "In Context Identification · 2 papers", "what it is."]),
    ],
)
@pytest.mark.parametrize("by", ["pointer", "keyboard"])
def test_a_link_shows_what_it_leads_to(page: Page, small: str, text: str, says: list[str], by: str) -> None:
    page.goto(f"{small}/index.html")
    if by == "pointer":
        link(page, text).hover()
    else:
        page.keyboard.press("Tab")  # the reader uses the keyboard
        link(page, text).focus()
    for words in says:
        expect(card(page)).to_contain_text(words)
    expect(link(page, text)).to_have_accessible_description(re.compile(re.escape(says[0])))


def test_it_works_from_a_folder(page: Page, small_site: Path) -> None:
    page.goto((small_site / "index.html").as_uri())
    link(page, "2024").hover()
    expect(card(page)).to_contain_text(WU)


def test_it_stays_under_the_pointer_and_goes_with_it(page: Page, small: str) -> None:
    page.goto(f"{small}/index.html")
    link(page, "2024").hover()
    expect(card(page)).to_be_visible()
    card(page).hover()
    page.wait_for_timeout(500)
    expect(card(page)).to_be_visible()
    page.get_by_role("heading", level=1).hover()
    expect(card(page)).to_be_hidden()


def test_escape_closes_it(page: Page, small: str) -> None:
    page.goto(f"{small}/index.html")
    link(page, "2024").hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()


def test_the_focus_that_leaves_closes_it(page: Page, small: str) -> None:
    page.goto(f"{small}/index.html")
    page.keyboard.press("Tab")
    link(page, "Vaswani").focus()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(card(page)).to_be_hidden()
    expect(link(page, "Vaswani")).not_to_have_attribute("aria-describedby", "survey-card")


@pytest.mark.parametrize("size", [(320, 500), (375, 300), (1280, 400)])
def test_it_is_on_the_screen(page: Page, small: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{small}/bibliography.html")
    links = page.locator("article a.survey-paper-link")
    for at in range(links.count()):
        page.mouse.move(1, 1)  # the card of one link may lie over the next
        expect(card(page)).to_be_hidden()
        links.nth(at).hover()
        expect(card(page)).to_be_visible()
        box = card(page).bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= size[0]
        assert box["y"] >= 0 and box["y"] + box["height"] <= size[1]
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@FRESH
def test_the_data_is_loaded_with_the_first_card(page: Page, small: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{small}/index.html")
    page.wait_for_timeout(200)
    assert not [url for url in asked if "/data/" in url]
    for text in ("2024", "Vaswani"):
        link(page, text).hover()
        expect(card(page)).to_be_visible()
        page.keyboard.press("Escape")
    assert [url for url in asked if "/data/" in url] == [f"{small}/data/cards.js"]


def test_touch_follows_the_link(browser: Browser, small: str) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 375, "height": 700})
    page = context.new_page()
    page.goto(f"{small}/index.html")
    link(page, "retrieval heads").tap()
    page.wait_for_url("**/heads/retrieval.html")
    expect(card(page)).to_be_hidden()
    context.close()


def test_entries_of_a_folder_with_a_hyphen_have_cards(page: Page, tmp_path: Path) -> None:
    tree = prepared(tmp_path)
    tree.write("docs/survey.toml", '[[facets]]\nkind = "dataset"\nfolder = "data-sets"\ntitle = "Data sets"\n')
    tree.fact("docs/data-sets/squad.md", "dataset", {"name": "SQuAD"}, "SQuAD", "Questions on articles.\n")
    tree.replace("docs/index.md", "came later,", "came later on {survey:dataset}`squad`,")
    page.goto((tree.build(confoverrides={"html_theme": "sphinx_book_theme"}).outdir / "index.html").as_uri())
    link(page, "SQuAD").hover()
    expect(card(page)).to_contain_text("Questions on articles.")


def test_the_real_survey_has_cards_for_all_its_links(page: Page, address: str) -> None:
    page.goto(f"{address}/stages/knowledge-recalling.html")
    links = page.locator('article a:is(.survey-paper-link, .survey-head-link, [href*="#cite-"])')
    links.first.hover()
    expect(card(page)).to_be_visible()
    missing = links.evaluate_all(
        """(all) => all.map((one) => one.getAttribute("href")).filter((href) => {
          const [, key] = /#cite-(.*)/.exec(href) ?? [];
          const [, folder, name] = /(papers|heads)\\/([\\w.-]+)\\.html/.exec(href) ?? [, "papers", key];
          return !window.surveyData.cards[folder][name];
        })"""
    )
    assert missing == []
