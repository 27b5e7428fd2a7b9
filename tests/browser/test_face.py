"""What the site looks like to a reader: letters, lines, formulas, figures under the pointer, and paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe import violations
from kept import FRESH
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONGEST = 75  #: Letters in a line, on average over a page; single lines of narrow letters hold a few more.


@FRESH
def test_text_headings_and_formulas_have_the_sites_own_fonts(page: Page, address: str) -> None:
    page.goto(f"{address}/heads/induction.html")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter((one) => one.status === 'loaded').map((one) => one.family)")
    names = {name.strip('"') for name in loaded}
    assert {"Survey Sans", "Survey Serif", "Survey Math"} <= names


@FRESH
def test_a_page_without_formulas_does_not_load_their_font(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/papers/wu2024retrieval.html", wait_until="networkidle")
    assert any(url.endswith("sans.woff2") for url in asked)
    assert not any(url.endswith("math.woff2") for url in asked)


@pytest.mark.parametrize("at", ["survey/developments", "heads/induction", "methods/zero-ablation"])
def test_lines_of_prose_are_short_enough_to_read(page: Page, address: str, at: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}/{at}.html")
    page.evaluate("document.fonts.ready")
    lengths = page.evaluate(
        """() => [...document.querySelectorAll("article section > p")].filter((one) => one.textContent.length > 400)
            .map((one) => {
                const height = parseFloat(getComputedStyle(one).lineHeight);
                const lines = Math.round(one.getBoundingClientRect().height / height);
                return one.textContent.length / (lines - 0.5);
            })"""
    )
    assert lengths
    assert sum(lengths) / len(lengths) <= LONGEST


def test_brackets_braces_and_radicals_stretch(page: Page, address: str) -> None:
    """The same letters, low and high, in a page that has the font of formulas."""
    page.goto(f"{address}/heads/induction.html")
    page.evaluate("document.fonts.ready")
    high = page.evaluate(
        """async () => {
            await document.fonts.load('16px "Survey Math"');
            const box = document.createElement("div");
            const tall = "<mfrac><mfrac><mi>a</mi><mi>b</mi></mfrac><mfrac><mi>c</mi><mi>d</mi></mfrac></mfrac>";
            const fenced = (inside) => `<math display="block"><mrow><mo>{</mo>${inside}<mo>)</mo></mrow></math>`;
            const rooted = (inside) => `<math display="block"><msqrt>${inside}</msqrt></math>`;
            box.innerHTML = [fenced("<mi>a</mi>"), fenced(tall), rooted("<mi>a</mi>"), rooted(tall)].join("");
            document.querySelector("article").append(box);
            const braces = [...box.querySelectorAll("mo:first-child")].map((one) => one.getBoundingClientRect().height);
            const roots = [...box.querySelectorAll("msqrt")].map((one) => one.getBoundingClientRect().height);
            box.remove();
            return [braces, roots];
        }"""
    )
    for low, tall in high:
        assert tall > 2 * low


def test_an_arc_and_its_cell_are_lit_together(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(f"{address}/heads/induction.html")
    figure = page.locator("svg.survey-pattern:visible")
    figure.locator("g.survey-pair-1 rect").hover()
    for pair, opacity in (("1", "1"), ("0", "0.15")):
        marks = figure.locator(f"g.survey-pair-{pair}")
        expect(marks).to_have_count(2)
        for mark in marks.all():
            expect(mark).to_have_css("opacity", opacity)


@pytest.mark.parametrize(
    ("at", "link", "says"),
    [
        ("taxonomy", "svg.survey-drawing:visible a[href$='heads/retrieval.html']", "Retrieval Head"),
        ("heads/induction", "a.survey-stage-link", "Latent Reasoning"),
        ("papers/wu2024retrieval", "a.survey-method-link", "papers"),
    ],
)
def test_marks_of_figures_and_all_entries_have_cards(page: Page, address: str, at: str, link: str, says: str) -> None:
    page.goto(f"{address}/{at}.html")
    page.locator(f"article {link}").first.hover()
    expect(page.locator("[role=tooltip]")).to_contain_text(says)


def test_the_heads_that_a_card_names_are_links(page: Page, address: str) -> None:
    page.goto(f"{address}/heads/retrieval.html")
    page.locator("article a[href$='papers/wu2024retrieval.html']").first.hover()
    page.locator("[role=tooltip] a").first.click()
    expect(page).to_have_url(re.compile("/heads/[a-z-]+[.]html$"))


def test_names_of_marks_hold_what_is_seen_of_them(page: Page, address: str) -> None:
    page.goto(f"{address}/taxonomy.html")
    assert violations(page, "label-content-name-mismatch") == []
    mark = page.get_by_role("link", name=re.compile("^Retrieval Head: [0-9]+ papers")).first
    expect(mark).to_be_visible()


def test_what_is_known_stands_beside_the_picture_where_there_is_room(page: Page, address: str) -> None:
    page.goto(f"{address}/heads/induction.html")
    for width, beside in ((1440, True), (375, False)):
        page.set_viewport_size({"width": width, "height": 900})
        glance, picture = (page.locator(at).bounding_box() for at in (".survey-glance", ".survey-pattern-figure"))
        assert glance is not None
        assert picture is not None
        assert (picture["x"] >= glance["x"] + glance["width"]) is beside
        assert (picture["y"] >= glance["y"] + glance["height"]) is not beside


_BESIDE_AND_ABOVE = """() => {
    const box = (which) => document.querySelector(which).getBoundingClientRect();
    const facts = box(".survey-header > dl.survey-facts"), summary = box(".survey-paper-page > dl dd p");
    const section = box(".survey-paper-page > section");
    return [facts.left - summary.right, summary.top - facts.top, section.top - facts.bottom];
}"""


def test_the_facts_of_a_paper_stand_beside_its_summary_where_lines_leave_room(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}/papers/gu2024sink.html")
    right_of, below, clear = page.evaluate(_BESIDE_AND_ABOVE)
    assert right_of > 0
    assert 0 < below < 60
    assert clear >= 0
    page.set_viewport_size({"width": 1024, "height": 900})
    right_of, below, _clear = page.evaluate(_BESIDE_AND_ABOVE)
    assert right_of < 0
    assert below > 200


def test_paper_shows_every_form_of_a_citation_in_whole(page: Page, address: str) -> None:
    page.goto(f"{address}/papers/wu2024retrieval.html")
    page.emulate_media(media="print")
    panels = page.locator(".survey-cite-panel")
    assert panels.count() > 1
    for panel in panels.all():
        expect(panel).to_be_visible()
    cut = page.evaluate(
        "[...document.querySelectorAll('.survey-cite pre')].filter((one) => one.scrollHeight > one.clientHeight + 1"
        " || one.scrollWidth > one.clientWidth + 1).length"
    )
    assert cut == 0


def test_the_contents_follow_the_reader_to_the_end(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}/survey/developments.html")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    links = page.locator("#pst-page-toc-nav a[href^='#']")
    expect(links.last).to_have_attribute("aria-current", "true")
    page.evaluate("scrollTo(0, 0)")
    expect(links.last).not_to_have_attribute("aria-current", "true")


@FRESH
@pytest.mark.parametrize("width", [1440, 375])
def test_an_address_in_a_long_list_leads_to_its_place(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 812})
    page.goto(f"{address}/chronology.html")
    link = page.locator("main .survey-jumps a[href^='#year-']").nth(2)
    place = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
    bar = page.locator(".bd-header-article").bounding_box()
    assert bar is not None
    link.click()
    page.wait_for_timeout(500)
    box = place.bounding_box()
    assert box is not None
    assert bar["height"] <= box["y"] <= bar["height"] + 40
    asked = page.url
    page.goto("about:blank")
    page.goto(asked)
    page.wait_for_timeout(500)
    again = place.bounding_box()
    assert again is not None
    assert again["y"] == pytest.approx(box["y"], abs=1)


def test_filters_on_a_phone_are_a_sheet_that_says_what_it_leads_to(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 375, "height": 760}, has_touch=True) as context:
        page = context.new_page()
        page.goto(f"{address}/explore.html")
        page.locator(".survey-explore[data-ready]").wait_for()
        page.locator(".survey-facets > summary").tap()
        sheet = page.locator(".survey-facets:popover-open")
        expect(sheet).to_be_visible()
        page.get_by_role("checkbox", name="Retrieval Head").first.check()
        count = re.search(r"\d+", page.locator(".survey-matches").inner_text())
        assert count is not None
        page.get_by_role("button", name=f"Show {count[0]} paper").tap()
        expect(sheet).to_have_count(0)
        expect(page.locator(".survey-matches")).to_be_in_viewport()
        page.locator(".survey-facets > summary").tap()
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)


def test_typed_words_are_a_chip_and_nothing_found_is_said(page: Page, address: str) -> None:
    page.goto(f"{address}/explore.html")
    page.locator(".survey-explore[data-ready]").wait_for()
    page.get_by_role("searchbox", name="Words in title, authors or summary").fill("zzyzx")
    expect(page.get_by_text("No paper has all of this.")).to_be_visible()
    page.get_by_role("button", name="Remove words: zzyzx").click()
    expect(page.get_by_text("No paper has all of this.")).to_be_hidden()
    expect(page.get_by_role("searchbox", name="Words in title, authors or summary")).to_have_value("")
