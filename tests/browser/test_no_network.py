"""Nothing comes from elsewhere: no page asks another host for anything, whatever a reader does; and folders will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from page_types import PAGE_TYPES
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

#: Attributes by which a browser loads something; links that a reader may follow are another matter.
LOADS = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "object": "data"}


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_reading_asks_no_other_host(page: Page, address: str, name: str) -> None:
    """The fixture that watches all tests (``no_faults``) fails this one if a page does."""
    page.goto(f"{address}/{PAGE_TYPES[name]}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("End")
    page.keyboard.press("Control+k")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("searchbox", name="Search the survey")).to_be_focused()


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_page_works_from_a_folder(page: Page, site: Path, name: str) -> None:
    page.goto((site / PAGE_TYPES[name]).as_uri())
    page.wait_for_load_state("networkidle")
    button = page.get_by_role("button", name="Colour mode")
    button.click()
    expect(button).to_have_accessible_name("Colour mode: light")


def test_no_page_loads_anything_by_an_address_of_another_host(site: Path) -> None:
    found = set()
    for path in site.rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for tag, attribute in LOADS.items():
            for element in page.find_all(tag):
                url = element.get(attribute) or ""
                loads = tag != "link" or not {"canonical", "alternate", "license"} & set(element.get("rel") or [])
                if loads and url.startswith(("http:", "https:", "//")):
                    found.add((path.relative_to(site).as_posix(), url))
    assert found == set()
