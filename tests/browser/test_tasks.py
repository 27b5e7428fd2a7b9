"""What people come for, done as they would do it, in no more clicks than it should take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


class Reader:
    """Somebody on the home page who has not been here before; clicks are counted, and choosing in a list is one."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.clicks = page, address, 0
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{address}/index.html")

    def click(self, what: Locator) -> None:
        """Click on something that can be seen."""
        what.click()
        self.clicks += 1

    def ask(self, question: str) -> None:
        """Open the search and type a question."""
        self.click(self.page.get_by_role("link", name="Search").first)
        self.page.get_by_role("searchbox").fill(question)
        expect(self.page.locator(".survey-search-status")).to_contain_text(question)

    def follow_first(self) -> str:
        """Follow the first hit, and return where it leads."""
        self.click(self.page.locator(".survey-search-results a").first)
        self.page.wait_for_url(re.compile(r"/(papers|heads|models)/"))
        return self.page.url.removeprefix(f"{self.address}/")

    def downloaded(self, button: str) -> str:
        """Click on a button, and return the text of the file that it gives."""
        with self.page.expect_download() as download:
            self.click(self.page.get_by_role("button", name=button, exact=True))
        return Path(download.value.path()).read_text("utf-8")


@pytest.fixture
def reader(page: Page, address: str) -> Reader:
    """Return a reader on the home page."""
    return Reader(page, address)


@pytest.mark.parametrize("question", ["2404.15574", "arXiv:2404.15574", "wu2024retrieval", "Wu 2025 retrieval head"])
def test_find_a_paper_by_what_one_knows_of_it(reader: Reader, question: str) -> None:
    reader.ask(question)
    assert reader.follow_first() == "papers/wu2024retrieval.html"
    assert reader.clicks == 2


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("the head that says the next number", "successor"),
        ("heads that refuse", "safety"),
        ("induciton", "induction"),
        ("copies names", "name-mover"),
    ],
)
def test_find_a_head_by_what_it_does_and_with_a_letter_wrong(reader: Reader, question: str, head: str) -> None:
    reader.ask(question)
    assert reader.follow_first() == f"heads/{head}.html"
    assert reader.clicks == 2


def test_see_which_heads_are_contested(reader: Reader) -> None:
    reader.click(reader.page.get_by_role("link", name="Contested claims").first)
    heads = reader.page.get_by_role("region").or_(reader.page.locator("section"))
    expect(heads.filter(has_text="What speaks against it").first).to_be_visible()
    assert reader.clicks == 1


def test_go_from_a_contested_head_to_both_sides(reader: Reader) -> None:
    page = reader.page
    page.goto(f"{reader.address}/heads/retrieval.html")
    reader.click(page.get_by_role("link", name=re.compile("papers qualify or dispute it")))
    page.wait_for_url("**/contested.html#retrieval")
    expect(page.locator("#retrieval").get_by_text("What speaks against it")).to_be_visible()
    assert reader.clicks == 1


def test_compare_two_head_types_and_take_the_table_with_its_entries(reader: Reader) -> None:
    page = reader.page
    page.goto(f"{reader.address}/heads/retrieval.html")
    reader.click(page.get_by_role("link", name="Compare with another head type"))
    page.get_by_label("Head type", exact=True).select_option("Induction Head")
    reader.clicks += 1
    reader.click(page.get_by_role("button", name="Add to the comparison"))
    expect(page.get_by_role("columnheader", name="Induction Head")).to_be_visible()
    for title in ("Reads", "Writes", "Pattern", "Test", "Layers", "Model families", "Interventions", "Papers"):
        expect(page.get_by_role("rowheader", name=title, exact=True)).to_be_visible()
    assert reader.clicks == 3
    latex, entries = reader.downloaded("LaTeX"), reader.downloaded("BibTeX")
    cited = {key for keys in re.findall(r"\\cite\{([^}]*)\}", latex) for key in keys.split(",")}
    assert cited == set(re.findall(r"^@\w+\{([^,]+),", entries, re.MULTILINE))
    assert {"wu2024retrieval", "olsson2022induction"} <= cited
    assert reader.clicks == 5


def test_take_the_papers_of_two_years_on_a_head_and_its_kinds_in_a_family_as_bibtex(reader: Reader) -> None:
    page = reader.page
    reader.click(page.get_by_role("link", name="Explore the papers").first)
    for facet, term in (("Head types", "Retrieval Head"), ("Years", "2025"), ("Years", "2026"), ("Models", "Llama")):
        group = page.get_by_role("group", name=facet)
        reader.click(group.get_by_role("checkbox", name=re.compile(rf"^{term} \d+$")))
    named = page.locator("[data-paper]:visible").count()
    reader.click(page.get_by_role("button", name="Show them too"))
    keys: list[str] = page.locator("[data-paper]:visible").evaluate_all("(all) => all.map((one) => one.dataset.paper)")
    assert len(keys) > named
    entries = reader.downloaded("BibTeX")
    assert re.findall(r"^@\w+\{([^,]+),", entries, re.MULTILINE) == keys
    assert reader.clicks == 7
    kinds = page.locator("[data-paper]:visible:not([data-head~=retrieval])")
    assert kinds.count() > 0  # on query-focused retrieval heads and others that are a kind of them
    unrecorded = page.locator("[data-paper]:visible[data-model=not-recorded]")
    assert unrecorded.count() > 0


@pytest.mark.parametrize("question", ["what does L9H6 of GPT-2 small do", "gpt2-small 9.6", "GPT-2 small (9, 6)"])
def test_learn_what_one_head_does_and_who_says_so(reader: Reader, question: str) -> None:
    reader.ask(question)
    assert reader.follow_first() == "models/gpt2-small.html#9.6"
    card = reader.page.locator("[id='9.6']")
    expect(card).to_be_in_viewport()
    expect(card.get_by_role("link", name="Name Mover Head").first).to_be_visible()
    expect(card.get_by_text("copies", exact=False).first).to_be_visible()  # the definition
    expect(card.locator("a[href*='papers/wang2023indirect']").first).to_be_visible()  # the source
    assert reader.clicks == 2


@pytest.mark.parametrize(
    ("question", "paper"),
    [("10.18653/v1/P19-1580", "voita2019specialized"), ("Olsson 2022", "olsson2022induction")],
)
def test_find_a_paper_by_its_doi_or_by_author_and_year(reader: Reader, question: str, paper: str) -> None:
    reader.ask(question)
    assert reader.follow_first() == f"papers/{paper}.html"
    assert reader.clicks == 2


def test_take_how_to_cite_the_survey_from_home(reader: Reader) -> None:
    page = reader.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=reader.address)
    box = page.locator("#cite, [id*=cite]").first
    reader.click(box.get_by_role("button", name="Copy").first)
    entry = page.evaluate("navigator.clipboard.readText()")
    for part in ("author", "title", "year", "url", "urldate"):
        assert re.search(rf"^  {part}\s+= \{{.+\}}", entry, re.MULTILINE), part
    assert reader.clicks == 1


@pytest.mark.parametrize("start", ["index", "chronology", "heads/induction"])
def test_see_what_is_new_and_subscribe_in_one_click(reader: Reader, start: str) -> None:
    page = reader.page
    page.goto(f"{reader.address}/{start}.html")
    reader.click(page.get_by_role("main").get_by_role("link", name=re.compile("Subscribe|new papers")).first)
    page.wait_for_url(re.compile(r"\.xml$"))
    # It is a feed, and reads like a list.
    papers = page.evaluate(
        "[...document.querySelectorAll('entry > title')].map((one) => [one.textContent, one.clientHeight > 0])"
    )
    assert len(papers) > 3
    assert all(title and shown for title, shown in papers)
    assert reader.clicks == 1


def test_report_an_error_in_the_middle_of_a_long_page_with_its_section(reader: Reader) -> None:
    page = reader.page
    page.goto(f"{reader.address}/stages/latent-reasoning.html")
    page.evaluate("scrollTo({ top: document.body.scrollHeight / 2, behavior: 'instant' })")
    report = page.get_by_role("link", name=re.compile("Report|correction", re.IGNORECASE)).locator("visible=true").first
    expect(report).to_be_in_viewport()
    report.hover()  # by then what came into view has been laid out
    report.focus()
    section = page.evaluate(
        "[...document.querySelectorAll('.bd-article section[id] > :is(h2, h3)')]"
        ".filter((one) => one.getBoundingClientRect().top < innerHeight / 3).at(-1).parentElement.id"
    )
    expect(report).to_have_attribute("href", re.compile(rf"github\.com/.*latent-reasoning[^&]*%23{section}(&|$)"))
