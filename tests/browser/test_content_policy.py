"""The content security policy in a browser: what it refuses is seen, and what readers use works under it.

Every test of this folder fails if the policy refuses anything (``watched`` in ``conftest.py``); these are about the
parts that no other test uses, and about a survey with another theme.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from kept import FRESH, watched
from playwright.sync_api import expect
from serving import served
from small import prepared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: What a text would have brought into a page: a script, a handler, a style, and a picture of another host.
INJECTED = (
    "<script>window.ran = 1</script><img src='data:,' onerror='window.ran = 1'><p id='styled' style='color: red'>x</p>"
    "<style>#styled { color: red }</style><img src='https://elsewhere.example/x.png'>"
)


@pytest.mark.parametrize("said", ["by the page", "by the host"])
def test_what_a_page_was_made_to_hold_has_no_effect_and_is_seen(
    page: Page, small: str, small_site: Path, faults: list[str], said: str
) -> None:
    text = (small_site / "index.html").read_text("utf-8").replace("</article>", f"{INJECTED}</article>", 1)
    headers = {"Content-Type": "text/html"}
    if said == "by the host":
        text = re.sub("<meta http-equiv[^>]*>", "", text)
        (policy,) = re.findall("Content-Security-Policy: (.*)", (small_site / "_headers").read_text("utf-8"))
        headers["Content-Security-Policy"] = policy
    page.route("**/index.html", lambda route: route.fulfill(body=text, headers=headers))
    page.goto(f"{small}/index.html")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
    refused = {match[1] for fault in faults if (match := re.match(r"refused by ([\w-]+)", fault))}
    assert refused == {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "img-src"}
    faults.clear()  # they were meant


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("scheme", ["http", "file"])
def test_the_atlas_shows_one_head_type_only(
    browser: Browser, address: str, site: Path, scheme: str, scripts: bool
) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        faults, page = watched(context), context.new_page()
        page.goto(f"{address if scheme == 'http' else site.as_uri()}/atlas.html")
        models = page.locator(".survey-atlas-model")
        every = models.filter(visible=True).count()
        page.locator(".survey-filter summary").click()
        page.locator(".survey-filter a[href='#only-copy-suppression']").click()
        expect(page.locator(".survey-filter-state").filter(visible=True)).to_have_count(1)
        expect(models.filter(visible=True)).not_to_have_count(every)
        expect(models.filter(visible=True).first).to_have_class(re.compile("survey-has-copy-suppression"))
        page.get_by_role("link", name="show all head types").filter(visible=True).click()
        expect(models.filter(visible=True)).to_have_count(every)
        assert faults == []


def test_the_timeline_leads_to_its_papers(page: Page, address: str) -> None:
    page.goto(f"{address}/timeline.html")
    mark = page.locator(".survey-drawing a[href]").filter(visible=True).first
    target = mark.get_attribute("href") or ""
    mark.click()
    page.wait_for_url(f"**/{target.partition('#')[0]}*")


def test_the_page_for_addresses_that_do_not_exist_has_its_style(page: Page, address: str) -> None:
    page.goto(f"{address}/404.html")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "640px"


def test_the_index_is_laid_out_as_before(page: Page, address: str) -> None:
    page.goto(f"{address}/genindex.html")
    first = page.locator("table.genindextable").first
    whole, cell = first.bounding_box(), first.locator("td").first.bounding_box()
    assert whole is not None and cell is not None
    assert cell["width"] < whole["width"] * 0.6


@FRESH
def test_a_reader_who_chose_dark_sees_no_light_page_first(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.add_init_script(
        """localStorage.setItem("mode", "dark");
        new PerformanceObserver(() => (window.painted ??= document.documentElement.dataset.theme))
            .observe({ type: "paint", buffered: true });"""
    )
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.painted") == "dark"
    assert page.evaluate("document.documentElement.dataset.scripts") == ""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a small survey with Sphinx's own theme, which it has when it chooses none."""
    tree = prepared(tmp_path_factory.mktemp("plain"))
    tree.write("docs/icon.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n')  # a browser would ask for one
    built = tree.build(confoverrides={"html_theme": "alabaster", "html_favicon": "icon.svg"})
    with served(built.outdir) as at:
        yield at


def test_with_another_theme_the_policy_refuses_nothing(page: Page, plain: str) -> None:
    for name in ("index", "papers/wu2024retrieval", "heads/retrieval", "bibliography", "genindex"):
        page.goto(f"{plain}/{name}.html")
        page.wait_for_load_state("networkidle")


def test_with_another_theme_its_own_search_works(page: Page, plain: str) -> None:
    page.goto(f"{plain}/index.html")
    page.locator("#searchbox input[name=q]").fill("memory")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li").first).to_be_visible()


def test_with_another_theme_explorer_cards_and_citing_work(page: Page, plain: str) -> None:
    page.goto(f"{plain}/explore.html?head=memory")
    expect(page.locator(".survey-matches")).to_have_text("1 of 5 papers")
    page.goto(f"{plain}/papers/wu2024retrieval.html")
    page.get_by_role("tab", name="RIS").click()
    expect(page.get_by_role("tabpanel", name="RIS")).to_contain_text("TY  - JOUR")
