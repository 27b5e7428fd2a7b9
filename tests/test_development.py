"""The pages for developers say what is so: what they name exists, and nothing that they list is missing."""

from __future__ import annotations

import importlib
import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from trees import EXTENSIONS, ROOT

from survey.catalogue import load
from survey.catalogue.records.settings import read_layout
from survey.catalogue.views.described_files import fieldsets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.catalogue.views.described_files import Fieldset

FOLDER = ROOT / "docs" / "development"
PAGES = sorted(FOLDER.glob("*.md"))
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
_NAMED = re.compile(r"`(survey(?:\.\w+)+)`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")


def resolve(name: str) -> object:
    """Return the module, class, function or attribute of a dotted name."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        return found
    raise ModuleNotFoundError(name)


@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.stem)
def test_every_module_and_function_that_a_page_names_exists(source: Path) -> None:
    for name in sorted(set(_NAMED.findall(source.read_text("utf-8")))):
        resolve(name)


SOURCES = [path for path in (EXTENSIONS / "survey").rglob("*") if path.suffix in {".py", ".html", ".js", ".css"}]
_FILE = re.compile(r"\b([a-z_]+\.py)\b")
_MODULE = re.compile(r":mod:`~?(survey[\w.]*)`")


def test_every_module_that_the_code_names_exists() -> None:
    files = {path.name for path in [*SOURCES, *(ROOT / ".github/scripts").iterdir()]} | {"conf.py"}
    for path in SOURCES:
        text = path.read_text("utf-8")
        assert set(_FILE.findall(text)) <= files, path
        for name in set(_MODULE.findall(text)):
            resolve(name)


def test_a_name_that_does_not_exist_would_be_found() -> None:
    with pytest.raises(AttributeError):
        resolve("survey.catalogue.Catalogue.no_such_thing")


def tables(text: str) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Yield the tables of a page: the heading above, the headings of columns, and the rows."""
    heading, lines = "", [*text.splitlines(), ""]
    rows: list[list[str]] = []
    for line in lines:
        if match := _HEADING.match(line):
            heading = match[1]
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            yield heading, rows[0], rows[2:]
            rows = []


def table(page: str, heading: str) -> list[list[str]]:
    """Return the rows of the first table below a heading of a page for developers."""
    return next(rows for above, _, rows in tables((FOLDER / page).read_text("utf-8")) if above == heading)


def test_the_architecture_names_every_package() -> None:
    rows = table("architecture.md", "The parts")
    named = {row[0].strip("`") for row in rows}
    packages = {f"survey.{path.parent.name}" for path in (EXTENSIONS / "survey").glob("*/__init__.py")}
    assert packages | {"survey.catalogue.views", "survey.command"} == named


@pytest.mark.parametrize("whole", ["pages", "catalogue"])
def test_the_architecture_shows_the_floors_of_the_packages(whole: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == whole)["layers"]
    inside = EXTENSIONS / "survey" / whole
    packages = {path.parent.name for path in inside.glob("*/__init__.py")}
    floors = [floor for layer in layers if (floor := packages & set(layer.split(" | ")))]
    assert len(floors) <= 5
    rows = table("architecture.md", f"The packages of the {whole}")
    said = {(int(floor), name.strip("`")) for floor, name, _ in rows}
    assert said == {
        (number, f"survey.{whole}.{name}") for number, floor in enumerate(reversed(floors), 1) for name in floor
    }
    assert packages == set().union(*floors)


def test_only_the_packages_that_are_said_to_know_sphinx_do() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    without = set(next(contract for contract in contracts if contract["id"] == "no-sphinx")["source_modules"])
    rows = table("architecture.md", "The parts")
    said = {row[0].strip("`") for row in rows if row[2] == "no"} - {"survey.catalogue.views"}
    assert said <= without


def test_the_architecture_names_every_library_that_a_build_needs() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    needed = {re.match(r"[\w-]+", line)[0] for line in groups["build"]}  # type: ignore[index]
    rows = table("architecture.md", "Which library does what")
    assert {re.match(r"\[([\w-]+)\]", row[0])[1] for row in rows} == needed  # type: ignore[index]


def test_the_paper_of_the_architecture_is_as_the_page_says() -> None:
    catalogue = load(ROOT)
    paper = catalogue.papers["wu2024retrieval"]
    assert paper.tags["head"] == ("retrieval",)
    assert paper.tags["stage"] == ("in-context-identification",)
    assert catalogue.places_in["wu2024retrieval"]


def test_the_pages_for_developers_are_found_from_the_home_page() -> None:
    assert "development/index" in (ROOT / "docs" / "index.md").read_text("utf-8").splitlines()
    index = (FOLDER / "index.md").read_text("utf-8")
    for page in PAGES:
        if page.stem != "index":
            assert f"<{page.stem}>`" in index
            assert f"\n{page.stem}\n" in index


# CONTRIBUTING has tables of fields for those who have only the repository.


@pytest.fixture(scope="module")
def known() -> dict[str, Fieldset]:
    """Return what the code knows of fields, by where they stand."""
    layout, _ = read_layout(ROOT)
    return {found.path: found for found in fieldsets(layout)}


def contributing(heading: str, number: int = 0) -> dict[str, tuple[str, str]]:
    """Return one of the tables of fields: by name whether it is required, and what it holds."""
    found = [rows for above, columns, rows in tables(CONTRIBUTING) if above == heading and "field" in columns[0]]
    return {row[0].strip("`"): (row[1], row[2]) for row in found[number]}


@pytest.mark.parametrize(
    ("path", "heading", "number"),
    [
        ("paper", "The fields of a paper", 0),
        ("head", "Add a head type", 0),
        ("head.pattern", "Add a head type", 1),
        ("model", "Add a model", 0),
        ("model.members", "Add a model", 1),
        ("method", "Add a method", 0),
        ("stage", "Stages and categories", 0),
    ],
)
def test_contributing_has_the_fields_of_the_code(
    known: dict[str, Fieldset], path: str, heading: str, number: int
) -> None:
    rows = contributing(heading, number)
    assert {name: required == "yes" for name, (required, _) in rows.items()} == {
        field.name: field.required for field in known[path].fields
    }


def test_contributing_has_the_fields_of_positions(known: dict[str, Fieldset]) -> None:
    papers, heads = ({field.name: field.required for field in known[f"{kind}.positions"].fields} for kind in _POSITIONS)
    rows = contributing("Positions")
    assert rows.keys() == papers.keys() | heads.keys()
    for name, (required, _) in rows.items():
        assert (required == "yes") == bool(papers.get(name) and heads.get(name)), name


_POSITIONS = ("paper", "head")


@pytest.mark.parametrize(
    ("path", "heading", "number"),
    [
        ("paper.links", "The fields of a paper", 0),
        ("head.pattern.attends", "Add a head type", 1),
        ("stage.categories", "Stages and categories", 0),
    ],
)
def test_contributing_names_the_fields_of_mappings_in_one_row(
    known: dict[str, Fieldset], path: str, heading: str, number: int
) -> None:
    _, holds = contributing(heading, number)[path.rpartition(".")[2]]
    words = set(re.findall(r"\w+", " ".join(_CODE.findall(holds))))
    assert {field.name for field in known[path].fields} <= words
