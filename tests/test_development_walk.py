"""The page "Another survey", followed step by step."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from trees import ROOT
from walks import Walker, steps

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "development" / "another-survey.md"


@pytest.fixture(scope="module")
def walker(tmp_path_factory: pytest.TempPathFactory) -> Walker:
    folder = tmp_path_factory.mktemp("walk")
    (folder / "attention-heads").symlink_to(ROOT)
    walker = Walker(folder)
    for step in steps(PAGE.read_text("utf-8")):
        walker.follow(step)
    return walker


def page(walker: Walker, address: str) -> BeautifulSoup:
    return BeautifulSoup((walker.folder / "_build/html" / address).read_text("utf-8"), "html.parser")


def test_the_check_prints_what_the_page_says_it_prints(walker: Walker) -> None:
    (printed,) = (text.strip() for text in walker.printed if "bibliography entries" in text)
    assert printed.endswith(": no problems")
    assert f"`{printed}`" in PAGE.read_text("utf-8")


def test_the_strict_build_has_the_pages(walker: Walker) -> None:
    built = walker.folder / "_build/html"
    facts = ["heads/quicksort", "stages/comparison", "methods/analysis", "models/elliott", "datasets/random-keys"]
    lists = ["index", "taxonomy", "heads/index", "datasets/index", "explore", "chronology", "bibliography", "search"]
    names = [*facts, *lists, "papers/hoare1962quicksort", "404"]
    assert [name for name in names if not (built / f"{name}.html").is_file()] == []


def test_the_paper_is_on_the_pages_of_all_that_it_names(walker: Walker) -> None:
    listed = ["chronology", "index", "explore", "heads/quicksort", "datasets/random-keys", "models/elliott"]
    for name in listed:
        assert page(walker, f"{name}.html").select('[data-paper="hoare1962quicksort"]'), name


def test_the_facet_is_a_filter_and_in_the_data(walker: Walker) -> None:
    assert page(walker, "explore.html").select('[data-facet="dataset"] input[value="random-keys"]')
    data = json.loads((walker.folder / "_build/html/data/survey.json").read_text("utf-8"))
    assert data["papers"][0]["datasets"] == ["random-keys"]
    assert data["datasets"][0]["size"] == "any"


def test_the_search_has_its_index(walker: Walker) -> None:
    assert (walker.folder / "_build/html/pagefind/pagefind.js").is_file()


def test_read_the_docs_takes_its_configuration(walker: Walker) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.readthedocs"]
    done = subprocess.run(
        [*command, ".readthedocs.yaml"], check=False, capture_output=True, encoding="utf-8", cwd=walker.folder
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_command_that_fails_ends_a_walk(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="python3 -m no_such_module"):
        Walker(tmp_path).follow(next(steps("```sh\npython3 -m no_such_module\n```\n")))
