"""The recipes of the page "Extending it", followed in a copy of the extension."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from trees import EXTENSIONS, ROOT, small_survey
from walks import steps

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "development" / "extending.md").read_text("utf-8")
LINE = re.search(r"the line is `(yield authors\.ADDRESS.+?)`", PAGE)
PUBLISHED = '    Published(authors.ADDRESS, "CSV", "The authors with most papers."),\n'


def insert(file: Path, before: str, line: str) -> None:
    """Put a line before another one."""
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, f"{line}{before}"), "utf-8")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a small survey with an extension of its own, built."""
    root = tmp_path_factory.mktemp("extended")
    survey = small_survey(root)
    extension = root / "docs" / "_ext" / "survey"
    shutil.copytree(EXTENSIONS / "survey", extension, ignore=shutil.ignore_patterns("__pycache__"))
    for step in steps(PAGE):
        survey.write(step.path, step.content)
    insert(extension / "pages" / "__init__.py", "    *(optional_links, ", "    authors_figure,\n")
    figures = "from survey.pages.figures import "
    insert(extension / "pages" / "__init__.py", f"{figures}atlas_figure", f"{figures}authors_figure\n")
    assert LINE is not None
    files = extension / "exports" / "files.py"
    insert(files, "    for address, content in modelheads", f"    {LINE[1]}\n")
    insert(files, "from survey.exports.text ", "from survey.exports import authors\n")
    published = extension / "exports" / "published.py"
    insert(published, '    Published("feed.xml"', PUBLISHED)
    insert(published, "\n\n@dataclass", "\nfrom survey.exports import authors")
    survey.replace("docs/conf.py", str(EXTENSIONS), str(extension.parent))
    survey.write("docs/authors.md", "---\norphan: true\n---\n\n# Authors\n\n```{survey:authors}\n:limit: 3\n```\n")
    reference = "---\norphan: true\n---\n\n# Reference\n\n```{survey:reference} directives\n```\n"
    survey.write("docs/reference.md", f"{reference}\n```{{survey:reference}} files\n```\n")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", "_build/html"]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", cwd=root)
    assert done.returncode == 0, done.stderr
    return root


def test_the_directive_shows_the_figure_and_the_table(extended: Path) -> None:
    page = BeautifulSoup((extended / "_build/html/authors.html").read_text("utf-8"), "html.parser")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]
    assert rows == [["Wenhao Wu", "2"], ["Ada Bell", "1"], ["Jane Doe", "1"]]
    assert len(page.select("svg.survey-authors-bars rect")) == 3
    assert page.select_one("svg.survey-authors-bars title").get_text() == "Authors by papers"


def test_the_reference_has_the_directive_and_the_file(extended: Path) -> None:
    page = BeautifulSoup((extended / "_build/html/reference.html").read_text("utf-8"), "html.parser")
    assert "At most so many authors." in page.select_one("#directive-authors + dd").get_text()
    assert page.select_one("#file-data-authors-csv a")["href"] == "data/authors.csv"


def test_the_build_and_the_command_write_the_export_alike(extended: Path) -> None:
    command = [sys.executable, "-m", "survey", "export", "out"]
    environment = {**os.environ, "PYTHONPATH": str(extended / "docs" / "_ext")}
    subprocess.run(command, check=True, capture_output=True, cwd=extended, env=environment)
    written = (extended / "out/data/authors.csv").read_bytes()
    assert written.startswith(b"author,papers\nWenhao Wu,2\nAda Bell,1\n")
    assert written == (extended / "_build/html/data/authors.csv").read_bytes()


def test_the_code_is_in_the_style_of_the_house(extended: Path) -> None:
    files = [step.path for step in steps(PAGE)]
    command = [sys.executable, "-m", "ruff"]
    for action in (["check"], ["format", "--diff"]):
        done = subprocess.run(
            [*command, *action, "--no-cache", "--config", str(ROOT / "pyproject.toml"), *files],
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=extended,
        )
        assert done.returncode == 0, done.stdout + done.stderr
