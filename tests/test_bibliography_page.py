"""The bibliography: one entry a work, with a lasting anchor and links back to every page that cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from comparing import codes
from trees import Built, Tree, small_survey

from survey.pages.citing import backlinks

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag


def words(part: Tag | None) -> str:
    assert part is not None
    return " ".join(part.get_text(" ").split())


def entry(built: Built, key: str) -> Tag:
    (found,) = built.page("bibliography").find_all(id=f"cite-{key}")
    return found


def links(built: Built, key: str) -> list[tuple[str, str]]:
    """Return the links of an entry but those that cite it elsewhere."""
    return [(words(link), str(link["href"])) for link in entry(built, key).select("a:not([href^='cite/'])")]


def page(title: str, text: str) -> str:
    return f"---\norphan: true\n---\n\n# {title}\n\n{text}\n"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    tree = small_survey(tmp_path_factory.mktemp("bibliography"))
    tree.write("docs/survey/one.md", page("One & Only", "{cite:p}`vaswani2017attention,bell2023previous` begin."))
    tree.write("docs/survey/two.md", page("Two", "{cite:t}`bell2023previous` go on: {cite:p}`{see}bell2023previous`."))
    tree.write("docs/note.md", page("Note", ":::{note}\n| a |\n|---|\n| {cite:t}`bell2023previous` |\n:::"))
    tree.head(
        "previous-token",
        stage="in-context-identification",
        category="overall-structure",
        text="Heads that look back {cite:p}`bell2023previous`.\n",
    )
    return tree


@pytest.fixture(scope="module")
def built(tree: Tree) -> Built:
    built = tree.build()
    assert built.warnings == ""
    return built


def test_a_bibliography_of_bibtexs_own_is_refused_aloud(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/more.bib", "@misc{yu2020more,\n  title = {More},\n}\n")
    tree.write("docs/conf.py", tree.read("docs/conf.py") + 'bibtex_bibfiles = ["../references.bib", "more.bib"]\n')
    warnings = tree.build().warnings
    assert (
        "bib-files: bibtex_bibfiles names 'more.bib', which is not used; move its entries to references.bib" in warnings
    )
    assert codes(warnings) == ["bib-files"]


def test_links_back_are_gathered_once_for_all_pages(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    gather = backlinks.backlinks
    monkeypatch.setattr(backlinks, "backlinks", lambda env: calls.append(env) or gather(env))
    assert len(tree.build("dirhtml").written) > 4
    assert len(calls) == 1


def test_every_work_has_one_entry_with_its_key_in_the_anchor(built: Built, tree: Tree) -> None:
    anchors = [item["id"] for item in built.page("bibliography").select("[role=doc-biblioentry]")]
    assert sorted(anchors) == sorted(f"cite-{key}" for key in tree.works)


def test_entries_are_sorted_by_author_and_say_what_the_work_is(built: Built) -> None:
    entries = [words(item.select_one("p")) for item in built.page("bibliography").select("[role=doc-biblioentry]")]
    assert entries == [
        "Soo Ahn and Wenhao Wu. Memory Heads and Retrieval Heads. Journal of Heads , 2025.",
        "Ada Bell. Heads that Look Back. Journal of Heads , 2023. doi:10.1234/bell.2023 .",
        "Jane Doe. A Tour of Heads. Journal of Heads , 2022.",
        "Ashish Vaswani and Noam Shazeer. Attention Is All You Need. Journal of Heads , 2017.",
        "Wenhao Wu and Yizhong Wang. Retrieval Heads. Journal of Heads , 2024. arXiv:2404.15574 .",
    ]


def test_an_entry_leads_back_to_every_page_that_cites_it(built: Built) -> None:
    assert links(built, "bell2023previous") == [
        ("doi:10.1234/bell.2023", "https://doi.org/10.1234/bell.2023"),
        ("Summary in this survey", "papers/bell2023previous.html"),
        ("Note", "note.html"),
        ("One & Only", "survey/one.html"),
        ("Previous Token Head", "heads/previous-token.html"),
        ("Two", "survey/two.html"),
    ]


def test_a_paper_that_cites_is_named_as_citations_name_it(built: Built) -> None:
    assert links(built, "vaswani2017attention") == [
        ("One & Only", "survey/one.html"),
        ("Wu and Wang 2024", "papers/wu2024retrieval.html"),
    ]


def test_a_work_that_nothing_cites_leads_to_its_summary_alone(built: Built) -> None:
    assert links(built, "cole2022heads") == [("Summary in this survey", "papers/cole2022heads.html")]
    assert "Cited in" not in words(entry(built, "cole2022heads"))


@pytest.mark.parametrize("docname", ["survey/one", "survey/two", "note", "heads/previous-token"])
def test_a_citation_leads_to_the_papers_page_or_else_to_the_entry(built: Built, docname: str) -> None:
    links = built.page(docname).select("section .bibtex-citation a")
    assert links
    for link in links:
        path, _, anchor = str(link["href"]).removeprefix("../").partition("#")
        if path == "bibliography.html":
            assert built.page("bibliography").find(id=anchor) is not None
            assert f"papers/{anchor.removeprefix('cite-')}.html" not in built.files
        else:
            assert path.startswith("papers/")
            assert path in built.files
            assert "survey-paper-link" in link["class"], "it shows the paper's card"


def test_a_citation_says_the_title_when_one_points_at_it(built: Built) -> None:
    (link,) = built.page("survey/two").select("section .bibtex-citation a[href*=bell2023]")[:1]
    assert link["title"] == "Heads that Look Back"


def test_an_entry_has_no_label_that_no_citation_shows(built: Built) -> None:
    assert built.page("bibliography").select("[role=doc-biblioentry] .label") == []
    assert len(built.page("bibliography").select("[role=doc-biblioentry] > p:first-child")) > 1


def test_a_citation_follows_when_the_paper_gets_a_page(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)

    def cited(built: Built) -> str:
        return str(built.page("papers/wu2024retrieval").select_one(".bibtex-citation a")["href"])

    assert cited(tree.build()) == "../bibliography.html#cite-vaswani2017attention"
    tree.paper("vaswani2017attention", title="Attention Is All You Need", published="2017", scope="background")
    assert cited(tree.build()) == "vaswani2017attention.html"
    tree.remove("docs/papers/vaswani2017attention.md")
    assert cited(tree.build()) == "../bibliography.html#cite-vaswani2017attention"


@pytest.mark.parametrize(
    ("docname", "said"),
    [
        ("survey/one", "(Bell, 2023; Vaswani and Shazeer, 2017) begin."),
        ("survey/two", "Bell (2023) go on: (see Bell, 2023)."),
    ],
    ids=["in parentheses", "in the text"],
)
def test_citations_name_author_and_year(built: Built, docname: str, said: str) -> None:
    text = words(built.page(docname).select_one("section p"))
    assert text.replace(" ", "") == said.replace(" ", "")


def test_a_listing_is_no_page_that_cites(survey: Tree) -> None:
    summary = {
        "Innovation": "After {cite:t}`vaswani2017attention` and {cite:p}`bell2023previous`.",
        "Tasks": "A task.",
        "Significant result": "A result.",
    }
    survey.paper("dunn2025citing", title="Citing", heads=["memory"], published="2025-05-05", summary=summary)
    survey.write("docs/listed.md", page("Listed", "```{survey:papers}\n```"))
    built = survey.build()
    assert built.warnings == ""
    item = built.page("listed").select_one("[data-paper=dunn2025citing]")
    assert "After Vaswani and Shazeer (2017) and ( Bell, 2023 )." in words(item)
    addresses = {address for _, address in links(built, "vaswani2017attention")}
    assert addresses == {"papers/wu2024retrieval.html", "papers/dunn2025citing.html"}


def test_a_citation_in_a_listing_leads_to_the_papers_page_or_to_the_bibliography(survey: Tree) -> None:
    summary = {
        "Innovation": "After {cite:t}`vaswani2017attention` and {cite:p}`bell2023previous,wu2024retrieval`.",
        "Tasks": "A task.",
        "Significant result": "A result.",
    }
    survey.paper("dunn2025citing", title="Citing", heads=["memory"], published="2025-05-05", summary=summary)
    part = survey.build().page("chronology").select_one("[data-paper=dunn2025citing] dd")
    assert part is not None
    assert [link["href"] for link in part.select("a")] == [
        "bibliography.html#cite-vaswani2017attention",
        "papers/bell2023previous.html",
        "papers/wu2024retrieval.html",
    ]


# FAULT (catalogue/views/cards.py, linked_citations): in a listing, what a citation says around its key is lost.
def test_a_citation_in_a_listing_keeps_the_words_around_its_key(survey: Tree) -> None:
    summary = {
        "Innovation": "As known {cite:p}`{see}bell2023previous{p. 3}`.",
        "Tasks": "A task.",
        "Significant result": "A result.",
    }
    survey.paper("dunn2025citing", title="Citing", heads=["memory"], published="2025-05-05", summary=summary)
    built = survey.build()
    for docname in ("papers/dunn2025citing", "chronology"):
        (text,) = {words(item) for item in built.page(docname).select("dd") if "As known" in words(item)}
        assert "see" in text, docname
        assert "p. 3" in text, docname


# FAULT (pages/citing/backlinks.py, backlinks): a page that names a work by {survey:paper} is linked from nowhere, and
# the paper's own page says "Nowhere but in listings yet", although running text refers to it.
@pytest.mark.parametrize("key", ["vaswani2017attention", "cole2022heads"])
def test_a_page_that_names_a_work_by_its_role_is_linked_too(survey: Tree, key: str) -> None:
    survey.write("docs/naming.md", page("Naming", f"The work {{survey:paper}}`{key}` began it."))
    assert ("Naming", "naming.html") in links(survey.build(), key)


def test_a_broken_entry_is_reported_and_all_others_are_there(survey: Tree) -> None:
    survey.write("references.bib", survey.read("references.bib") + "\n@article{zzz2024broken,\n  title = {Broken\n")
    built = survey.build()
    assert "bibtex-syntax" in built.warnings
    entries = built.page("bibliography").select("[role=doc-biblioentry]")
    assert len(entries) == len(survey.works)


def test_an_unknown_citation_is_said_with_its_place_and_the_nearest_key(survey: Tree) -> None:
    survey.write("docs/wrong.md", page("Wrong", "See {cite:p}`bell2023previuos`."))
    built = survey.build()
    assert "docs/wrong.md:7: WARNING: unknown-citation: " in built.warnings
    assert "did you mean 'bell2023previous'?" in built.warnings


def test_a_papers_page_leads_to_its_entry(built: Built) -> None:
    link = built.page("papers/wu2024retrieval").select_one(".survey-entry-link a")
    assert link["href"] == "../bibliography.html#cite-wu2024retrieval"
    assert built.page("bibliography").find(id="cite-wu2024retrieval") is not None
