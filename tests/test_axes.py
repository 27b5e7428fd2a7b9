"""What heads read and write: kinds from closed lists, in front matter, pages, the explorer and the data files."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
from trees import small_survey

from survey.catalogue.schema.axes import AXES

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Built, Tree

EXPLORE = "---\norphan: true\n---\n\n# Explore\n\n```{survey:explore}\n```\n"
INDEX = "---\norphan: true\n---\n\n# A to Z\n\n```{survey:index} head\n```\n"
RETRIEVAL = "docs/heads/retrieval.md"


def with_kinds(tree: Tree) -> Tree:
    """Give one head type of the small survey its kinds, and the survey the pages that show them."""
    tree.replace(RETRIEVAL, "head:\n", "head:\n  reads_kind: [evidence, entity]\n  writes_kind: [copy]\n")
    tree.write("docs/taxonomy.md", "# Taxonomy\n\n```{survey:matrix}\n```\n")
    tree.write("docs/explore.md", EXPLORE)
    tree.write("docs/heads/index.md", INDEX)
    return tree


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site with what one head type reads and writes."""
    found = with_kinds(small_survey(tmp_path_factory.mktemp("axes"))).build()
    assert found.warnings == ""
    return found


def test_the_matrix_leads_to_the_lists(built: Built) -> None:
    page = built.page("taxonomy")
    cells = {cell["href"]: cell for cell in page.select(".survey-matrix tbody td a")}
    cell = cells["#reads-evidence-copy"]
    assert (cell.get_text(), cell["aria-label"]) == ("1", "Evidence, Copies: 1 head type")
    item = page.find(id="reads-evidence-copy")
    assert item.get_text().startswith("Copies: ")
    assert item.find("a")["href"] == "heads/retrieval.html"
    assert all(page.find(id=address[1:]) for address in cells)
    assert all(page.find(id=link["href"][1:]) for link in page.select(".survey-matrix tbody th a"))
    assert "heads/memory.html" in {link["href"] for link in page.find(id="reads-unknown-unknown").select("a")}


def test_kinds_stand_in_the_order_of_the_list(built: Built) -> None:
    assert built.page("taxonomy").select_one(".survey-matrix thead th").get_text() == "reads ↓ writes →"
    rows = [row.get_text() for row in built.page("taxonomy").select(".survey-matrix tbody th")]
    assert rows == ["Named entity", "Evidence", "Not established"]


def test_a_heads_page_leads_to_the_explorer(built: Built) -> None:
    links = built.page("heads/retrieval").select(".survey-glance a[href*='explore.html']")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Named entity", "../explore.html?reads=entity"),
        ("Evidence", "../explore.html?reads=evidence"),
        ("Copies", "../explore.html?writes=copy"),
    ]


def test_papers_can_be_chosen_by_what_their_heads_read(built: Built) -> None:
    page = built.page("explore")
    paper = page.find(attrs={"data-paper": "wu2024retrieval"})
    assert (paper["data-reads"], paper["data-writes"]) == ("entity evidence", "copy")
    terms = page.select("[data-facet=reads] input[type=checkbox]")
    assert [term["value"] for term in terms] == ["entity", "evidence", "not-recorded"]


def test_the_index_says_it(built: Built) -> None:
    assert "Reads: Named entity, Evidence · Writes: Copies" in built.page("heads/index").get_text()


def test_the_data_files_have_it(built: Built) -> None:
    records = json.loads(built.text("data/survey.json"))
    schema = json.loads(built.text("data/survey.schema.json"))
    jsonschema.validate(records, schema)
    record = next(head for head in records["heads"] if head["id"] == "retrieval")
    assert (record["reads_kind"], record["writes_kind"]) == (["evidence", "entity"], ["copy"])
    record["writes_kind"] = ["sing"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(records, schema)
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(built.text("data/heads.csv")))}
    assert (rows["retrieval"]["reads_kind"], rows["retrieval"]["writes_kind"]) == ("evidence; entity", "copy")
    assert rows["memory"]["reads_kind"] == ""


def test_pages_follow_a_change(tmp_path: Path) -> None:
    tree = with_kinds(small_survey(tmp_path))
    tree.build()
    tree.replace(RETRIEVAL, "writes_kind: [copy]", "writes_kind: [suppress]")
    built = tree.build()
    assert {"taxonomy", "explore", "heads/index", "heads/retrieval"} <= built.read
    assert "heads/memory" not in built.read
    assert built.files["taxonomy.html"] == tree.build(fresh=True).files["taxonomy.html"]


def test_without_an_explorer_kinds_are_text(tmp_path: Path) -> None:
    tree = with_kinds(small_survey(tmp_path))
    tree.remove("docs/explore.md")
    glance = tree.build().page("heads/retrieval").select_one(".survey-glance")
    assert "Named entity, Evidence" in glance.get_text()
    assert not glance.select("a[href*=explore]")


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_books_have_the_lists(tmp_path: Path, builder: str) -> None:
    built = with_kinds(small_survey(tmp_path)).build(builder)
    assert built.warnings == ""
    name = "taxonomy.txt" if builder == "text" else next(name for name in built.files if name.endswith(".tex"))
    assert "Evidence" in built.text(name)
    assert "survey-matrix" not in built.text(name)


def test_another_kind_is_an_error_with_its_line(tmp_path: Path) -> None:
    tree = with_kinds(small_survey(tmp_path))
    tree.replace(RETRIEVAL, "[copy]", "[copy, sing]")
    (problem,) = tree.problems()
    assert (problem.path, problem.line, problem.code) == (RETRIEVAL, 4, "bad-value")
    assert all(kind.id in problem.explanation for kind in AXES[1].kinds)


def test_a_survey_may_have_kinds_of_its_own(tmp_path: Path) -> None:
    tree = with_kinds(small_survey(tmp_path))
    tree.write("docs/survey.toml", '[reads]\nkey-field = "The key that is compared."\n')
    tree.replace(RETRIEVAL, "[evidence, entity]", "[key-field]")
    assert tree.problems() == []
    built = tree.build()
    text = built.page("taxonomy").get_text()
    assert "Key field" in text
    assert "The key that is compared." in text
    assert "Copies" in text
    schema = json.loads(built.text("data/survey.schema.json"))
    assert "key-field" in json.dumps(schema)
    assert "earlier-match" not in json.dumps(schema)


@pytest.mark.parametrize(
    ("settings", "line", "says"),
    [
        ("reads = 3\n", 1, "'reads' is not a table"),
        ('[reads]\nKey = "A key."\n', 2, "'Key' cannot be the id of a kind"),
        ('require = []\n\n[writes]\nkey = ""\n', 4, "'key' has no text"),
        ('[[facets]]\nkind = "a"\nfolder = "b"\ntitle = "C"\n\n[writes]\nkey = 7\n', 7, "'key' has no text"),
        ('[red]\nkey = "A key."\n', 1, "there is no setting 'red'"),
    ],
)
def test_wrong_kinds_are_said_with_their_line(tmp_path: Path, settings: str, line: int, says: str) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/survey.toml", settings)
    found = tree.problems()
    assert [(at.path, at.line, says in at.explanation) for at in found] == [("docs/survey.toml", line, True)]
