"""What stands around pages, without a browser: hubs, the way to a page, the footer, and what home begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from trees import small_survey

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup, Tag
    from trees import Built, Tree

HOME = """\
# A small survey

It is small.

```{survey:search}
:examples: retrieval & more; <b>
```

```{survey:news}
```

```{survey:cite}
```

```{toctree}
:caption: Heads

taxonomy
heads/index
```

```{toctree}
:caption: Papers & more

chronology
bibliography
```

```{toctree}
:caption: Alone

alone
```

```{toctree}
:caption: Development

inside
```
"""
CITATION = "@misc{small2026survey,\n  title = {{A small survey}},\n  note  = {Version 1},\n  year  = {2026},\n}\n"
OPTIONS = {"html_theme": "sphinx_book_theme", "survey_footer": ["Development"], "survey_updated": "2026-03-04"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return _tree(tmp_path_factory.mktemp("frame"))


def _tree(root: Path) -> Tree:
    tree = small_survey(root)
    tree.write("docs/index.md", HOME)
    tree.write("docs/heads/index.md", "# A to Z\n\n```{survey:index} head\n```\n")
    tree.write("docs/alone.md", "# By itself\n\nText.\n")
    tree.write("docs/inside.md", "# For <developers>\n\n```{toctree}\ndeeper\n```\n")
    tree.write("docs/deeper.md", "# Deeper\n\nText.\n")
    tree.write(
        "CITATION.bib", CITATION + "\n@article{first2025article,\n  title = {The article},\n  year = {2025},\n}\n"
    )
    return tree


@pytest.fixture(scope="module")
def built(tree: Tree) -> Built:
    built = tree.build(confoverrides=OPTIONS)
    assert built.warnings == ""
    return built


def _hubs(page: BeautifulSoup) -> dict[str, bool]:
    """Return the hubs of a page by name: whether each is open."""
    return {hub.summary.get_text(): hub.has_attr("open") for hub in page.select("details.survey-hub")}


def _way(page: BeautifulSoup) -> list[tuple[str, str | None]]:
    def step(item: Tag) -> tuple[str, str | None]:
        return item.get_text().strip(), str(item.a["href"]) if item.a is not None else None

    return [step(item) for item in page.select(".survey-trail li")]


def test_each_caption_is_a_hub_which_is_open_where_the_reader_is(built: Built) -> None:
    assert _hubs(built.page("chronology")) == {"Heads": False, "Papers & more": True}
    assert _hubs(built.page("heads/retrieval")) == {"Heads": True, "Papers & more": False}
    assert _hubs(built.page("index")) == {"Heads": True, "Papers & more": True}


@pytest.mark.parametrize(
    ("page", "here"),
    [("heads/retrieval", "index.html"), ("papers/wu2024retrieval", "../chronology.html")],
)
def test_a_page_of_facts_has_the_page_marked_that_lists_it(built: Built, page: str, here: str) -> None:
    marked = built.page(page).select(".bd-docs-nav .current > a")
    assert [(link["href"], link["aria-current"]) for link in marked] == [(here, "true")]


def test_a_hub_of_one_page_is_a_link(built: Built) -> None:
    link = built.page("chronology").select_one("ul.survey-hub a")
    assert link is not None
    assert (link.get_text(), link["href"]) == ("Alone", "alone.html")


def test_what_is_reached_from_the_footer_is_not_in_the_sidebar(built: Built) -> None:
    page = built.page("heads/retrieval")
    assert "For <developers>" not in page.select_one(".bd-docs-nav").get_text()
    links = page.select(".survey-footer a")
    assert [(link.get_text(), link["href"]) for link in links] == [("For <developers>", "../inside.html")]


@pytest.mark.parametrize(
    ("page", "way"),
    [
        ("chronology", [("Papers & more", None), ("Chronology", None)]),
        ("bibliography", [("Papers & more", "chronology.html"), ("Bibliography", None)]),
        (
            "heads/retrieval",
            [
                ("Heads", "../taxonomy.html"),
                ("In Context Identification", "../stages/in-context-identification.html"),
                ("Retrieval Head", None),
            ],
        ),
        (
            "papers/bell2023previous",
            [("Papers & more", "../chronology.html"), ("2023", "../chronology.html#year-2023")],
        ),
        ("deeper", [("Development", "inside.html"), ("Deeper", None)]),
        ("index", []),
    ],
)
def test_the_way_to_a_page_leads_through_its_hub(built: Built, page: str, way: list[tuple[str, str | None]]) -> None:
    found = _way(built.page(page))
    assert (found[:-1] if page.startswith("papers/") else found) == way


def test_the_bar_has_the_name_once_and_the_sidebar_none(built: Built) -> None:
    page = built.page("heads/retrieval")
    assert len(page.select("header .navbar-brand")) == 1
    assert page.select(".bd-sidebar-primary :is(.navbar-brand, .search-button-field)") == []


def test_the_field_of_home_asks_the_page_for_searching(built: Built) -> None:
    form = built.page("index").select_one("form[role=search]")
    assert form is not None
    assert (form["action"], form["method"], form.input["name"]) == ("search.html", "get", "q")
    examples = [(link.get_text(), link["href"]) for link in form.select("a")]
    assert examples == [("retrieval & more", "search.html?q=retrieval+%26+more"), ("<b>", "search.html?q=%3Cb%3E")]


def test_home_says_how_new_it_is_and_leads_to_the_feed(built: Built) -> None:
    line = built.page("index").select_one(".survey-news")
    assert line is not None
    assert line.get_text() == "Last updated on 2026-03-04 · Subscribe to new papers"
    assert line.a["href"] == "feed.xml"


def test_the_citation_has_address_and_date_and_what_stands_beside_it(built: Built) -> None:
    said = built.page("index").select_one(".survey-bibtex").get_text()
    assert "note  = {Version 1, last updated 2026-03-04},\n" in said
    assert "  url   = {https://example.org/survey/},\n  urldate = {2026-03-04},\n}" in said
    assert "@article{first2025article," in said
    assert said.strip() == built.text("cite/survey.bib").strip()


def test_another_date_is_shown_by_the_pages_that_have_one(tmp_path: Path) -> None:
    tree = _tree(tmp_path)
    tree.build(confoverrides=OPTIONS)
    again = tree.build(confoverrides={**OPTIONS, "survey_updated": "2026-03-05"})
    assert again.read == {"index"}
    assert "2026-03-05" in again.page("index").select_one(".survey-news").get_text()
    assert (
        tree.build(confoverrides={**OPTIONS, "survey_updated": "soon"})
        .page("index")
        .select_one(".survey-news")
        .get_text()
        .startswith("Last updated on 2025-01-10")
    ), "the date of the newest paper, where nobody says"


def test_home_says_when_papers_came_last_and_a_papers_page_when_it_came(tmp_path: Path) -> None:
    tree = _tree(tmp_path)
    tree.paper("doe2019early", title="Early", heads=["memory"], published="2019-03", added="2026-03-01")
    tree.paper("doe2021later", title="Later", heads=["memory"], published="2021-03", added="2026-02-01")
    built = tree.build(confoverrides=OPTIONS)
    assert "papers last added on 2026-03-01 · Subscribe" in built.page("index").select_one(".survey-news").get_text()
    facts = built.page("papers/doe2021later").select_one(".survey-header").get_text(" ", strip=True)
    assert "In the survey since" in facts
    tree.replace("docs/papers/doe2021later.md", "2026-02-01", "2026-03-02")
    again = tree.build(confoverrides=OPTIONS)
    assert "last added on 2026-03-02" in again.page("index").select_one(".survey-news").get_text()


def test_a_page_that_has_moved_leads_on_until_nobody_says_so(tmp_path: Path) -> None:
    tree = _tree(tmp_path)
    moved = {**OPTIONS, "survey_redirects": {"old/place": "alone", "chronology": "alone", "gone": "nowhere"}}
    built = tree.build(confoverrides=moved)
    assert built.page("old/place").select_one("meta[http-equiv=refresh]")["content"] == "0; url=../alone.html"
    assert built.page("chronology").select("meta[http-equiv=refresh]") == [], "there is such a page"
    assert "gone.html" not in built.files
    assert "old/place.html" not in tree.build(confoverrides=OPTIONS).files


def test_a_feed_has_a_look_for_browsers(built: Built) -> None:
    assert 'href="_static/feed.css"?>' in built.text("feed.xml")
    assert 'href="../../_static/feed.css"?>' in built.text("feeds/heads/retrieval.xml")
    assert "_static/feed.css" in built.files


@pytest.mark.parametrize(
    ("sort", "months"),
    [
        ("title", ["month-2022-03", "month-2022-01", "month-2022"]),
        ("venue", ["month-2022-03", "month-2022-01", "month-2022"]),
        ("oldest", ["month-2022", "month-2022-01", "month-2022-03"]),
    ],
)
def test_a_month_stands_once_whatever_its_papers_are_sorted_by(tmp_path: Path, sort: str, months: list[str]) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/chronology.md", f"# Chronology\n\n```{{survey:chronology}}\n:sort: {sort}\n```\n")
    for at, month in enumerate(["-01", "-03", "", "-01", "-03", "", "-01", "-03", "-01"]):
        name = "ABCDEFGHI"[at]
        tree.paper(f"many2022n{at}", title=f"{name} title", published=f"2022{month}", bib={"journal": f"{name} venue"})
    page = tree.build("dirhtml").page("chronology/index")
    assert [part["id"] for part in page.select("#year-2022 > section")] == months
    shown = [item["data-paper"] for item in page.select("#month-2022-01 [data-paper]")]
    assert shown == ["many2022n0", "many2022n3", "many2022n6", "many2022n8"]
    assert len(page.select("#year-2022 [data-paper]")) == 10, "with that of the small survey"


def test_long_years_have_months_and_links_to_them(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    for month in range(1, 10):
        tree.paper(f"many2022m{month}", title=f"Month {month}", heads=["memory"], published=f"2022-{month:02d}-01")
    tree.paper("many2022none", title="No month", heads=["memory"], published="2022")
    page = tree.build().page("chronology")
    months = [part["id"] for part in page.select("#year-2022 > section")]
    assert months == [*(f"month-2022-{month:02d}" for month in range(9, 0, -1)), "month-2022"]
    above = page.select_one(".survey-jumps")
    assert [link["href"] for link in above.select("a")][:2] == ["#year-2025", "#year-2024"]
    links = {link.get_text(): link["href"] for link in page.select("#year-2022 > .survey-jumps a")}
    assert links["March"] == "#month-2022-03"
    assert links["not recorded"] == "#month-2022"
    assert page.select("#year-2023 > section") == [], "a short year has none"


def test_a_long_list_of_names_has_letters_that_lead_to_the_first_of_each(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    for number in range(30):
        name = f"{'Apple' if number < 2 else 'Zebra'} {number:02d}"
        tree.head(f"more-{number}", name=name, stage="knowledge-recalling", category="general")
    tree.head("two-hop", name="2-hop Head", stage="knowledge-recalling", category="general")
    tree.write("docs/heads/index.md", "# All heads\n\n```{survey:index} head\n```\n")
    page = tree.build().page("heads/index")
    links = {link.get_text(): link["href"].lstrip("#") for link in page.select(".survey-jumps a")}
    assert list(links) == ["#", *sorted({*links} - {"#"})]
    assert len(set(links.values())) == len(links) == len(page.select(".survey-jumps a"))
    assert page.find(id=links["#"]).get_text().startswith("2-hop")
    assert page.find(id=links["A"]).get_text().startswith("Apple 00")
    assert page.find(id=links["Z"]).get_text().startswith("Zebra 02")


def test_long_lists_show_the_first_papers_and_unfold_the_rest(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    for number in range(12):
        tree.paper(
            f"many2022n{number}", title=f"Paper {number}", heads=["memory"], published=f"2022-01-{number + 1:02d}"
        )
    tree.replace("docs/heads/memory.md", "head:\n", "head:\n  first_described_in: many2022n3\n")
    papers = tree.build().page("heads/memory").select_one("#papers")
    seen = [item["data-paper"] for item in papers.select(".survey-paper") if item.find_parent("details") is None]
    folded = papers.select_one("details.survey-more")
    assert seen[0] == "many2022n3", "the first to describe it"
    assert len(seen) + len(folded.select(".survey-paper")) == len({*papers.select(".survey-paper")})
    assert folded.summary.get_text() == f"{len(folded.select('.survey-paper'))} more papers"


def test_contents_stand_beside_pages_that_have_some_and_home_has_the_room(built: Built) -> None:
    assert built.page("heads/retrieval").select("#pst-secondary-sidebar a") != []
    assert built.page("heads/retrieval").select(".survey-alone") == []
    for page in ("index", "alone"):
        assert built.page(page).select("#pst-secondary-sidebar") == []
        assert len(built.page(page).select(".survey-alone")) == 1
