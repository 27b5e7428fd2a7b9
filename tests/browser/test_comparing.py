"""Comparing head types, as a reader does: from a head's page, a list, the explorer; and taking the table away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import violations
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

BOTH = "compare.html?head=retrieval&head=memory"
NARROW = {"width": 320, "height": 640}


def columns(page: Page) -> list[str]:
    """Return the names of the head types that stand side by side."""
    return page.locator(".survey-compared thead th a").all_inner_texts()


def row(page: Page, title: str) -> list[str]:
    """Return the cells of a row."""
    rows = page.locator(".survey-compared tbody tr").filter(has=page.get_by_role("rowheader", name=title, exact=True))
    return rows.locator("td").all_inner_texts()


def taken(page: Page, name: str) -> str:
    """Export the table and return the text of the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path()).read_text("utf-8")


def test_an_address_shows_head_types_side_by_side(page: Page, small: str) -> None:
    page.goto(f"{small}/{BOTH}")
    expect(page.get_by_role("columnheader", name="Memory Head")).to_be_visible()
    assert columns(page) == ["Retrieval Head", "Memory Head"]
    assert row(page, "Observed by") == ["Probing (1)", "Probing (1)"]
    page.get_by_role("link", name="Wu and Wang 2024").click()
    page.wait_for_url("**/papers/wu2024retrieval.html")


def test_a_head_type_is_added_and_removed_and_the_way_back_works(page: Page, small: str) -> None:
    page.goto(f"{small}/compare.html")
    expect(page.get_by_text("Nothing is chosen yet.")).to_be_visible()
    page.get_by_label("Head type", exact=True).select_option("Retrieval Head")
    page.get_by_role("button", name="Add to the comparison").click()
    expect(page.get_by_text("Add another head type to compare Retrieval Head with.")).to_be_visible()
    page.get_by_label("Head type", exact=True).select_option("Memory Head")
    page.get_by_role("button", name="Add to the comparison").click()
    expect(page.get_by_role("columnheader", name="Memory Head")).to_be_visible()
    assert page.url.endswith(BOTH)
    page.get_by_role("button", name="Remove Retrieval Head").click()
    expect(page.locator(".survey-compared thead th")).to_have_count(1)
    expect(page.get_by_label("Head type", exact=True)).to_be_focused()
    page.go_back()
    expect(page.locator(".survey-compared thead th")).to_have_count(2)


def test_everything_can_be_done_by_keyboard(page: Page, small: str) -> None:
    page.goto(f"{small}/compare.html?head=memory")
    page.get_by_label("Head type", exact=True).focus()
    page.keyboard.type("Retr")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Retrieval Head")).to_be_visible()
    page.get_by_role("button", name="Remove Memory Head").press("Enter")
    expect(page.locator(".survey-compared thead th")).to_have_count(1)


def test_the_boxes_of_the_lists_choose_as_well(page: Page, small: str) -> None:
    page.goto(f"{small}/{BOTH}")
    page.get_by_text("In Context Identification (2 head types)").click()
    box = page.get_by_role("checkbox", name="Compare Retrieval Head")
    expect(box).to_be_checked()
    page.get_by_role("checkbox", name="Compare Previous Token Head").check()
    expect(page.locator(".survey-compared thead th")).to_have_count(3)
    box.uncheck()
    expect(page.locator(".survey-compared thead th")).to_have_count(2)


def test_a_head_type_that_does_not_exist_is_named(page: Page, small: str) -> None:
    page.goto(f"{small}/compare.html?head=memory&head=<b>")
    expect(page.get_by_text("There is no head type <b>.")).to_be_visible()
    assert columns(page) == ["Memory Head"]


def test_the_table_is_taken_away_as_markdown_and_latex_with_its_entries(page: Page, small: str) -> None:
    page.goto(f"{small}/{BOTH}")
    expect(page.get_by_role("columnheader", name="Memory Head")).to_be_visible()
    markdown = taken(page, "Markdown").splitlines()
    assert markdown[:2] == ["|  | Retrieval Head | Memory Head |", "| --- | --- | --- |"]
    assert markdown[-1] == "| Papers | [@ahn2025memory; @wu2024retrieval] | [@ahn2025memory] |"
    latex = taken(page, "LaTeX")
    assert r"Papers & \cite{ahn2025memory,wu2024retrieval} & \cite{ahn2025memory} \\" in latex
    assert r"35\% to 52\% of the depth" in latex
    assert "5.2" not in latex.split("begin{tabular}")[0]
    entries = re.findall(r"@\w+\{(\w+),", taken(page, "BibTeX"))
    assert entries == ["ahn2025memory", "wu2024retrieval"]


def test_a_selection_from_a_to_z_is_compared(page: Page, small: str) -> None:
    page.goto(f"{small}/heads/index.html")
    expect(page.get_by_role("link", name=re.compile("Compare 2"))).to_have_count(0)
    page.get_by_role("checkbox", name="Compare Memory Head").check()
    page.get_by_role("checkbox", name="Compare Retrieval Head").check()
    page.get_by_role("link", name="Compare 2 head types").click()
    expect(page.get_by_role("columnheader", name="Retrieval Head")).to_be_visible()
    assert columns(page) == ["Memory Head", "Retrieval Head"]


def test_a_selection_of_the_explorer_is_compared(page: Page, small: str) -> None:
    page.goto(f"{small}/explore.html?head=retrieval")
    link = page.get_by_role("link", name="Compare these head types")
    expect(link).to_be_hidden()
    page.get_by_role("group", name="Head types").get_by_role("checkbox", name="Memory Head").check()
    link.click()
    expect(page.get_by_role("columnheader", name="Memory Head")).to_be_visible()
    assert columns(page) == ["Retrieval Head", "Memory Head"]


def test_a_heads_page_leads_to_its_comparison(page: Page, small: str) -> None:
    page.goto(f"{small}/heads/retrieval.html")
    page.get_by_role("link", name="Compare with another head type").click()
    expect(page.get_by_role("columnheader", name="Retrieval Head")).to_be_visible()


def test_it_works_from_a_folder(page: Page, small_site: Path) -> None:
    page.goto(f"{(small_site / 'compare.html').as_uri()}?head=retrieval&head=memory")
    expect(page.get_by_role("columnheader", name="Memory Head")).to_be_visible()


def test_axe_finds_nothing_and_only_the_table_scrolls_at_320_pixels(page: Page, small: str) -> None:
    page.goto(f"{small}/{BOTH}")
    expect(page.get_by_role("columnheader", name="Memory Head")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert violations(page) == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_it_lists_what_heads_read_and_write(page: Page, small: str) -> None:
    page.goto(f"{small}/compare.html")
    expect(page.get_by_text("Putting head types side by side needs JavaScript")).to_be_visible()
    page.get_by_text("In Context Identification (2 head types)").click()
    expect(page.get_by_role("main").get_by_role("link", name="Retrieval Head")).to_be_visible()
    expect(page.get_by_role("button", name="Add to the comparison")).to_be_hidden()
