"""Pages that weigh nothing: what a page makes a browser load, compressed, and what it must not load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from page_types import PAGE_TYPES

from survey.pages.theme_css import is_unused

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Response

pytestmark = pytest.mark.browser

BUDGET = 200 * 1024  #: Bytes, compressed, of everything that a page loads.
#: All page types but the two that are tools.
LIGHT = [name for name in PAGE_TYPES if name not in {"search", "explore"}]
#: Without the page itself: scripts, styles, icons.
FRAME = 60 * 1024
NEVER = re.compile(
    r"fontawesome|bootstrap|pydata-sphinx-theme|searchindex|searchtools|doctools|mathjax|pagefind|/search"
)


def loaded(page: Page, address: str) -> dict[str, int]:
    """Open a page, scroll through it, and return the compressed size of all that it loaded, by path."""
    answers: list[Response] = []

    def note(answer: Response) -> None:  # Playwright asks handlers for attributes that a list's methods don't have
        answers.append(answer)

    page.on("response", note)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    return {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}


@pytest.mark.parametrize("name", LIGHT)
def test_a_page_and_all_that_it_loads_stay_within_the_budget(page: Page, address: str, name: str) -> None:
    url = f"{address}/{PAGE_TYPES[name]}"
    sizes = loaded(page, url)
    assert sum(sizes.values()) <= BUDGET, sizes
    assert sum(size for at, size in sizes.items() if at != url) <= FRAME, sizes


@pytest.mark.parametrize("name", LIGHT)
def test_a_page_loads_neither_icon_fonts_nor_the_search_nor_the_themes_scripts(
    page: Page, address: str, name: str
) -> None:
    paths = [url.removeprefix(address) for url in loaded(page, f"{address}/{PAGE_TYPES[name]}")]
    assert [path for path in paths if NEVER.search(path)] == []


def test_nothing_is_preloaded(site: Path) -> None:
    assert [path.name for path in site.glob("papers/*.html") if 'rel="preload"' in path.read_text("utf-8")] == []


@pytest.mark.parametrize("name", ["home", "paper", "chronology", "chapter"])
def test_nothing_moves_while_a_page_loads(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{PAGE_TYPES[name]}")
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(
        """() => new Promise((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
                .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 300);
        })"""
    )
    assert shift < 0.01


def test_no_page_has_a_class_whose_rules_were_left_out(site: Path) -> None:
    found: dict[str, str] = {}
    for path in site.rglob("*.html"):
        for value in set(re.findall(r'\bclass="([^"]+)"', path.read_text("utf-8"))):
            found |= dict.fromkeys(filter(is_unused, value.split()), path.relative_to(site).as_posix())
    assert found == {}


def test_every_page_has_an_icon_and_links_only_files_that_are_there(site: Path) -> None:
    for path in (site / at for at in PAGE_TYPES.values()):
        head = BeautifulSoup(path.read_text("utf-8"), "html.parser").head
        links = [tag["href"] for tag in head.select("link[rel=stylesheet], link[rel=icon]")]
        links += [tag["src"] for tag in head.select("script[src]")]
        assert any(link.endswith("favicon.svg") for link in links)
        assert [link for link in links if not (path.parent / link.partition("?")[0]).is_file()] == []
