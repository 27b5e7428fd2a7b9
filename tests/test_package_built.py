"""The package as ``nox -s package`` builds it: source, data and version; and the page of the site that explains it."""

from __future__ import annotations

import csv
import gzip
import io
import re
import runpy
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from pages_of_python import examples, faults
from trees import ROOT

from survey.catalogue import load
from survey.exports import Site, data_files, write

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Tree

SETTINGS = '[data]\nversion = "2026.9.1"\n'
STAGING = runpy.run_path(str(ROOT / "package" / "staging.py"))


def stage(survey: Path, folder: Path) -> str:
    written = data_files(load(survey), survey, Site.at(""))
    write([(address, written[address]) for address in ("data/survey.json", "data/positions.csv")], folder / "data")
    return str(STAGING["stage"](folder / "data", folder / "staged"))


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the package of this repository's survey."""
    folder = tmp_path_factory.mktemp("package")
    stage(ROOT, folder)
    return folder / "staged"


def alone(staged: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the package and without any other."""
    command = [sys.executable, "-S", *arguments]
    environment = {"PYTHONPATH": str(staged / "src"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8", env=environment)


def test_it_holds_the_data_of_the_site_and_has_their_version(survey: Tree, tmp_path: Path) -> None:
    survey.write("docs/survey.toml", SETTINGS)
    assert stage(survey.root, tmp_path) == "2026.9.1"
    inside = tmp_path / "staged" / "src" / "attention_heads"
    assert (
        gzip.decompress((inside / "survey.json.gz").read_bytes()) == (tmp_path / "data/data/survey.json").read_bytes()
    )
    assert (inside / "py.typed").is_file()
    project = tomllib.loads((tmp_path / "staged" / "pyproject.toml").read_text("utf-8"))["project"]
    assert (project["name"], project["version"], project["dependencies"]) == ("attention-heads", "2026.9.1", [])
    assert (tmp_path / "staged" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_same_data_give_the_same_bytes(survey: Tree, tmp_path: Path) -> None:
    survey.write("docs/survey.toml", SETTINGS)
    for name in ("one", "two"):
        stage(survey.root, tmp_path / name)
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one/staged", tmp_path / "two/staged")
    )
    assert first == second


def test_data_without_a_version_are_not_released(survey: Tree, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"docs/survey.toml: the data have no version; write version"):
        stage(survey.root, tmp_path)


def test_the_page_says_what_the_package_does(staged: Path) -> None:
    run = alone(staged, str(ROOT / "tests/pages_of_python.py"), str(ROOT / "docs/python.md"))
    assert (run.stdout, run.stderr) == ("all examples print what the page says\n", "")


def test_the_commands_of_the_page_run(staged: Path) -> None:
    commands = re.findall(r"`python (-m attention_heads [^`]+)`", (ROOT / "docs/python.md").read_text("utf-8"))
    assert len(commands) == 2
    for command in commands:
        run = alone(staged, *command.split())
        assert (run.returncode, run.stderr) == (0, "")
        assert run.stdout.startswith("GPT-2 small")


def test_the_readme_of_the_package_runs(staged: Path, tmp_path: Path) -> None:
    text = (ROOT / "package/README.md").read_text("utf-8")
    (code,) = (code for code, _ in examples(text))
    run = alone(staged, "-c", code)
    assert (run.returncode, run.stderr) == (0, "")


def test_every_position_of_the_site_is_in_the_package(staged: Path) -> None:
    code = (
        "import csv, sys; from attention_heads import survey\nout = csv.DictWriter(sys.stdout, survey.positions()[0])\n"
        "out.writeheader(); out.writerows(survey.positions())"
    )
    columns = ("model", "layer", "head", "head_type", "paper")
    table = (staged.parent / "data/data/positions.csv").read_text("utf-8")
    found, expected = (
        sorted(tuple(row[column] for column in columns) for row in csv.DictReader(io.StringIO(text)))
        for text in (alone(staged, "-c", code).stdout, table)
    )
    assert found == expected


def test_an_example_that_prints_something_else_is_found() -> None:
    page = "```python\nprint(1)\n```\n\n```text\n2\n```\n\n```python\nprint(3)\n```\n\n```text\n3\n```\n"
    (fault,) = faults(page)
    assert "prints\n1\n" in fault
