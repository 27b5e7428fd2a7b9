"""Links from each page to its source: to edit it, and to the form for a correction, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from trees import ROOT, Built, Tree, small_survey

from survey.pages.site.source_links import FORM

if TYPE_CHECKING:
    from pathlib import Path

REPOSITORY = "https://github.com/owner/survey"
SETTING = f'\nsurvey_repository = "{REPOSITORY}"\n'
#: The pages of the small survey: facts of each kind, lists and an ordinary page.
PAGES = {
    "papers/wu2024retrieval": "Retrieval Heads",
    "heads/retrieval": "Retrieval Head",
    "stages/knowledge-recalling": "Knowledge Recalling",
    "methods/probing": "Probing",
    "models/llama-2": "Llama 2",
    "chronology": "Chronology",
    "index": "A small survey",
}


def linked(built: Built, docname: str) -> dict[str, str]:
    """Return the addresses of a page's links to its source, by their words."""
    return {link.get_text().strip(): link["href"] for link in built.page(docname).select(".survey-contribute a[href]")}


@pytest.fixture(scope="module", params=["basic", "sphinx_book_theme"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("links"))
    tree.write("docs/conf.py", tree.read("docs/conf.py").replace('"basic"', repr(request.param)) + SETTING)
    built = tree.build()
    assert built.warnings == ""
    return built


@pytest.mark.parametrize("docname", PAGES)
def test_a_page_can_be_edited_where_its_source_is_kept(built: Built, docname: str) -> None:
    assert linked(built, docname)["Edit this page"] == f"{REPOSITORY}/edit/main/docs/{docname}.md"


@pytest.mark.parametrize(("docname", "title"), PAGES.items())
def test_the_form_for_a_correction_is_filled_in(built: Built, docname: str, title: str) -> None:
    address = urlsplit(linked(built, docname)["Suggest a correction"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{REPOSITORY}/issues/new"
    assert parse_qs(address.query, strict_parsing=True) == {
        "template": [FORM],
        "title": [f"Correct: {title}"],
        "page": [f"https://example.org/survey/{docname}.html"],
        "file": [f"docs/{docname}.md"],
    }


@pytest.mark.parametrize("docname", ["search", "genindex"])
def test_a_page_without_a_source_has_no_links(built: Built, docname: str) -> None:
    assert linked(built, docname) == {}
    assert REPOSITORY not in built.text(f"{docname}.html")


def test_links_are_no_part_of_what_is_searched(built: Built) -> None:
    assert built.page("heads/retrieval").select("[data-pagefind-body] .survey-contribute") == []


def test_every_parameter_is_a_field_of_the_form() -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / FORM).read_text("utf-8"))
    assert {"page", "file"} <= {field.get("id") for field in form["body"]}


def test_titles_are_data_in_addresses(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + SETTING)
    title = "Heads & <b>\"tails\"</b>: #1 + 100 % of 'them'? 注意力"
    tree.paper("dunn2025mark", title=title, heads=["memory"], published="2025-05-05")
    address = linked(tree.build(), "papers/dunn2025mark")["Suggest a correction"]
    assert parse_qs(urlsplit(address).query)["title"] == [f"Correct: {title}"]
    assert address.isascii()
    assert not set(address) & set(" \"'<>")


def test_names_of_files_and_branches_are_encoded(survey: Tree) -> None:
    survey.write("docs/more & other/a #1 page.md", "---\norphan: true\n---\n# A page\n")
    links = linked(
        survey.build(confoverrides={"survey_repository": REPOSITORY, "survey_branch": "next/#2"}),
        "more & other/a #1 page",
    )
    assert links["Edit this page"] == f"{REPOSITORY}/edit/next/%232/docs/more%20%26%20other/a%20%231%20page.md"
    assert unquote(links["Edit this page"]).endswith("/docs/more & other/a #1 page.md")


def test_without_a_repository_pages_have_no_links(survey: Tree) -> None:
    built = survey.build()
    assert built.warnings == ""
    assert linked(built, "heads/retrieval") == {}


def test_without_an_address_of_the_site_a_page_is_named_from_its_root(survey: Tree) -> None:
    links = linked(survey.build(confoverrides={"survey_repository": REPOSITORY, "html_baseurl": ""}), "heads/retrieval")
    assert parse_qs(urlsplit(links["Suggest a correction"]).query)["page"] == ["heads/retrieval.html"]


@pytest.mark.parametrize(
    "given",
    ["git@github.com:owner/survey.git", "http://github.com/owner/survey", "https://", "https://[", "owner/survey"],
)
def test_an_address_that_is_none_is_reported_and_not_linked(survey: Tree, given: str) -> None:
    built = survey.build(confoverrides={"survey_repository": given})
    assert f"bad-repository: survey_repository is '{given}'" in built.warnings
    assert "https://github.com/owner/name" in built.warnings
    assert linked(built, "heads/retrieval") == {}


@pytest.mark.parametrize("given", [f"{REPOSITORY}/", f"{REPOSITORY}.git"])
def test_an_address_for_cloning_serves_as_well(survey: Tree, given: str) -> None:
    links = linked(survey.build(confoverrides={"survey_repository": given}), "index")
    assert links["Edit this page"] == f"{REPOSITORY}/edit/main/docs/index.md"


def test_a_changed_configuration_shows_on_every_page_without_reading_any_again(survey: Tree) -> None:
    survey.build(confoverrides={"survey_repository": REPOSITORY})
    new = {"survey_repository": "https://github.com/new/place", "survey_branch": "trunk"}
    changed = survey.build(confoverrides=new)
    assert changed.read == frozenset()
    for docname in PAGES:
        assert linked(changed, docname)["Edit this page"].startswith("https://github.com/new/place/edit/trunk/docs/")
    removed = survey.build(confoverrides={"survey_repository": ""})
    assert all(linked(removed, docname) == {} for docname in PAGES)


def test_a_changed_title_shows_in_the_form(survey: Tree) -> None:
    survey.build(confoverrides={"survey_repository": REPOSITORY})
    survey.replace("docs/chronology.md", "# Chronology", "# By year")
    address = linked(survey.build(confoverrides={"survey_repository": REPOSITORY}), "chronology")
    assert parse_qs(urlsplit(address["Suggest a correction"]).query)["title"] == ["Correct: By year"]


def test_the_source_is_named_from_the_surveys_root(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + SETTING + 'survey_root = "../"\n')
    assert linked(tree.build(), "index")["Edit this page"] == f"{REPOSITORY}/edit/main/docs/index.md"


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub", "text"])
def test_other_builders_have_links_only_where_pages_are_a_site(survey: Tree, builder: str) -> None:
    built = survey.build(builder, confoverrides={"survey_repository": REPOSITORY, "version": "1"})
    assert built.warnings == ""
    everything = b"".join(built.files.values())
    assert (f"{REPOSITORY}/edit/main/".encode() in everything) is (builder == "dirhtml")
