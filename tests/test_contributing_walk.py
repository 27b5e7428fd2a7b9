"""CONTRIBUTING, "Add a paper", done as it says: two commands and one edited file lead to a green strict build."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from trees import EXTENSIONS, ROOT, Tree, small_survey

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
#: Stands for nox: runs what the two sessions run.
NOX = """\
#!/bin/sh
session=$2
shift 2
case $session in
  new) shift; exec {python} -m survey new "$@" ;;
  docs) exec {python} -m sphinx -b html -W --keep-going -q docs docs/_build/html ;;
esac
exit 1
"""


#: What the survey of the repository asks of each paper.
REQUIRED = 'require = ["missing-models", "missing-reading", "missing-takeaway"]\n'
CLAIMS = """
  read: [full]
  takeaway: "Head {} does something."
"""


@dataclass(frozen=True)
class Chapter:
    """The chapter, taken to pieces."""

    bibtex: list[str]
    sh: list[str]
    text: list[str]
    markdown: list[str]
    prose: str


def chapter() -> Chapter:
    """Return what the chapter shows."""
    whole = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    start = whole.index("## Add a paper\n")
    part = whole[start : whole.index("\n## Positions", start)]
    blocks = [(block["language"], block["text"]) for block in _BLOCK.finditer(part)]
    found = {name: [text for language, text in blocks if language == name] for name in Chapter.__annotations__}
    return Chapter(**{**found, "prose": _BLOCK.sub("", part)})


@dataclass
class Walk:
    """A survey, and what was done with it."""

    tree: Tree
    chapter: Chapter

    def command(self, number: int) -> subprocess.CompletedProcess[str]:
        """Run one of the chapter's commands at a shell."""
        environment = {**os.environ, "PYTHONPATH": str(EXTENSIONS)}
        command = ["sh", "-c", self.chapter.sh[number]]
        return subprocess.run(
            command, check=False, capture_output=True, encoding="utf-8", cwd=self.tree.root, env=environment
        )


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    tree = small_survey(tmp_path)
    tree.head("memorization", stage="knowledge-recalling", category="recall")
    tree.method("attention-pattern-analysis", group="direct-analysis")
    tree.method("fine-tuning")
    tree.model("gpt-neo", members=[{"id": "gpt-neo-125m", "name": "GPT-Neo-125M", "layers": 12, "heads": 12}])
    tree.write("docs/survey.toml", REQUIRED)
    for key in ("ahn2025memory", "bell2023previous", "cole2022heads", "wu2024retrieval"):
        tree.replace(f"docs/papers/{key}.md", "\n---\n\n#", f"{CLAIMS.format(key)}---\n\n#")
    nox = tree.write(".venv/bin/nox", NOX.format(python=sys.executable))
    nox.chmod(0o755)
    shown = chapter()
    tree.write("entry.bib", shown.bibtex[0])
    return Walk(tree, shown)


def test_two_commands_and_one_edited_file_lead_to_a_green_strict_build(walk: Walk) -> None:
    assert len(walk.chapter.sh) == 2
    before = walk.tree.read("references.bib")
    new = walk.command(0)
    assert (new.returncode, new.stderr) == (0, "")
    entry = walk.chapter.bibtex[1]
    assert walk.tree.read("references.bib").replace(f"{entry}\n", "") == before
    assert new.stdout.endswith(walk.chapter.text[0])
    path = "docs/papers/stoehr2024paragraph.md"
    assert f"`{path}`" in walk.chapter.prose
    assert walk.tree.read(path).startswith("---\npaper:\n  published: 2024-03\n  added: ")

    unfinished = walk.command(1)
    assert unfinished.returncode != 0
    assert "missing-summary" in unfinished.stderr

    walk.tree.write(path, walk.chapter.markdown[0])
    docs = walk.command(1)
    assert (docs.returncode, docs.stderr) == (0, "")
    assert (walk.tree.root / "docs/_build/html/papers/stoehr2024paragraph.html").is_file()


def test_the_example_is_the_paper_of_the_survey(walk: Walk) -> None:
    assert walk.chapter.bibtex[1] in (ROOT / "references.bib").read_text("utf-8")
    assert walk.chapter.markdown[0] == (ROOT / "docs/papers/stoehr2024paragraph.md").read_text("utf-8")


def test_the_file_that_is_filled_in_keeps_what_the_command_wrote(walk: Walk) -> None:
    walk.command(0)
    written = walk.tree.read("docs/papers/stoehr2024paragraph.md")
    filled = walk.chapter.markdown[0]
    assert "  published: 2024-03" in filled
    for line in written.splitlines():
        stem = line.partition(":")[0]
        assert any(other.startswith(stem) for other in filled.splitlines()), line
    fields = re.findall(r"^  (\w+):", written, re.MULTILINE)
    assert [name for name in re.findall(r"^  (\w+):", filled, re.MULTILINE) if name in fields] == fields


def test_the_command_for_a_network_is_one_of_the_session(walk: Walk) -> None:
    assert "`.venv/bin/nox -s new -- 2403.19851`" in walk.chapter.prose
    assert re.search(r"^def new\(", (ROOT / "noxfile.py").read_text("utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "| `new` |" in readme
    assert ".venv/bin/nox -s new -- 2404.15574" in readme
