"""What does this head do? By one query, one address or one click to the card of a head, on any screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from kept import watched
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    #: Types words into the search, and returns title and address of what is found.
    Search = Callable[[str], list[tuple[str, str]]]

pytestmark = pytest.mark.browser

GPT2 = "models/gpt2-small.html"
PHONE = {"width": 375, "height": 700}
FINGER = 24  #: Pixels.


@pytest.mark.parametrize("end", ["9.6", "L9H6", "l9.h6", "a9.h6", "9:6", "layer-9-head-6", "l9h6", "%4C9H6"])
def test_an_address_in_any_notation_leads_to_the_card(page: Page, address: str, end: str) -> None:
    page.goto(f"{address}/{GPT2}#{end}")
    expect(page).to_have_url(f"{address}/{GPT2}#9.6")
    card = page.locator("[id='9.6']")
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text("Name Mover Head")
    expect(card.locator("details")).to_have_attribute("open", "")
    expect(page.locator(".survey-cell[aria-current]").filter(visible=True)).to_have_attribute("href", "#9.6")
    expect(page.locator(".survey-head-status")).to_be_empty()


def test_an_address_of_a_head_without_a_name_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/{GPT2}#L3H3")
    status = page.get_by_role("status")
    expect(status).to_have_text("Nobody has named head 3.3 of GPT-2 small, as far as this survey knows.")
    expect(status).to_be_in_viewport()
    page.goto(f"{address}/{GPT2}#13.1")
    expect(status).to_have_text("GPT-2 small has no head 13.1: it has 12 layers of 12 heads, counted from 0.")
    page.goto(f"{address}/{GPT2}#named")
    expect(page.locator(".survey-head-status")).to_be_empty()


def test_an_address_of_a_head_that_a_detector_has_chosen_opens_the_list(page: Page, address: str) -> None:
    page.goto(f"{address}/{GPT2}")
    place = page.locator(".survey-marks code[id]").first
    label = str(place.get_attribute("id"))
    expect(place).to_be_hidden()
    page.goto(f"{address}/{GPT2}#{label.replace('.', ':')}")
    expect(place).to_be_in_viewport()
    expect(page.get_by_role("status")).to_contain_text(f"Nobody has named head {label} of GPT-2 small; a detector has")


def test_without_scripts_a_link_leads_to_the_card_and_words_say_what_is_not_there(
    browser: Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/{GPT2}#9.6")
        expect(page.locator("[id='9.6']")).to_be_in_viewport()
        expect(page.get_by_text("No source in this survey names a head that has no card")).to_have_count(1)


@pytest.fixture(scope="module")
def found(browser: Browser, address: str) -> Iterator[Search]:
    """Return what types words into the search and returns title and address of what it finds, from the site's root."""
    with browser.new_context() as context:
        faults = watched(context)
        page = context.new_page()
        page.goto(f"{address}/search.html")

        def search(words: str) -> list[tuple[str, str]]:
            page.get_by_role("searchbox").fill(words)
            expect(page.locator(".survey-search-status")).to_contain_text(words)
            links = page.locator(".survey-search-results > li > a")
            return [
                (title, address_of.removeprefix(f"{address}/"))
                for title, address_of in links.evaluate_all(
                    "(links) => links.map((link) => "
                    "[link.querySelector('.survey-search-title').innerText, link.getAttribute('href')])"
                )
            ]

        yield search
        assert faults == []


@pytest.mark.parametrize(
    "words",
    [
        *("L9H6", "9.6", "layer 9 head 6", "(9, 6)", "head 6 of layer 9"),
        *("GPT-2 small L9H6", "gpt2-small a9.h6", "gpt2 9.6", "L9H6 in GPT-2 small", "what does 9:6 of gpt2 do"),
    ],
)
def test_the_search_understands_every_notation(found: Search, words: str) -> None:
    assert found(words)[0] == ("GPT-2 small 9.6", f"{GPT2}#9.6")


def test_without_a_model_there_is_a_line_for_each_in_which_the_head_is_named(found: Search) -> None:
    titles = [title for title, at in found("L5H5") if re.search(r"#5\.5$", at)]
    assert titles[0] == "GPT-2 small 5.5"
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Llama 3.1 8B 16.19", "Llama-3.1-8B 16.19"),
        ("meta-llama/Llama-2-7b-hf L16H25", "Llama-2-7B 16.25"),
        ("EleutherAI/gpt-j-6B 15.5", "GPT-J-6B 15.5"),
        ("pythia-2.8b 16.20", "Pythia-2.8B 16.20"),
    ],
)
def test_models_go_by_all_their_names_and_versions_are_no_heads(found: Search, words: str, title: str) -> None:
    assert found(words)[0][0] == title


@pytest.mark.parametrize("words", ["2404.15574", "Llama 3.1", "induction", "p<0.05"])
def test_other_numbers_are_no_heads(found: Search, words: str) -> None:
    assert not [at for _title, at in found(words) if re.search(r"#\d+\.\d+$", at)]


def test_a_head_in_prose_leads_to_its_card(page: Page, address: str) -> None:
    page.goto(f"{address}/heads/name-mover.html")
    page.get_by_role("main").get_by_role("link", name="9.6", exact=True).first.click()
    expect(page).to_have_url(f"{address}/{GPT2}#9.6")


def test_the_atlas_marks_the_chosen_head_and_says_what_it_does_and_how_that_was_tested(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/atlas.html#gpt2-small")
    cell = page.locator(".survey-cell[href='#gpt2-small-9.6']").filter(visible=True)
    cell.click()
    expect(cell).to_have_attribute("aria-current", "true")
    panel = page.locator("[id='gpt2-small-9.6']")
    for words in ("Name Mover Head", "A name mover attends", "Wang et al. 2023, tested by Path patching"):
        expect(panel).to_contain_text(words)
    page.locator(".survey-cell[href='#gpt2-small-9.9']").filter(visible=True).click()
    expect(cell).not_to_have_attribute("aria-current", "true")
    page.locator("[id='gpt2-small-9.9']").get_by_role("link", name="9.9", exact=True).click()
    expect(page).to_have_url(f"{address}/{GPT2}#9.9")


def test_the_atlas_shows_two_types_in_two_colors(page: Page, address: str) -> None:
    page.goto(f"{address}/atlas.html#only-induction")
    page.get_by_label("Beside it, in a second color:").select_option("Previous Token Head")
    expect(page).to_have_url(f"{address}/atlas.html#two-induction+previous-token")
    shown = page.locator(".survey-two")
    expect(shown).to_contain_text("Induction Head")
    expect(shown).to_contain_text("Previous Token Head")
    grid = page.locator("#gpt2-small svg").first
    fills = {look: _fill(grid.locator(f".{look} rect").first) for look in ("survey-first", "survey-second")}
    assert len(set(fills.values())) == len(fills)
    assert (
        page.locator(".survey-atlas-model").filter(visible=True).count() < page.locator(".survey-atlas-model").count()
    )
    shown.get_by_role("link", name="show all head types").click()
    expect(shown).to_be_empty()
    expect(page.locator(".survey-atlas-model").last).to_be_visible()


def _fill(mark) -> str:
    return str(mark.evaluate("mark => getComputedStyle(mark).fill"))


@pytest.mark.parametrize("path", ["atlas.html", GPT2, "models/llama-2-7b.html"])
def test_on_a_phone_every_head_is_large_enough_for_a_finger(browser: Browser, address: str, path: str) -> None:
    with browser.new_context(viewport=PHONE, has_touch=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}/{path}")
        cells = page.locator(".survey-cell").filter(visible=True)
        assert cells.count() > 0
        boxes = cells.evaluate_all(
            "cells => cells.map(cell => cell.getBoundingClientRect()).map(({width, height}) => [width, height])"
        )
        assert min(min(box) for box in boxes) >= FINGER - 2.5  # a mark has a little air around it in its cell
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
