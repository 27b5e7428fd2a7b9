"""Text from the bibliography and from front matter is data: shown as it was written in every output, and never run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from trees import Built, Tree, small_survey

if TYPE_CHECKING:
    from bs4 import Tag

MARKUP = "<script>alert('x')</script> & \"q\" 'a' <b>b</b> {{ x }} {% y %} *e* `c` [l](http://x) #1 a_b 100%"
LATEX = r"\alpha \input{x} $x^2$ \\ {b} ~ ^2"
NASTY = f"{MARKUP} {LATEX}"
#: Titles and authors are BibTeX: braces, backslashes and dollar signs are markup there, and reported by the checks.
TITLE = "<script>alert('x')</script> & \"q\" 'a' <b>b</b> *e* `c` [l](http://x) #1 a_b"
AUTHOR = "O'Neil <i>x</i> & Sons"


def words(part: Tag | None) -> str:
    assert part is not None
    return " ".join(part.get_text().replace("¶", "").split())


def escaped(text: str) -> str:
    """Return Markdown that shows a text as it is."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#$&" else letter for letter in text)


def facts(part: Tag | None) -> dict[str, str]:
    assert part is not None
    return {words(term).rstrip(":"): words(term.find_next_sibling("dd")) for term in part.select("dt")}


def nasty_survey(tree: Tree) -> Tree:
    """Add facts whose texts are full of markup, on pages with harmless headings."""
    category = {"id": "nasty-category", "name": NASTY, "definition": NASTY}
    fields = {"name": NASTY, "abbreviation": NASTY, "order": 3, "categories": [category]}
    tree.fact("docs/stages/nasty-stage.md", "stage", fields, "A stage", "Text.\n")
    outside = {
        "model": "nasty-model",
        "at": ["1.2"],
        "source": NASTY,
        "url": "https://example.org/?a=1&b=%22%3Ci%3E&amp;c=~(2)",
    }
    fields = {"name": NASTY, "aliases": [f"Alias {NASTY}"], "stage": "nasty-stage", "category": "nasty-category"}
    tree.fact("docs/heads/nasty-head.md", "head", fields | {"positions": [outside]}, "A head", "Text.\n")
    tree.fact("docs/methods/nasty-method.md", "method", {"name": NASTY, "group": NASTY}, "A method", "Text.\n")
    member = {"id": "nasty-model", "name": NASTY, "parameters": NASTY, "aliases": [f"Alias {NASTY}"]}
    tree.fact("docs/models/nasty-family.md", "model", {"name": NASTY, "members": [member]}, "A family", "Text.\n")
    tree.paper(
        "nasty2024paper",
        title=TITLE,
        heads=["nasty-head"],
        models=["nasty-model"],
        methods=["nasty-method"],
        tasks=[NASTY],
        positions=[{"model": "nasty-model", "head": "nasty-head", "at": ["3.4"], "source": NASTY}],
        links={"code": ["https://example.org/?a=1&b=%22%3Ci%3E&amp;c=~(2)"]},
        bib={"author": f"{{{AUTHOR}}}", "journal": f"Journal of {TITLE}"},
    )
    tree.replace("docs/papers/nasty2024paper.md", f"# {TITLE}", f"# {escaped(TITLE)}")
    tree.write("docs/listed.md", "---\norphan: true\n---\n\n# Listed\n\n```{survey:index} head\n```\n")
    return tree


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return nasty_survey(small_survey(tmp_path_factory.mktemp("nasty")))


@pytest.fixture(scope="module")
def built(tree: Tree) -> Built:
    assert tree.problems() == []
    built = tree.build()
    assert built.warnings == ""
    return built


def test_no_page_has_an_element_that_a_text_brought_in(built: Built) -> None:
    pages = [path.removesuffix(".html") for path in built.files if path.endswith(".html")]
    assert "papers/nasty2024paper" in pages
    for docname in pages:
        page = built.page(docname)
        scripts = page.select("script:not([type='application/ld+json'])")
        assert [script for script in scripts if "alert" in script.get_text()] == [], docname
        assert page.select("body b, body i, a[href='http://x']") == [], docname


def test_metadata_has_titles_and_authors_as_written(built: Built) -> None:
    page = built.page("papers/nasty2024paper")
    (data,) = (json.loads(script.get_text()) for script in page.select("script[type='application/ld+json']"))
    assert data["headline"] == TITLE
    assert [author["name"] for author in data["author"]] == [AUTHOR]
    (title,) = page.select("meta[property='og:title']")
    assert title["content"] == TITLE


def test_a_paper_shows_title_authors_and_venue_as_written(built: Built) -> None:
    page = built.page("papers/nasty2024paper")
    assert words(page.select_one("h1")) == TITLE
    assert page.title is not None
    assert page.title.get_text().startswith(TITLE)
    assert words(page.select_one(".survey-header p")) == AUTHOR
    assert f"Journal of {TITLE}, 2024" in words(page.select_one(".survey-header"))


def test_a_paper_shows_the_names_of_its_tags_and_tasks_as_written(built: Built) -> None:
    found = facts(built.page("papers/nasty2024paper").select_one(".survey-header"))
    assert found == dict.fromkeys(("Stage", "Head", "Method", "Model", "Tasks"), NASTY)


def test_a_paper_shows_its_sources_as_written(built: Built) -> None:
    cells = [words(cell) for cell in built.page("papers/nasty2024paper").select("#positions td")]
    assert cells == [NASTY, NASTY, "3.4", NASTY]


def test_a_paper_shows_its_entry_and_reference_as_written(built: Built, tree: Tree) -> None:
    page = built.page("papers/nasty2024paper")
    block = page.select_one("#cite pre")
    assert block is not None
    assert block.get_text() == tree.works["nasty2024paper"].strip()
    assert words(page.select_one("#cite .survey-reference")) == f"{AUTHOR}. {TITLE}. Journal of {TITLE}, 2024."


def test_a_head_shows_names_and_sources_as_written(built: Built) -> None:
    page = built.page("heads/nasty-head")
    aside = page.select_one("aside")
    assert aside is not None
    assert aside["aria-label"] == f"{NASTY} at a glance"
    found = facts(aside)
    assert [found[label] for label in ("Stage", "Category", "Model families")] == [NASTY] * 3
    assert found["Also called"] == f"Alias {NASTY}"
    assert [words(cell) for cell in page.select("#positions td")][:3] == [NASTY, "1.2", NASTY]
    (source,) = page.select("#positions a[href^='https://example.org']")
    assert source["href"] == "https://example.org/?a=1&b=%22%3Ci%3E&amp;c=~(2)"


def test_other_pages_show_names_as_written(built: Built) -> None:
    assert NASTY in words(built.page("stages/nasty-stage").select_one("section"))
    assert NASTY in words(built.page("taxonomy").select_one("section"))
    assert NASTY in words(built.page("listed").select_one("section"))
    member = built.page("models/nasty-family").find(id="nasty-model")
    assert words(member.select_one("h2")) == NASTY
    assert facts(member)["Parameters"] == NASTY
    assert facts(member)["Also called"] == f"Alias {NASTY}"


def test_listings_and_the_bibliography_show_titles_as_written(built: Built) -> None:
    item = built.page("chronology").select_one("[data-paper=nasty2024paper]")
    assert words(item).startswith(TITLE)
    assert TITLE in words(built.page("bibliography").find(id="cite-nasty2024paper"))


def test_text_output_shows_what_was_written(tree: Tree) -> None:
    built = tree.build("text")
    assert built.warnings == ""
    assert MARKUP in " ".join(built.text("heads/nasty-head.txt").split())


def test_every_page_of_the_epub_is_well_formed(tree: Tree) -> None:
    built = tree.build("epub", confoverrides={"version": "1"})
    assert built.warnings == ""
    pages = [path for path in built.files if path.endswith(".xhtml")]
    assert len(pages) > 15
    for path in pages:
        ET.fromstring(built.files[path])  # our own output


def test_latex_output_runs_nothing_that_was_written(tree: Tree) -> None:
    (source,) = (text for path, text in tree.build("latex").files.items() if path.endswith(".tex"))
    assert b"textbackslash{}input" in source
    assert rb"\input{x}" not in source


@pytest.mark.parametrize(
    "text",
    ["Under 5% of Heads", "50%", "a ~ b", "C# and F#", "a_b^c", "R&D"],
)
def test_a_sign_that_latex_would_read_stays_in_title_and_venue(survey: Tree, text: str) -> None:
    survey.paper("sign2024title", title=text, heads=["memory"], bib={"journal": f"Journal: {text}!"})
    survey.replace("docs/papers/sign2024title.md", f"# {text}", f"# {escaped(text).replace('~', '&#126;')}")
    assert survey.problems() == []
    built = survey.build()
    assert built.warnings == ""
    reference = f"Jane Doe. {text}. Journal: {text}!, 2024."
    assert words(built.page("papers/sign2024title").select_one("#cite .survey-reference")) == reference
    assert reference in words(built.page("bibliography").find(id="cite-sign2024title"))


@pytest.mark.parametrize("text", [r"The $x$ Head", r"A \alpha{} Head", r"A \ Head", r"100\% Heads", r"\input{x}"])
def test_latex_in_a_title_is_reported_and_ends_no_build(survey: Tree, text: str) -> None:
    survey.work("latex2024title", title=text)
    survey.write("docs/citing.md", "---\norphan: true\n---\n\n# Citing\n\n{cite:t}`latex2024title`\n")
    built = survey.build()
    said = [line for line in built.warnings.splitlines() if not line.startswith("references.bib:")]
    assert said == []
    assert built.page("bibliography").find(id="cite-latex2024title") is not None
