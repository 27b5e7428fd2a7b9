"""The search, as a reader uses it: by keyboard, as words are typed, with phrases and filters."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kept import FRESH, taken, watched
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

PAPER = "papers/wu2024retrieval.html"
#: What readers ask, and the address of the hit that has to come first.
QUERIES = Path(__file__).with_name("queries.csv")


def opened(page: Page, address: str, key: str = "/") -> Locator:
    """Open the search on a paper's page by a key, and return its field."""
    page.goto(f"{address}/{PAPER}")
    page.keyboard.press(key)
    field = page.get_by_role("searchbox", name="Search the survey")
    expect(field).to_be_focused()
    return field


def results(page: Page, words: str) -> Sequence[tuple[str, str]]:
    """Type words and return title and kind of what is found."""
    page.get_by_role("searchbox").fill(words)
    expect(page.locator(".survey-search-status")).to_contain_text(words)
    rows = page.locator(".survey-search-results > li")
    titles = rows.locator(".survey-search-title").all_inner_texts()
    return list(zip(titles, rows.locator(".survey-search-kind").all_inner_texts(), strict=True))


@pytest.fixture(scope="module")
def search(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """Open the search once, on a page of its own, for all that is only asked of it; return the faults as well."""
    with browser.new_context() as context:
        faults, page = watched(context), context.new_page()
        opened(page, address)
        yield page, faults


@pytest.fixture
def asking(search: tuple[Page, list[str]]) -> Iterator[Page]:
    """Return the page with the open search, in which nothing is asked and nothing chosen."""
    page, faults = search
    for name in ("Kind", "Stage", "Year"):
        page.get_by_label(name, exact=True).select_option("")
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_text("For example:")).to_be_visible()
    yield page
    assert taken(faults) == []


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_opens_the_search_and_escape_closes_it_where_the_reader_was(page: Page, address: str, key: str) -> None:
    page.goto(f"{address}/{PAPER}")
    link = page.get_by_role("main").get_by_role("link").nth(4)
    link.focus()
    page.keyboard.press(key)
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()


def test_the_link_in_the_sidebar_opens_it(page: Page, address: str) -> None:
    page.goto(f"{address}/index.html")
    page.get_by_role("link", name="Search").first.click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.url == f"{address}/index.html"


@FRESH
def test_nothing_of_it_is_loaded_before_it_is_opened(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{PAPER}")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search" in url or "pagefind" in url] == []
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.wait_for_load_state("networkidle")
    assert any("pagefind.js" in url for url in asked)


def test_the_key_can_be_switched_off_for_who_presses_it_unawares(page: Page, address: str) -> None:
    """Who speaks to the browser may (https://www.w3.org/TR/WCAG22/#character-key-shortcuts)."""
    opened(page, address)
    page.get_by_role("checkbox", name="The key / opens the search").uncheck()
    page.keyboard.press("Escape")
    for _ in range(2):
        page.keyboard.press("/")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.goto(f"{address}/{PAPER}")
    page.keyboard.press("Control+k")
    page.get_by_role("checkbox", name="The key / opens the search").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_head_is_found_after_a_lost_connection(page: Page, address: str, faults: list[str]) -> None:
    page.route("**/search-heads.json", lambda route: route.abort(), times=1)
    field = opened(page, address)
    field.fill("gpt2 9.6")
    expect(page.locator(".survey-search-status")).to_contain_text("9.6")
    field.fill("gpt2 9.9")
    expect(page.locator(".survey-search-title").first).to_have_text("GPT-2 small 9.9")
    assert faults and all("ERR_FAILED" in fault for fault in faults)  # as this test has it
    faults.clear()


def test_an_address_that_asks_for_a_filter_has_no_suggestions(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?kind=Method")
    expect(page.locator(".survey-search-results > li").first).to_be_visible()
    page.wait_for_timeout(300)  # suggestions come late
    expect(page.get_by_text("For example:")).to_be_hidden()


def test_a_slash_typed_into_a_field_stays_a_slash(page: Page, address: str) -> None:
    field = opened(page, address)
    page.keyboard.type("key/value")
    expect(field).to_have_value("key/value")


def first_hits(page: Page, address: str) -> list[str]:
    """Return where the hits lead, from the site's root."""
    links = page.locator(".survey-search-results a")
    return [url.removeprefix(f"{address}/") for url in links.evaluate_all("(all) => all.map((one) => one.href)")]


def test_each_of_the_usual_questions_has_its_answer_first(asking: Page, address: str) -> None:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        queries = {row["query"]: row["first"] for row in csv.DictReader(file)}
    found = {}
    for query in queries:
        results(asking, query)
        found[query] = first_hits(asking, address)[:1]
    assert {query: hits for query, hits in found.items() if hits != [queries[query]]} == {}


def test_a_wrong_letter_is_forgiven_in_texts_too_and_said(asking: Page) -> None:
    assert results(asking, "induciton")[0] == ("Induction Head", "Head type")
    status = asking.locator(".survey-search-status")
    expect(status).to_have_text(re.compile(r"\d+ results for induction: nothing has induciton"))
    assert number(asking) > 100


def test_a_head_is_shown_with_its_definition(asking: Page) -> None:
    for query in ("retrieval head", "copies from a long context"):
        results(asking, query)
        hit = asking.locator(
            ".survey-search-results > li", has=asking.get_by_role("link", name="Retrieval Head", exact=False)
        )
        expect(hit.locator(".survey-search-excerpt").first).to_contain_text("A retrieval head attends,")


def test_a_paper_is_shown_with_its_authors_and_its_takeaway(asking: Page) -> None:
    results(asking, "2404.15574")
    hit = asking.locator(".survey-search-results > li").first
    expect(hit).to_contain_text("Wu et al.")
    expect(hit.locator(".survey-search-excerpt").first).to_contain_text("Llama-2-7B-80K")


def test_a_number_that_nothing_has_finds_nothing_like_it(asking: Page) -> None:
    assert results(asking, "10.9999/no.such.doi") == []


def test_pages_for_developers_come_after_all_others(asking: Page, address: str) -> None:
    results(asking, "catalogue")
    more = asking.get_by_role("button", name="More results")
    while more.is_visible():
        before = asking.locator(".survey-search-results > li").count()
        more.click()
        expect(asking.locator(".survey-search-results > li")).not_to_have_count(before)
    workshop = [hit.startswith("development/") for hit in first_hits(asking, address)]
    assert any(workshop)
    assert workshop == sorted(workshop)


def test_it_suggests_questions_and_pages_before_anything_is_typed(page: Page, address: str) -> None:
    field = opened(page, address)
    page.get_by_role("button", name="copies names").click()
    expect(field).to_have_value("copies names")
    expect(page.locator(".survey-search-title").first).to_have_text("Name Mover Head")
    expect(page.get_by_text("For example:")).to_be_hidden()
    field.fill("")
    expect(page.get_by_text("For example:")).to_be_visible()
    page.get_by_role("dialog").get_by_role("link", name="Contested claims").click()
    page.wait_for_url("**/contested.html")


@FRESH
def test_its_page_loads_nothing_heavy_before_a_question(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/search.html")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "pagefind" in url or "search-names" in url] == []
    page.get_by_role("searchbox").fill("wu 2024")
    expect(page.locator(".survey-search-status")).to_contain_text("wu 2024")


def test_every_head_comes_first_under_its_exact_name(asking: Page, site: Path) -> None:
    names = json.loads((site / "search-names.json").read_text("utf-8"))
    for one in [one for one in names if one["kind"] == "Head type"][::9]:
        assert results(asking, one["title"])[0] == (one["title"], "Head type")


def test_an_alias_finds_its_head_and_says_so(asking: Page, site: Path) -> None:
    names = json.loads((site / "search-names.json").read_text("utf-8"))
    called = [name for one in names for name in one["names"]]
    head, alias = next(
        (one, alias)
        for one in names
        for alias in one["names"][1:]
        if one["kind"] == "Head type"
        and called.count(alias) == 1
        and alias.split()[0].lower() not in one["title"].lower()
    )
    assert results(asking, alias)[0] == (head["title"], "Head type")
    expect(asking.locator(".survey-search-results > li").first).to_contain_text(f"also called {alias}")


def test_a_papers_title_comes_first(asking: Page) -> None:
    title = "Retrieval Head Mechanistically Explains Long-Context Factuality"
    assert results(asking, title)[0] == (title, "Paper")
    assert results(asking, title.lower().replace("-", " "))[0] == (title, "Paper")


def test_results_come_as_one_types_with_excerpts_that_mark_the_words(asking: Page) -> None:
    asking.keyboard.type("ablation", delay=20)
    expect(asking.locator(".survey-search-status")).to_contain_text(re.compile(r"\d+ results? for ablation"))
    marked = asking.locator(".survey-search-excerpt mark")
    assert "ablat" in marked.first.inner_text().lower()


def test_a_phrase_in_quotes_finds_only_the_phrase(asking: Page) -> None:
    results(asking, "head retrieval the")
    loose = number(asking)
    results(asking, '"retrieval head"')
    exact = number(asking)
    assert exact > 0
    assert results(asking, '"the retrieval of head zebra"') == []
    assert exact != loose


def test_a_name_in_quotes_has_its_head_first(asking: Page) -> None:
    assert results(asking, '"induction heads"')[0] == ("Induction Head", "Head type")
    assert results(asking, '"name mover"')[0] == ("Name Mover Head", "Head type")


@pytest.mark.parametrize("word", ["xqzwk", "zzzzqqq", "dewagor"])
def test_a_word_that_is_nowhere_finds_nothing_that_begins_like_it(asking: Page, word: str) -> None:
    asking.get_by_role("searchbox").fill(word)
    expect(asking.locator(".survey-search-status")).to_have_text(f"Nothing found for {word}.")
    expect(asking.locator(".survey-search-results > li")).to_have_count(0)


def test_filters_narrow_the_results_and_count_them(asking: Page) -> None:
    results(asking, "induction")
    every = number(asking)
    kind = asking.get_by_label("Kind")
    kind.select_option("Paper")
    expect(asking.locator(".survey-search-kind").first).to_have_text("Paper")
    assert set(asking.locator(".survey-search-kind").all_inner_texts()) == {"Paper"}
    papers = number(asking)
    assert papers < every
    asking.get_by_label("Year").select_option("2022")
    expect(asking.locator(".survey-search-status")).not_to_contain_text(f"{papers} ")
    assert 0 < number(asking) < papers


def test_a_stage_alone_lists_what_belongs_to_it(asking: Page) -> None:
    stage = asking.get_by_label("Stage")
    expect(stage.locator("option")).not_to_have_count(1)
    stage.select_option(index=1)
    expect(asking.locator(".survey-search-status")).to_contain_text("results")
    assert number(asking) > 10


def test_arrow_keys_go_through_the_results_and_enter_follows(page: Page, address: str) -> None:
    field = opened(page, address)
    results(page, "induction head")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".survey-search-results a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/heads/induction.html")


def test_more_results_are_shown_on_demand(asking: Page) -> None:
    results(asking, "attention")
    rows = asking.locator(".survey-search-results > li")
    before = rows.count()
    asking.get_by_role("button", name="More results").click()
    expect(rows).not_to_have_count(before)


def test_listings_and_navigation_are_no_results(asking: Page) -> None:
    found = {title for title, _ in results(asking, "Mechanistically Explains Long-Context Factuality")}
    assert "Chronology" not in found


def test_the_page_keeps_its_question_in_its_address(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=copy+suppression&kind=Head+type")
    expect(page.get_by_role("searchbox")).to_have_value("copy suppression")
    expect(page.locator(".survey-search-title").first).to_have_text(re.compile("Copy Suppression Head", re.IGNORECASE))
    expect(page.get_by_label("Kind")).to_have_value("Head type")
    page.get_by_role("searchbox").fill("induction")
    expect(page.locator(".survey-search-status")).to_contain_text("induction")
    assert "q=induction" in page.url


def test_from_a_folder_the_page_says_what_to_do_instead(page: Page, site: Path) -> None:
    page.goto((site / PAPER).as_uri())
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    expect(page.get_by_text("It needs a web server")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Chronology")).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_the_link_leads_to_a_page_that_says_what_to_do(page: Page, address: str) -> None:
    page.goto(f"{address}/{PAPER}")
    page.get_by_role("link", name="Search").first.click()
    page.wait_for_url("**/search.html")
    expect(page.get_by_text("The search needs JavaScript")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Bibliography")).to_be_visible()


def number(page: Page) -> int:
    """Return the number of results that the status tells."""
    found = re.match(r"\d+", page.locator(".survey-search-status").inner_text())
    return int(found[0]) if found else 0
