"""From an issue "Add a paper" to a pull request or an answer; the text of an issue is hostile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from trees import EXTENSIONS
from workflows import BOT, Runner, runner, script

if TYPE_CHECKING:
    from pathlib import Path

BIB = "@misc{bell2023previous,\n}\n"
NEW_BIB = "@misc{ahn2025memory,\n}\n\n@misc{bell2023previous,\n}\n"
PAPER = "docs/papers/ahn2025memory.md"


@pytest.fixture
def machine(tmp_path: Path) -> Runner:
    files = {"references.bib": BIB, "docs/papers/bell2023previous.md": "# Old\n", "docs/index.md": "# Home\n"}
    return runner(tmp_path, files)


#: Issues as their authors can write them; none of it may reach a shell.
HOSTILE = "### Title\n\n`touch pwned` $(touch pwned) \"; touch pwned; #'\n\n### Published\n\n${{ github.token }}\n"


def event(machine: Runner, body: str | None) -> dict[str, str]:
    """Write what GitHub tells a workflow of an issue, and return the variable that names it."""
    path = machine.home / "event.json"
    path.write_text(json.dumps({"issue": {"number": 7, "body": body}}), "utf-8")
    return {"GITHUB_EVENT_PATH": str(path)}


@pytest.mark.parametrize("body", [HOSTILE, "", None, "\ud800"])
def test_a_malformed_issue_is_answered_and_nothing_is_written(machine: Runner, body: str | None) -> None:
    (machine.checkout / "docs" / "_ext").symlink_to(EXTENSIONS)
    done = machine.run(script("add-paper", "Draft the two files"), event(machine, body))
    assert done.returncode == 0, done.stderr
    assert (machine.home / "draft" / "answer.md").read_text("utf-8").strip()
    assert not (machine.home / "draft" / "paper.patch").exists()
    assert machine.git("status --porcelain -- references.bib docs/papers") == ""
    assert list(machine.home.rglob("pwned")) == []


@pytest.mark.parametrize("body", [HOSTILE, "Umlauts: ä, and a mark \u2028"])
def test_a_draft_is_left_as_a_patch_with_its_answer(machine: Runner, body: str) -> None:
    machine.program("python", _DRAFTS)
    done = machine.run(script("add-paper", "Draft the two files"), event(machine, body))
    assert done.returncode == 0, done.stderr
    assert (machine.home / "draft" / "answer.md").read_text("utf-8") == f"{body}\n"
    machine.git("reset --quiet --hard")
    assert answer(machine).returncode == 0
    create = next(asked for asked in machine.asked() if asked[:2] == ["pr", "create"])
    assert create[-1] == f"{body}\n\nCloses #7.\n"


#: Stands for Python in a workflow: drafts what the command would, and answers with the text of the issue.
_DRAFTS = """\
import os, pathlib, shutil, subprocess, sys
if sys.argv[1] != "-m":
    sys.exit(subprocess.run([sys.executable, *sys.argv[1:]]).returncode)
assert sys.argv[1:5] == ["-m", "survey", "new", "--from-issue"]
assert sys.argv[6] == "--answer"
shutil.copy(sys.argv[5], sys.argv[7])
pathlib.Path("docs/papers/ahn2025memory.md").write_text("# New")
with open("references.bib", "a") as file:
    file.write("@misc{ahn2025memory}")
"""


def test_a_fault_of_the_command_itself_fails_the_workflow(machine: Runner) -> None:
    done = machine.run(script("add-paper", "Draft the two files"), event(machine, "") | {"PYTHONPATH": ""})
    assert done.returncode != 0


def draft(machine: Runner, changes: dict[str, str]) -> None:
    """Leave behind what the first job does: a patch of some files, and an answer."""
    folder = machine.home / "draft"
    folder.mkdir(exist_ok=True)
    (folder / "answer.md").write_text("What was found.\n", "utf-8")
    for path, text in changes.items():
        (machine.checkout / path).write_text(text, "utf-8")
    machine.git("add . && git diff --cached --binary >", str(folder / "paper.patch"), "&& git reset --quiet --hard")


def answer(machine: Runner) -> Any:
    return machine.run(script("add-paper", "Open a pull request, or answer"), {"ISSUE": "7"})


def test_two_files_become_a_branch_and_a_pull_request(machine: Runner) -> None:
    draft(machine, {"references.bib": NEW_BIB, PAPER: "# New\n"})
    done = answer(machine)
    assert done.returncode == 0, done.stderr
    machine.git(f"fetch --quiet 'file://{machine.home}/owner/survey' add-paper/issue-7")
    assert machine.git("log -1 --format=%ae:%s FETCH_HEAD") == f"{BOT}:Add ahn2025memory (#7)\n"
    assert machine.git("diff --name-only FETCH_HEAD~1 FETCH_HEAD").split() == [PAPER, "references.bib"]
    create = next(asked for asked in machine.asked() if asked[:2] == ["pr", "create"])
    assert create[2:] == [
        *("--head", "add-paper/issue-7", "--title", "Add ahn2025memory (#7)"),
        *("--body-file", "What was found.\n\nCloses #7.\n"),
    ]
    assert ["workflow", "run", "ci.yml", "--ref", "add-paper/issue-7"] in machine.asked()
    assert machine.asked()[-1][:3] == ["issue", "comment", "7"]


def test_an_entry_that_is_there_already_needs_no_change(machine: Runner) -> None:
    draft(machine, {PAPER: "# New\n"})
    assert answer(machine).returncode == 0
    assert any(asked[:2] == ["pr", "create"] for asked in machine.asked())


def test_an_edited_issue_renews_the_pull_request(machine: Runner) -> None:
    draft(machine, {"references.bib": NEW_BIB, PAPER: "# New\n"})
    assert answer(machine).returncode == 0
    machine.git("reset --quiet --hard HEAD~1")
    machine.answers("pr list", "12\n")
    draft(machine, {"references.bib": NEW_BIB, PAPER: "# Newer\n"})
    done = answer(machine)
    assert done.returncode == 0, done.stderr
    machine.git(f"fetch --quiet 'file://{machine.home}/owner/survey' add-paper/issue-7")
    assert machine.git(f"show FETCH_HEAD:{PAPER}") == "# Newer\n"
    assert machine.git("rev-list --count FETCH_HEAD") == "2\n"
    assert any(asked[:3] == ["pr", "edit", "12"] for asked in machine.asked())


def test_a_branch_that_someone_has_worked_on_is_left_as_it_is(machine: Runner) -> None:
    machine.git("checkout --quiet -b add-paper/issue-7")
    machine.git("-c user.name=Maker -c user.email=maker@example.org commit --quiet --allow-empty -m Work")
    machine.git(f"push --quiet 'file://{machine.home}/owner/survey' add-paper/issue-7 && git checkout --quiet main")
    draft(machine, {"references.bib": NEW_BIB, PAPER: "# New\n"})
    assert answer(machine).returncode == 0
    machine.git(f"fetch --quiet 'file://{machine.home}/owner/survey' add-paper/issue-7")
    assert machine.git("log -1 --format=%s FETCH_HEAD") == "Work\n"
    assert "has been worked on" in machine.asked()[-1][-1]


def test_a_refused_paper_is_answered_with_the_words_of_the_checker(machine: Runner) -> None:
    (machine.home / "draft").mkdir()
    (machine.home / "draft" / "answer.md").write_text("There is no title.\n", "utf-8")
    assert answer(machine).returncode == 0
    told = ["issue", "comment", "7", "--edit-last", "--create-if-none", "--body-file", "There is no title.\n"]
    assert machine.asked() == [told]


@pytest.mark.parametrize(
    "changes",
    [
        {"references.bib": NEW_BIB, PAPER: "# New\n", "docs/index.md": "# Mine\n"},
        {"references.bib": NEW_BIB, PAPER: "# New\n", "docs/papers/cole2022heads.md": "# Another\n"},
        {"references.bib": NEW_BIB, "docs/papers/bell2023previous.md": "# Mine\n"},
        {"references.bib": NEW_BIB, "docs/papers/Not-a-key.md": "# Mine\n"},
        {".github/scripts/propose": "echo mine\n", PAPER: "# New\n"},
        {"docs/index.md": "# Mine\n"},
    ],
)
def test_a_draft_that_changes_anything_else_is_refused(machine: Runner, changes: dict[str, str]) -> None:
    draft(machine, changes)
    done = answer(machine)
    assert done.returncode == 1
    assert "the draft " in done.stderr
    assert machine.asked() == []
    assert machine.git("status --porcelain") == ""


def test_a_link_in_the_place_of_a_paper_is_refused(machine: Runner) -> None:
    (machine.checkout / PAPER).symlink_to("/etc/passwd")
    draft(machine, {"references.bib": NEW_BIB})
    assert answer(machine).returncode == 1
    assert machine.asked() == []
