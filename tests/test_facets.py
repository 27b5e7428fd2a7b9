"""Facets that a survey declares itself: a folder and a few lines in docs/survey.toml."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from survey.catalogue.records.reserved_names import reserved_names
from survey.catalogue.records.selecting import Selection, select
from survey.catalogue.schema.fields import EntryFields, HeadFields
from survey.catalogue.views import Counts, Listing, PaperPage
from survey.exports import Site, data_files
from survey.pages.listings.directives import LISTING_OPTIONS

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion
    from trees import Tree

SETTINGS = "docs/survey.toml"
DATASETS = """\
[[facets]]
kind = "dataset"
folder = "data-sets"
title = "Data sets"
fields = ["size", "made-by"]
"""
FACET = {"kind": "dataset", "folder": "datasets", "title": "Data sets"}
PAPER = "docs/papers/wu2024retrieval.md"


def toml(**changes: object) -> str:
    """Return a declaration with changes; None takes a line out."""
    lines = [f"{key} = {value!r}" for key, value in {**FACET, **changes}.items() if value is not None]
    return "\n".join(["[[facets]]", *lines, ""])


@pytest.fixture
def faceted(survey: Tree) -> Tree:
    """Return a survey with a facet of its own, two entries in it, and papers that name them."""
    survey.write(SETTINGS, DATASETS)
    survey.fact("docs/data-sets/squad.md", "dataset", {"name": "SQuAD", "size": "100k"}, "SQuAD", "Questions.\n")
    survey.fact("docs/data-sets/glue.md", "dataset", {"name": "GLUE", "aliases": ["G"]}, "GLUE", "Tasks.\n")
    for paper in ("wu2024retrieval", "bell2023previous"):
        survey.replace(f"docs/papers/{paper}.md", "\n---\n\n#", "\n  data-sets: [squad]\n---\n\n#")
    return survey


def test_a_declared_facet_is_read_like_the_others(faceted: Tree) -> None:
    catalogue = faceted.load()
    assert catalogue.problems == ()
    assert [(entry.id, entry.name) for entry in catalogue.entries["dataset"].values()] == [
        ("glue", "GLUE"),
        ("squad", "SQuAD"),
    ]
    assert catalogue.entries["dataset"]["squad"].fields.model_dump()["size"] == "100k"
    assert catalogue.name("dataset", "squad") == "SQuAD"
    assert [paper.key for paper in catalogue.papers_of("dataset", "squad")] == ["wu2024retrieval", "bell2023previous"]
    assert catalogue.papers["ahn2025memory"].tags["dataset"] == ()


@pytest.mark.parametrize(
    ("words", "one", "many", "none"),
    [
        ({}, "Dataset", "Data sets", "No dataset"),
        ({"kind": "hypothesis", "title": "Hypotheses"}, "Hypothesis", "Hypotheses", "No hypothesis"),
        ({"one": "corpus", "many": "corpora", "none": "without a corpus"}, "Corpus", "Corpora", "Without a corpus"),
    ],
    ids=["by its kind and title", "irregular plural", "by words of its own"],
)
def test_a_facet_has_its_own_words(survey: Tree, words: dict[str, str], one: str, many: str, none: str) -> None:
    survey.write(SETTINGS, toml(**words))
    kind = words.get("kind", "dataset")
    for key in ("squad", "glue"):
        survey.fact(f"docs/datasets/{key}.md", kind, {"name": key.upper()}, key.upper(), "Questions.\n")
    survey.replace(PAPER, "\n---\n\n#", "\n  datasets: [squad, glue]\n---\n\n#")
    survey.replace("docs/papers/bell2023previous.md", "\n---\n\n#", "\n  datasets: [squad]\n---\n\n#")
    catalogue = survey.load()
    labels = {key: PaperPage(key).select(catalogue).labels for key in ("wu2024retrieval", "bell2023previous")}
    assert (labels["wu2024retrieval"][-1], labels["bell2023previous"][-1]) == ((kind, many), (kind, one))
    groups = Listing(Selection(group_by=kind)).select(catalogue)
    assert groups[-1][0].name == none
    assert (many[0].lower() + many[1:], 2) in Counts().select(catalogue)


def test_no_facet_can_have_a_name_that_means_something(survey: Tree) -> None:
    catalogue = survey.load()
    files = data_files(catalogue, survey.root, Site.at(""))
    records = json.loads(files["data/survey.json"])
    texts = (files[f"data/{table}.csv"].decode() for table in ("papers", "positions"))
    columns = {column for text in texts for column in next(csv.reader(text.splitlines()))}
    used = {*records, *records["papers"][0], *records["heads"][0], *columns, *LISTING_OPTIONS}
    own = {name for facet in catalogue.layout.facets for name in (facet.kind, facet.folder)}
    of_heads = set(HeadFields.model_fields) - set(EntryFields.model_fields)
    assert used - own - of_heads - reserved_names() == set()


@pytest.mark.parametrize(
    "kind",
    ["author", "authors", "file", "title", "doi", "url", "key", "page", "summary", "version", "code", "cite", "q"],
)
def test_a_taken_name_is_a_problem_with_its_line(survey: Tree, kind: str) -> None:
    survey.write(SETTINGS, toml(kind=kind))
    (problem,) = survey.problems()
    assert (problem.line, problem.code, problem.message) == (2, "bad-value", f"the name '{kind}' is taken")


def test_papers_are_selected_and_grouped_by_it(faceted: Tree) -> None:
    catalogue = faceted.load()
    chosen = Selection(filters=(("dataset", ("squad", "glue")), ("head", ("retrieval",))), group_by="dataset")
    assert [(group, [paper.key for paper in papers]) for group, papers in select(catalogue, chosen)] == [
        ("squad", ["wu2024retrieval"])
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "code", "hint"),
    [
        (PAPER, "[squad]", "[squaad]", 23, "unknown-dataset", "'squad'"),
        (PAPER, "A task.", "{survey:dataset}`squaad`", 32, "unknown-dataset", "'squad'"),
        (PAPER, "data-sets:", "data-set:", 23, "unknown-field", "'data-sets'"),
        ("docs/data-sets/squad.md", "size:", "sizes:", 4, "unknown-field", "'size'"),
        ("docs/data-sets/squad.md", "name:", "nam:", 2, "missing-field", "add 'name: …' under 'dataset'"),
        ("docs/data-sets/squad.md", "100k", "[100k]", 4, "bad-value", "a text"),
        ("docs/data-sets/squad.md", "dataset:", "head:", 2, "unknown-kind", "'dataset:'"),
    ],
    ids=["tag", "role", "field of papers", "field of entries", "no name", "value", "kind"],
)
def test_what_is_wrong_in_it_is_said_like_everywhere(
    faceted: Tree, path: str, old: str, new: str, line: int, code: str, hint: str
) -> None:
    faceted.replace(path, old, new)
    found = [(problem.path, problem.line) for problem in faceted.problems() if problem.code == code]
    assert found == [(path, line)]
    assert any(hint in problem.hint for problem in faceted.problems() if problem.code == code)


def test_without_settings_there_are_the_four_facets(survey: Tree) -> None:
    assert list(survey.load().entries) == ["head", "stage", "method", "model"]
    survey.write(SETTINGS, "")
    assert list(survey.load().entries) == ["head", "stage", "method", "model"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_settings_may_come_from_any_editor(survey: Tree, newline: str, mark: str) -> None:
    survey.write(SETTINGS, mark + DATASETS.replace("\n", newline))
    catalogue = survey.load()
    assert catalogue.problems == ()
    assert "dataset" in catalogue.entries


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (toml(kind=None), "kind"),
        (toml(folder=""), "folder"),
        (toml(title=5), "title"),
        (toml(kind="Data set"), "name"),
        (toml(folder="../elsewhere"), "name"),
        (toml(folder="data/sets"), "name"),
        (toml(fields="size"), "fields"),
        (toml(fields=["Size"]), "name"),
        (toml(fields=[5]), "name"),
        (toml(kind="head"), "'head'"),
        (toml(kind="paper"), "'paper'"),
        (toml(folder="papers"), "'papers'"),
        (toml(folder="models"), "'models'"),
        (toml(folder="tasks"), "'tasks'"),
        (toml() + toml(folder="other"), "'dataset'"),
        (toml() + toml(kind="other"), "'datasets'"),
        (toml(kind="year"), "'year'"),
        (toml(kind="sort"), "'sort'"),
        (toml(fields=["name"]), "'name'"),
        (toml(fields=["aliases"]), "'aliases'"),
        (toml(feilds=["size"]), "'feilds'"),
        (toml().replace("facets", "facet"), "'facet'"),
        ("facets = 5", "facets"),
        ("facets = 'dataset'", "facet"),
        ("facets = [1, 'x']", "facet"),
        ("[facets]\nkind = 'dataset'", "facet"),
    ],
    ids=[
        *("no kind", "empty folder", "number for a title", "kind in words", "folder outside", "folder in a folder"),
        *("text for fields", "field in capitals", "number for a field", "kind taken", "kind paper", "folder papers"),
        *("folder taken", "folder is a paper's field", "kind twice", "folder twice", "kind is a filter"),
        *("kind is an option", "field name", "field aliases", "misspelt field", "misspelt table", "number", "text"),
        *("list of anything", "one table"),
    ],
)
def test_a_wrong_declaration_is_reported_and_the_rest_still_works(
    survey: Tree, text: str, says: str, snapshot: SnapshotAssertion
) -> None:
    survey.write(SETTINGS, text)
    catalogue = survey.load()
    assert {(problem.path, problem.code) for problem in catalogue.problems} <= {
        (SETTINGS, "bad-value"),
        (SETTINGS, "unknown-field"),
    }
    assert any(says in problem.message and problem.hint for problem in catalogue.problems)
    assert [str(problem) for problem in catalogue.problems] == snapshot
    assert len(catalogue.papers) == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# settings\n\nfacets = [", 3),
        ("# settings\nx = 2024-13-01\n", 2),
        ("[[facets]]\nkind = 'a'\nkind = 'b'\n", 3),
        (f"{DATASETS}\n{toml(kind='head')}", 8),
        (f"{DATASETS}\n{toml(kind=None, folder='sets')}", 7),
        (f"{toml(feilds=[])}\n{DATASETS.replace('dataset', 'set')}", 5),
    ],
    ids=["not closed", "no date", "key twice", "second declaration", "what isn't there", "misspelt key"],
)
def test_a_problem_of_the_settings_has_its_line(
    survey: Tree, text: str, line: int, snapshot: SnapshotAssertion
) -> None:
    survey.write(SETTINGS, text)
    problems = survey.problems()
    assert [(problem.path, problem.line) for problem in problems] == [(SETTINGS, line)]
    assert [str(problem) for problem in problems] == snapshot


@pytest.mark.parametrize("text", ["x = " + "[" * 5000 + "]" * 5000, "x = " + "9" * 5000], ids=["depth", "digits"])
def test_settings_that_are_too_much_are_reported(survey: Tree, text: str) -> None:
    survey.write(SETTINGS, text)
    assert {problem.path for problem in survey.problems()} == {SETTINGS}


@pytest.mark.parametrize(("folder", "field"), [("json", "size"), ("copies", "schema"), ("copy", "model-fields")])
def test_a_name_that_the_library_has_is_taken(
    survey: Tree, folder: str, field: str, recwarn: pytest.WarningsRecorder
) -> None:
    survey.write(SETTINGS, toml(kind="class", folder=folder, fields=[field]))
    assert [problem.code for problem in survey.problems()] == ["bad-value"]
    assert list(recwarn) == []


def test_a_kind_may_have_any_name_that_is_free(survey: Tree, recwarn: pytest.WarningsRecorder) -> None:
    survey.write(SETTINGS, toml(kind="copy", folder="copies", fields=["class", "size"]))
    survey.fact("docs/copies/one.md", "copy", {"name": "One", "class": "s"}, "One", "A copy.\n")
    survey.replace(PAPER, "\n---\n\n#", "\n  copies: [one]\n---\n\n#")
    catalogue = survey.load()
    assert catalogue.problems == ()
    assert [paper.key for paper in catalogue.papers_of("copy", "one")] == ["wu2024retrieval"]
    assert list(recwarn) == []


@pytest.mark.parametrize("old", ["[[facets]]", '"dataset"'])
def test_settings_that_cannot_be_used_do_not_put_papers_in_the_wrong(faceted: Tree, old: str) -> None:
    faceted.replace(SETTINGS, old, "[[")
    catalogue = faceted.load()
    assert {problem.path for problem in catalogue.problems} == {SETTINGS}
    assert "wu2024retrieval" in catalogue.papers
