"""The explorer, as a reader uses it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

AHN, WU, BELL, COLE, DUNN = "ahn2025memory", "wu2024retrieval", "bell2023previous", "cole2022heads", "dunn2026extras"
ALL = [DUNN, AHN, WU, BELL, COLE]  # the newest first


def opened(page: Page, small: str, query: str = "") -> Page:
    """Open the explorer with every facet unfolded."""
    page.goto(f"{small}/explore.html{query}")
    page.evaluate("document.querySelectorAll('.survey-filters details').forEach((one) => { one.open = true; })")
    return page


def shown(page: Page) -> list[str]:
    """Return the keys of the papers that a reader sees, in their order."""
    keys: list[str] = page.locator("[data-paper]:visible").evaluate_all("(all) => all.map((one) => one.dataset.paper)")
    return keys


def box(page: Page, facet: str, name: str) -> Locator:
    """Return the box of a term."""
    return page.get_by_role("group", name=facet).get_by_role("checkbox", name=name)


def counts(page: Page, facet: str) -> dict[str, int]:
    """Return the terms of a facet with their counts."""
    terms = page.get_by_role("group", name=facet).locator(".survey-term:visible").all_inner_texts()
    pairs = (re.fullmatch(r"(.*\S)\s+(\d+)", text, re.DOTALL) for text in terms)
    return {pair[1].strip(): int(pair[2]) for pair in pairs if pair}


def test_terms_of_one_facet_widen_the_choice_and_other_facets_narrow_it(page: Page, small: str) -> None:
    opened(page, small)
    assert shown(page) == ALL
    box(page, "Head types", "Memory Head").check()
    assert shown(page) == [AHN]
    box(page, "Head types", "Previous Token Head").check()
    assert shown(page) == [AHN, BELL]
    box(page, "Years", "2023").check()
    assert shown(page) == [BELL]
    box(page, "Years", "2023").uncheck()
    assert shown(page) == [AHN, BELL]


def test_counts_say_how_many_papers_there_would_be(page: Page, small: str) -> None:
    opened(page, small)
    assert counts(page, "Years") == {"2026": 1, "2025": 1, "2024": 1, "2023": 1, "2022": 1}
    box(page, "Head types", "Retrieval Head").check()
    assert counts(page, "Years") == {"2026": 0, "2025": 1, "2024": 1, "2023": 0, "2022": 0}
    assert counts(page, "Methods") == {"Zero ablation": 2, "Probing": 1, "Not recorded": 0}
    box(page, "Methods", "Probing").check()
    assert counts(page, "Years")["2024"] == 0
    found = counts(page, "Head types")  # its own choice doesn't count
    assert (found["Retrieval Head"], found["Memory Head"], found["Previous Token Head"]) == (1, 1, 1)


def test_the_number_of_matches_is_announced(page: Page, small: str) -> None:
    opened(page, small)
    status = page.locator("[role=status][aria-live=polite]").first
    expect(status).to_have_text("5 papers")
    box(page, "Models", "Llama 2").check()
    expect(status).to_have_text("3 of 5 papers")
    page.get_by_label("Words in").fill("nowhere")
    expect(status).to_have_text("0 of 5 papers")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("look", [BELL]),
        ("HEADS retrieval", [AHN, WU]),
        ("ada", [BELL]),
        ("oz arger", [DUNN]),  # without accents
        ('"memory heads"', [AHN]),
        ('"heads memory"', []),
        ("new idea", ALL),  # in the summary, folded
        ("probing", []),  # a method, no word of the text
    ],
)
def test_words_are_found_in_title_authors_and_summary(page: Page, small: str, words: str, found: list[str]) -> None:
    opened(page, small)
    page.get_by_label("Words in").fill(words)
    assert shown(page) == found


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("Title", [COLE, DUNN, BELL, AHN, WU]),
        ("Year, then title", ALL),
        ("Venue, then date", [DUNN, AHN, WU, BELL, COLE]),
        ("Date, newest first", ALL),
    ],
)
def test_papers_are_sorted(page: Page, small: str, order: str, found: list[str]) -> None:
    opened(page, small, "?sort=title")
    page.get_by_label("Sort by").select_option(order)
    assert shown(page) == found


def test_an_address_opens_its_view(page: Page, small: str) -> None:
    opened(page, small, "?head=retrieval&head=memory&year=2025&q=42&sort=title")
    assert shown(page) == [AHN]
    expect(box(page, "Head types", "Retrieval Head")).to_be_checked()
    expect(box(page, "Years", "2025")).to_be_checked()
    expect(page.get_by_label("Words in")).to_have_value("42")
    expect(page.get_by_label("Sort by")).to_have_value("title")


def test_the_choice_is_in_the_address_and_the_way_back_undoes_it(page: Page, small: str) -> None:
    opened(page, small)
    box(page, "Head types", "Retrieval Head").check()
    box(page, "Head types", "Memory Head").check()
    page.get_by_label("Words in").press_sequentially("head")
    page.get_by_label("Sort by").select_option("title")
    expect(page).to_have_url(re.compile(re.escape("explore.html?head=retrieval&head=memory&q=head&sort=title") + "$"))
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape("?head=retrieval&head=memory&q=head") + "$"))
    page.go_back()  # all that was typed in one go
    expect(page).to_have_url(re.compile(re.escape("?head=retrieval&head=memory") + "$"))
    expect(page.get_by_label("Words in")).to_have_value("")
    page.go_back()
    assert shown(page) == [AHN, WU]
    expect(box(page, "Head types", "Memory Head")).not_to_be_checked()
    page.go_back()
    assert shown(page) == ALL
    page.go_forward()
    assert shown(page) == [AHN, WU]


def test_papers_with_code_are_chosen(page: Page, small: str) -> None:
    opened(page, small)
    page.get_by_role("checkbox", name="Has code").check()
    assert shown(page) == [WU]
    expect(page).to_have_url(re.compile(re.escape("?code=yes") + "$"))


def test_what_an_address_names_and_nobody_knows_can_be_removed(page: Page, small: str) -> None:
    opened(page, small, "?head=gone&model=llama-2-7b")
    assert shown(page) == []
    page.get_by_role("button", name="Remove Head types: gone").click()
    assert shown(page) == [WU, BELL]  # one model of a family, which has no box


def test_clear_all_takes_everything_back(page: Page, small: str) -> None:
    opened(page, small, "?head=memory&q=42&sort=title")
    page.get_by_role("button", name="Clear all").click()
    assert shown(page) == ALL
    expect(page).to_have_url(re.compile(re.escape("explore.html") + "$"))
    expect(page.get_by_role("button", name="Clear all")).to_be_hidden()
    expect(page.get_by_label("Words in")).to_be_focused()


def test_a_long_list_of_terms_can_be_searched(page: Page, small: str) -> None:
    opened(page, small)
    find = page.get_by_label("Find in Head types (15)")
    find.fill("extra 1")
    assert list(counts(page, "Head types")) == ["Extra 1", "Extra 10", "Extra 11"]
    find.press("Enter")  # sends no form
    expect(page).to_have_url(re.compile(re.escape("explore.html") + "$"))
    expect(page.get_by_label("Find in", exact=False)).to_have_count(1)


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_the_choice_is_exported(page: Page, small: str, small_site: Path, scheme: str) -> None:
    opened(page, small if scheme == "http" else small_site.as_uri(), "?head=retrieval&sort=title")
    texts = {}
    for name in ("BibTeX", "RIS", "CSV"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        texts[download.value.suggested_filename] = Path(download.value.path()).read_text("utf-8")
    sources = [(small_site / "cite" / f"{key}.bib").read_text("utf-8") for key in (AHN, WU)]
    assert texts["papers.bib"] == "\n".join(sources)
    assert re.findall(r"^ID  - (\w+)$", texts["papers.ris"], re.MULTILINE) == [AHN, WU]
    rows = list(csv.DictReader(texts["papers.csv"].splitlines()))
    assert [row["key"] for row in rows] == [AHN, WU]
    with (small_site / "data" / "papers.csv").open(encoding="utf-8") as whole:
        assert all(row in rows for row in csv.DictReader(whole) if row["key"] in {AHN, WU})


def test_it_works_from_a_folder(page: Page, small_site: Path) -> None:
    opened(page, small_site.as_uri(), "?head=memory")
    assert shown(page) == [AHN]
    box(page, "Head types", "Memory Head").uncheck()
    assert shown(page) == ALL
    page.go_back()
    assert shown(page) == [AHN]


def test_without_scripts_it_is_the_complete_list(browser: Browser, small: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{small}/explore.html?head=memory")
    assert page.locator("[data-paper]:visible").count() == len(ALL)
    expect(page.locator(".survey-filters")).to_be_hidden()
    expect(page.get_by_text("This is the complete list")).to_be_visible()
    page.context.close()


def test_it_is_used_by_keyboard_alone(page: Page, small: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{small}/explore.html")
    page.get_by_label("Words in").focus()
    for key in ("Tab", "Tab", "Tab", "Space"):  # past the heading of the first facet and the field in it
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile(re.escape("?head=extra-1") + "$"))
    assert shown(page) == [DUNN, BELL]


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_it_fits_the_screen(page: Page, small: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, small, "?head=retrieval&q=heads")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_of_very_many_papers_more_come_with_scrolling(page: Page, small: str, small_site: Path) -> None:
    text = (small_site / "explore.html").read_text("utf-8")
    start, end = (
        text.index('<article class="survey-paper'),
        text.rindex("</article>\n", 0, text.index("prev-next")) + 11,
    )
    papers = re.findall(r"<article class=\"survey-paper.*?</article>\n", text[start:end], re.DOTALL)
    many = "".join(papers[at % len(papers)] for at in range(600))
    page.route("**/explore.html*", lambda route: route.fulfill(body=text[:start] + many + text[end:]))
    opened(page, small)
    expect(page.get_by_text("600 papers", exact=True)).to_be_visible()
    papers_there, more = page.locator("[data-paper]"), page.get_by_role("button", name="Show more")
    before = papers_there.count()
    assert before < 600
    while more.count():
        more.scroll_into_view_if_needed()
        expect(papers_there).not_to_have_count(before)
        before = papers_there.count()
    assert before == 600


def test_a_page_offers_its_own_filter(page: Page, small: str) -> None:
    page.goto(f"{small}/heads/retrieval.html")
    page.get_by_role("link", name="Explore these papers").click()
    expect(page).to_have_url(re.compile(re.escape("explore.html?head=retrieval") + "$"))
    expect(page.locator("[data-ready]")).to_be_attached()
    assert shown(page) == [AHN, WU]


def kinds(page: Page) -> Locator:
    """Return the box by which kinds of what is chosen come along."""
    return page.get_by_role("checkbox", name="Also find subtypes of the chosen heads")


def test_a_head_type_brings_its_kinds_unless_the_reader_says_no(page: Page, small: str) -> None:
    opened(page, small, "?head=extra-1")
    assert shown(page) == [DUNN, BELL]  # on previous token heads, which are a kind of them
    assert counts(page, "Head types")["Extra 1"] == 2
    kinds(page).uncheck()
    assert shown(page) == [DUNN]
    assert counts(page, "Head types")["Extra 1"] == 1
    assert "kinds=no" in page.url
    page.reload()
    assert shown(page) == [DUNN]
    page.get_by_role("button", name="Clear all").click()
    expect(kinds(page)).to_be_checked()


def test_papers_of_which_nothing_is_recorded_are_offered(page: Page, small: str) -> None:
    opened(page, small, "?model=llama-2&year=2026")
    assert shown(page) == []
    offer = page.get_by_text("1 more paper has nothing recorded under Models.")
    expect(offer).to_be_visible()
    page.get_by_role("button", name="Show them too").click()
    assert shown(page) == [DUNN]
    expect(offer).to_be_hidden()
    assert "model=not-recorded" in page.url
