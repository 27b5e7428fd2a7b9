"""What stands around each page: the bar, the sidebar, and the ways to cite, to follow and to correct the survey."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HEAD, PAPER = "heads/induction.html", "papers/wu2024retrieval.html"


@pytest.mark.parametrize("width", [1440, 768, 375, 320])
def test_the_bar_has_name_way_and_search_at_every_width(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/{HEAD}")
    bar = page.get_by_role("banner")
    expect(bar.get_by_role("link", name="Attention Heads")).to_be_visible()
    expect(bar.get_by_role("link", name="Search")).to_be_visible()
    way = bar.get_by_role("navigation", name="Breadcrumb")
    expect(way.get_by_role("listitem")).to_have_text(["Heads", "Latent Reasoning", "Induction Head"])
    page.mouse.wheel(0, 3000)
    expect(bar.get_by_role("link", name="Search")).to_be_in_viewport()


def test_a_papers_way_leads_to_its_year(page: Page, address: str) -> None:
    page.goto(f"{address}/{PAPER}")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    expect(page).to_have_url(re.compile(r"/chronology\.html#year-\d{4}$"))


@pytest.mark.parametrize(("name", "hub", "here"), [(HEAD, "Heads", "A to Z"), (PAPER, "Papers", "Explore the papers")])
def test_the_sidebar_shows_where_one_is(page: Page, address: str, name: str, hub: str, here: str) -> None:
    page.goto(f"{address}/{name}")
    sidebar = page.get_by_role("complementary", name="Site navigation")
    expect(sidebar.locator("details[open] > summary")).to_have_text([hub])
    expect(sidebar.locator("[aria-current]")).to_have_text([here])


def test_the_sidebar_keeps_its_state_from_page_to_page(page: Page, address: str) -> None:
    page.goto(f"{address}/{HEAD}")
    page.locator(".survey-hub > summary", has_text="Papers").click()
    page.get_by_role("link", name="Timeline").click()
    page.get_by_role("link", name="Search").first.wait_for()
    page.goto(f"{address}/methods/index.html")
    opened = page.locator("details.survey-hub[open] > summary")
    expect(opened).to_have_text(["Papers", "Methods and data"])
    page.get_by_role("button", name="Site navigation").click()
    page.goto(f"{address}/{PAPER}")
    expect(page.locator("#pst-primary-sidebar")).to_be_hidden()
    page.get_by_role("button", name="Site navigation").click()
    expect(page.locator("#pst-primary-sidebar")).to_be_visible()


def test_the_contents_stay_below_the_bar_at_the_end_of_a_page(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}/methods/zero-ablation.html")
    page.keyboard.press("End")
    expect(page.get_by_role("navigation", name="About this site")).to_be_in_viewport()
    bar, contents = page.get_by_role("banner").bounding_box(), page.locator(".bd-sidebar-secondary").bounding_box()
    assert bar is not None
    assert contents is not None
    assert contents["y"] >= bar["y"] + bar["height"] - 1


def test_pages_for_developers_are_in_the_footer_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/{HEAD}")
    expect(page.locator("#pst-primary-sidebar a[href*='development/']")).to_have_count(0)
    page.get_by_role("navigation", name="About this site").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/development/"))


def test_the_survey_is_cited_with_one_click_from_home(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/index.html")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    own, article = copied.split("\n\n")
    assert re.search(r"url +=? *= \{https://\S+\}", own)
    assert re.search(r"last updated \d{4}-\d{2}-\d{2}\}", own)
    assert "{zheng2025attention," in article
    assert "10.1016/j.patter.2025.101176" in article


@pytest.mark.parametrize("name", ["index.html", "chronology.html", HEAD])
def test_a_feed_is_one_click_away_and_can_be_read(page: Page, address: str, name: str) -> None:
    # The browser asks for an icon of that name: files of XML cannot name another.
    page.context.route("**/favicon.ico", lambda route: route.fulfill(body=""))
    page.goto(f"{address}/{name}")
    page.get_by_role("link", name="Subscribe").click()
    expect(page).to_have_url(re.compile(r"\.xml$"))
    look = "(name) => getComputedStyle(document.querySelector(name)).display"
    assert page.evaluate(look, "entry > title") == "block"
    assert page.evaluate(look, "entry > content") == "none"
    assert "copy its address" in page.evaluate("getComputedStyle(document.querySelector('title'), '::after').content")


def test_an_error_is_reported_with_one_click_from_the_section_that_is_read(
    page: Page, address: str, faults: list[str]
) -> None:
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="a form"))
    page.goto(f"{address}/{HEAD}")
    page.locator("#papers > h2").evaluate("(heading) => heading.scrollIntoView()")
    box = page.get_by_role("link", name="Report an error").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + 20)  # Playwright's own click scrolls before it
    page.wait_for_url("https://github.com/**")
    filled = parse_qs(urlsplit(page.url).query)
    assert filled["page"][0].endswith("heads/induction.html#papers")
    assert filled["file"] == ["docs/heads/induction.md"]
    faults.clear()  # the form is on another host


def test_home_asks_the_search_without_javascript(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/index.html")
        page.get_by_role("search").get_by_role("textbox").fill("copy a name")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{address}/search.html?q=copy+a+name")
        page.goto(f"{address}/index.html")
        expect(page.get_by_role("search").get_by_role("link")).to_have_count(3)


def test_an_example_on_home_shows_what_it_finds(page: Page, address: str) -> None:
    page.goto(f"{address}/index.html")
    page.get_by_role("search").get_by_role("link", name="2404.15574").click()
    expect(page.get_by_role("searchbox")).to_have_value("2404.15574")


def test_the_bibliography_has_letters_and_is_narrowed_by_words(page: Page, address: str) -> None:
    page.goto(f"{address}/bibliography.html")
    works = page.locator("div.citation:visible")
    all_of_them = works.count()
    page.locator(".survey-jumps").get_by_role("link", name="O", exact=True).click()
    expect(page.locator(":target")).to_be_in_viewport()
    page.get_by_role("textbox", name="Only works with these words").fill("olsson induction")
    expect(works.first).to_contain_text("Olsson")
    assert works.count() < all_of_them
    expect(page.locator(".survey-work-filter [role=status]")).to_contain_text(str(works.count()))


def test_who_comes_back_to_the_bibliography_finds_it_as_narrow_as_it_was(page: Page, address: str) -> None:
    page.goto(f"{address}/bibliography.html")
    page.get_by_role("textbox", name="Only works with these words").fill("olsson induction")
    works = page.locator("div.citation:visible")
    left = works.count()
    page.goto(f"{address}/index.html")
    page.go_back()
    expect(page.get_by_role("textbox", name="Only works with these words")).to_have_value("olsson induction")
    expect(works).to_have_count(left)


def test_the_atlas_works_at_an_address_that_means_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/atlas.html#%")
    page.goto(f"{address}/atlas.html#only-induction")
    expect(page.get_by_label("Beside it, in a second color:")).to_be_visible()


def test_the_chronology_leads_to_its_months(page: Page, address: str) -> None:
    page.goto(f"{address}/chronology.html")
    page.locator(".survey-jumps").get_by_role("link", name="June").first.click()
    expect(page.locator(":target > h3")).to_contain_text("June")


def test_who_writes_a_month_into_the_address_comes_there(page: Page, address: str) -> None:
    """Papers on the way are laid out as one comes near them, which moves the place."""
    page.goto(f"{address}/chronology.html")
    month = page.locator("section[id^='month-']").last.get_attribute("id")
    page.evaluate("(id) => { location.href = location.pathname + '#' + id; }", month)
    expect(page.locator(":target > h3")).to_be_in_viewport()
    page.wait_for_timeout(300)  # what is laid out late
    top = page.locator(":target > h3").evaluate("(heading) => heading.getBoundingClientRect().top")
    assert 0 <= top < 200


@pytest.mark.parametrize(
    ("opens", "drawer"), [("Site navigation", "#pst-primary-sidebar"), ("On this page", "#pst-secondary-sidebar")]
)
def test_a_drawer_has_a_button_that_closes_it(browser: Browser, address: str, opens: str, drawer: str) -> None:
    for scripts in (True, False):
        with browser.new_context(viewport={"width": 375, "height": 700}, java_script_enabled=scripts) as context:
            page = context.new_page()
            page.goto(f"{address}/heads/induction.html")
            expect(page.locator(drawer)).to_be_hidden()
            page.get_by_role("button", name=opens).click()
            page.locator(drawer).get_by_role("button", name="Close").click()
            expect(page.locator(drawer)).to_be_hidden()


def test_beside_the_text_nothing_is_to_be_closed(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}/heads/induction.html")
    expect(page.get_by_role("button", name="Close")).to_have_count(0)
