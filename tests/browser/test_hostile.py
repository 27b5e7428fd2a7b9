"""A survey whose every field carries markup, in a browser: nothing of it runs, and nothing is asked of another host."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hostile import HEAD, PAPER, hostile_survey
from kept import watched
from playwright.sync_api import expect
from serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: What a text would leave behind if any of it ran or became an element.
LEFT = "[window.__p, document.querySelectorAll(\"x-evil, [x-evil], img[src='x'], [onerror], [onload]\").length]"


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the survey's pages, with their search index."""
    tree = hostile_survey(tmp_path_factory.mktemp("hostile"))
    syntax = ["html_block", "html_inline"]
    output = tree.build(confoverrides={"html_theme": "sphinx_book_theme", "myst_disable_syntax": syntax}).outdir
    subprocess.run([sys.executable, "-m", "pagefind", "--site", str(output), "--quiet"], check=True)
    return output


@pytest.fixture(scope="module")
def hostile(hostile_site: Path) -> Iterator[str]:
    """Return the address of the survey."""
    with served(hostile_site) as at:
        yield at


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_no_page_runs_what_its_texts_say(browser: Browser, hostile: str, hostile_site: Path, scheme: str) -> None:
    """Also with the policy's help turned off, which would hide that a page holds a script."""
    base = f"{hostile}/" if scheme == "http" else f"{hostile_site.as_uri()}/"
    found = {}
    with browser.new_context(bypass_csp=scheme == "file") as context:
        faults, page = watched(context), context.new_page()
        for path in sorted(hostile_site.rglob("*.html")):
            if 'http-equiv="refresh"' in path.read_text("utf-8"):
                continue  # leads to a page that is opened too
            page.goto(base + quote(path.relative_to(hostile_site).as_posix()))
            left = page.evaluate(LEFT)
            said = [fault for fault in faults if not fault.startswith("Failed to load resource")]  # of 404.html
            if left != [None, 0] or said:
                found[path.name] = (left, said)
            faults.clear()
    assert found == {}


def test_nothing_runs_where_readers_use_it(page: Page, hostile: str) -> None:
    page.goto(f"{hostile}/papers/{PAPER}.html")
    for name in ("RIS", "CSL-JSON", "Plain text"):
        page.get_by_role("tab", name=name).click()
    for link in page.locator("article a:is(.survey-head-link, .survey-paper-link)").locator("visible=true").all()[:5]:
        link.hover()
        expect(page.locator("[role=tooltip]")).to_be_visible()
        page.keyboard.press("Escape")
    page.goto(f"{hostile}/explore.html?head={HEAD}")
    expect(page.locator(".survey-matches")).to_contain_text(" of ")
    page.get_by_label("Words in").fill('"><img src=x onerror=window.__p=1>')
    page.goto(f"{hostile}/search.html?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.__p%3D1%3E&kind=%3Cx-evil%3E")
    page.get_by_label("Kind").select_option("")
    for words in ("x-evil", "onerror", '"><img src=x onerror=window.__p=1>', "head"):
        page.get_by_role("searchbox").fill(words)
        expect(page.locator(".survey-search-status")).to_contain_text(words)
    expect(page.locator(".survey-search-results > li").first).to_be_visible()
    assert page.evaluate(LEFT) == [None, 0]
