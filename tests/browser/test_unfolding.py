"""Summaries in lists of papers, which come when a reader unfolds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kept import FRESH
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser


def unfolded(page: Page, url: str) -> Locator:
    """Open a page, unfold the rest of its list and in it the first summary; return the paper."""
    page.goto(url)
    page.locator("details.survey-more:has(details.survey-later) > summary").first.click()
    key = page.locator("[data-paper]:has(details.survey-later):visible").first.get_attribute("data-paper")
    paper = page.locator(f"details.survey-more [data-paper='{key}']:visible").first  # it changes when it is unfolded
    paper.locator("summary").click()
    return paper


@pytest.mark.parametrize("name", ["heads/retrieval.html", "heads/induction.html"])
def test_a_summary_comes_when_it_is_unfolded(page: Page, address: str, name: str) -> None:
    paper = unfolded(page, f"{address}/{name}")
    expect(paper.locator("dt").first).to_be_visible()
    expect(paper.get_by_text("On the paper's page")).to_have_count(0)
    links = paper.locator("dl a:not(.external)").evaluate_all("(links) => links.map((link) => link.href)")
    assert [url for url in links if not page.request.get(url).ok] == []


def test_a_summary_comes_in_the_chronology_as_well(page: Page, address: str) -> None:
    """A list of hundreds has each paper with its finding, and a summary for who wants one."""
    page.goto(f"{address}/chronology.html")
    assert page.locator("[data-paper] dl").count() == 0
    last = page.locator("[data-paper]").last
    key = last.get_attribute("data-paper")
    last.locator("summary").click()
    expect(page.locator(f"[data-paper='{key}'] dt").first).to_be_visible()
    assert "On the paper's page" not in page.locator(f"[data-paper='{key}']").inner_text()


def test_on_paper_the_chronology_shows_the_summaries_that_were_unfolded(page: Page, address: str) -> None:
    page.goto(f"{address}/chronology.html")
    first = page.locator("[data-paper]").first
    first.locator("summary").click()
    expect(first.locator("dt").first).to_be_visible()
    page.emulate_media(media="print")
    expect(first.locator("dt").first).to_be_visible()
    expect(page.get_by_text("On the paper's page").first).to_be_hidden()
    expect(page.locator("[data-paper] .survey-takeaway").last).to_be_visible()
    page.emulate_media(media="screen")


def test_it_comes_from_a_folder_too(page: Page, site: Path) -> None:
    expect(unfolded(page, (site / "heads" / "retrieval.html").as_uri()).locator("dt").first).to_be_visible()


@FRESH
def test_nobody_loads_summaries_who_unfolds_none(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/heads/retrieval.html")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/data/" in url] == []


def test_without_scripts_it_is_a_link_to_the_paper(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        paper = unfolded(page, f"{address}/heads/retrieval.html")
        follow(paper, f"{address}/papers/{paper.get_attribute('data-paper')}.html")
        page.goto(f"{address}/chronology.html")
        paper = page.locator("[data-paper]").last
        paper.locator("summary").click()
        follow(paper, f"{address}/papers/{paper.get_attribute('data-paper')}.html")


def follow(paper: Locator, url: str) -> None:
    """Go to a paper's page, which has the summary."""
    page = paper.page
    paper.get_by_role("link", name="On the paper's page").click()
    expect(page.locator("article .survey-summary, article dl").first).to_be_visible()
    assert page.url == url


def test_the_explorer_looks_into_summaries(page: Page, address: str) -> None:
    """They come when somebody looks for words, as they do where one is unfolded."""
    page.goto(f"{address}/explore.html")
    paper = page.locator("[data-paper]:has(details.survey-later):visible").first
    key = paper.get_attribute("data-paper")
    paper.locator("summary").click()
    summary = page.locator(f"[data-paper='{key}'] dd").last
    expect(summary).to_be_visible()
    words = " ".join((summary.text_content() or "").split()[2:9]).replace('"', "")
    page.goto(f"{address}/explore.html")
    page.get_by_label("Words in").fill(f'"{words}"')
    expect(page.locator("[data-paper]:visible")).to_have_count(1)
    assert page.locator("[data-paper]:visible").get_attribute("data-paper") == key
    page.goto(page.url)  # the words stand in the address
    expect(page.locator("[data-paper]:visible")).to_have_count(1)


def test_the_explorer_finds_what_is_seen_where_summaries_cannot_be_loaded(
    page: Page, address: str, faults: list[str]
) -> None:
    page.route("**/data/summaries.js", lambda route: route.abort())
    page.goto(f"{address}/explore.html")
    paper = page.locator("[data-paper]:visible").first
    key = paper.get_attribute("data-paper")
    page.get_by_label("Words in").fill((paper.locator(".survey-takeaway").text_content() or "")[:60])
    expect(page.locator("[data-paper]:visible")).to_have_count(1)
    assert page.locator("[data-paper]:visible").get_attribute("data-paper") == key
    assert faults and all("ERR_FAILED" in fault for fault in faults)  # as this test has it
    faults.clear()


def test_the_explorer_is_complete_without_scripts(browser: Browser, address: str, site: Path) -> None:
    """Each paper is there, with what it found and a link to its page, which has the summary."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/explore.html")
        expect(page.locator("[data-paper]")).to_have_count(len(list((site / "data" / "papers").glob("*.json"))))
        first = page.locator("[data-paper]").first
        expect(first.locator(".survey-takeaway")).to_be_visible()
        first.locator("summary").click()
        first.get_by_role("link", name="On the paper's page").click()
        expect(page.locator("article .survey-summary, article dl").first).to_be_visible()
