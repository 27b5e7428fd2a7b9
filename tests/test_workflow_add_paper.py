"""From an issue "Add a paper" to a pull request or an answer; the text of an issue is hostile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from trees import EXTENSIONS
from workflows import _GH, BOT, Runner, runner, script

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


ASKED = {"ISSUE": "7", "GH_REPO": "owner/survey"}
READ, DRAFT, ANSWER = "Read the issue", "Draft the two files", "Open a pull request, or answer"


def issue_is(machine: Runner, body: str | None, *, state: str = "OPEN", label: str = "add-a-paper") -> None:
    """Set what GitHub says of the issue."""
    machine.answers(
        "issue view", json.dumps({"body": body, "state": state, "labels": [{"name": "x"}, {"name": label}]})
    )


def step(machine: Runner, name: str, **more: str) -> Any:
    return machine.run(script("add-paper", name), {**ASKED, "GITHUB_OUTPUT": str(machine.home / "outputs"), **more})


def asked_for(machine: Runner) -> bool:
    """Tell whether the first step found an issue that asks for a paper."""
    assert step(machine, READ).returncode == 0
    outputs = machine.home / "outputs"
    return outputs.is_file() and outputs.read_text("utf-8") == "asked=yes\n"


@pytest.mark.parametrize("body", [HOSTILE, "", None, "\ud800"])
def test_a_malformed_issue_is_answered_and_nothing_is_written(machine: Runner, body: str | None) -> None:
    (machine.checkout / "docs" / "_ext").symlink_to(EXTENSIONS)
    issue_is(machine, body)
    assert asked_for(machine)
    done = step(machine, DRAFT)
    assert done.returncode == 0, done.stderr
    assert (machine.home / "draft" / "answer.md").read_text("utf-8").strip()
    assert not (machine.home / "draft" / "paper.patch").exists()
    assert machine.git("status --porcelain -- references.bib docs/papers") == ""
    assert list(machine.home.rglob("pwned")) == []


@pytest.mark.parametrize("body", [HOSTILE, "Umlauts: ä, and a mark \u2028"])
def test_a_draft_is_left_as_a_patch_with_its_answer(machine: Runner, body: str) -> None:
    machine.program("python", _DRAFTS)
    issue_is(machine, body)
    assert asked_for(machine)
    done = step(machine, DRAFT)
    assert done.returncode == 0, done.stderr
    assert (machine.home / "draft" / "answer.md").read_text("utf-8") == f"{body}\n"
    machine.git("reset --quiet --hard")
    assert step(machine, ANSWER).returncode == 0
    create = next(asked for asked in machine.asked() if asked[:2] == ["pr", "create"])
    assert create[-1] == f"{body}\n\nCloses #7.\n"


#: Stands for Python in a workflow: drafts what the command would, and answers with the text of the issue.
_DRAFTS = """\
import pathlib, shutil, sys
assert sys.argv[1:5] == ["-m", "survey", "new", "--from-issue"]
assert sys.argv[6] == "--answer"
shutil.copy(sys.argv[5], sys.argv[7])
pathlib.Path("docs/papers/ahn2025memory.md").write_text("# New")
with open("references.bib", "a") as file:
    file.write("@misc{ahn2025memory}")
"""


@pytest.mark.parametrize("change", [{"state": "CLOSED"}, {"label": "question"}])
def test_an_issue_that_is_closed_or_has_lost_its_label_is_let_be(machine: Runner, change: dict[str, str]) -> None:
    issue_is(machine, "Text.", **change)
    assert not asked_for(machine)


@pytest.mark.parametrize("number", ["", "7; touch pwned", "-1", "7 8", "99999999999"])
def test_what_is_no_number_of_an_issue_is_refused(machine: Runner, number: str) -> None:
    issue_is(machine, "Text.")
    assert step(machine, READ, ISSUE=number).returncode == 1
    assert machine.asked() == []


def test_an_issue_that_takes_too_long_is_answered_all_the_same(machine: Runner) -> None:
    machine.program("timeout", "import sys\nsys.exit(124)\n")
    issue_is(machine, "Text.")
    assert asked_for(machine)
    assert step(machine, DRAFT).returncode == 0
    assert "a maintainer will look at it" in (machine.home / "draft" / "answer.md").read_text("utf-8")


def test_a_fault_of_the_command_itself_fails_the_workflow(machine: Runner) -> None:
    issue_is(machine, "")
    assert asked_for(machine)
    assert step(machine, DRAFT).returncode != 0  # there is no extension here


def draft(machine: Runner, changes: dict[str, str]) -> None:
    """Leave behind what the first job does: a patch of some files, and an answer."""
    folder = machine.home / "draft"
    folder.mkdir(exist_ok=True)
    (folder / "answer.md").write_text("What was found.\n", "utf-8")
    leave(machine, "Text.\n")
    for path, text in changes.items():
        (machine.checkout / path).write_text(text, "utf-8")
    machine.git("add . && git diff --cached --binary >", str(folder / "paper.patch"), "&& git reset --quiet --hard")


def leave(machine: Runner, text: str) -> None:
    """Leave behind the text that a draft was made of, which is what the issue says."""
    (machine.home / "draft" / "issue.md").write_text(text, "utf-8")
    issue_is(machine, text.removesuffix("\n"))


def answer(machine: Runner) -> Any:
    return step(machine, ANSWER)


def told(machine: Runner) -> list[list[str]]:
    """Return what GitHub was asked to change."""
    looks = (["issue", "view"], ["pr", "list"], ["pr", "view"], ["auth", "setup-git"])
    return [asked for asked in machine.asked() if asked[:2] not in looks]


def branch(machine: Runner) -> str:
    """Fetch the branch of the issue, and return its newest commit."""
    machine.git(f"fetch --quiet 'file://{machine.home}/owner/survey' add-paper/issue-7")
    return machine.git("rev-parse FETCH_HEAD").strip()


def commit(machine: Runner, path: str, text: str, message: str) -> None:
    """Commit a file as a person does."""
    (machine.checkout / path).write_text(text, "utf-8")
    identity = "-c user.name=Maker -c user.email=maker@example.org"
    machine.git(f"add . && git {identity} commit --quiet -m '{message}'")


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


@pytest.fixture
def proposed(machine: Runner) -> Runner:
    """Return a machine on which the paper has been proposed; its checkout is main again."""
    draft(machine, {"references.bib": NEW_BIB, PAPER: "# New\n"})
    assert answer(machine).returncode == 0
    machine.git("reset --quiet --hard")
    machine.answers("pr list open", "12\n")
    machine.answers("pr list all", "12\n")
    return machine


def test_an_edited_issue_adds_a_commit_and_takes_none_away(proposed: Runner) -> None:
    first = branch(proposed)
    draft(proposed, {"references.bib": NEW_BIB, PAPER: "# Newer\n"})
    done = answer(proposed)
    assert done.returncode == 0, done.stderr
    assert branch(proposed) != first
    assert proposed.git("rev-parse FETCH_HEAD~1").strip() == first
    assert proposed.git(f"show FETCH_HEAD:{PAPER}") == "# Newer\n"
    assert any(asked[:3] == ["pr", "edit", "12"] for asked in told(proposed))


def test_an_edit_that_changes_no_file_adds_none(proposed: Runner) -> None:
    first, count = branch(proposed), len(told(proposed))
    draft(proposed, {"references.bib": NEW_BIB, PAPER: "# New\n"})
    assert answer(proposed).returncode == 0
    assert branch(proposed) == first
    assert [asked[:2] for asked in told(proposed)[count:]] == [["issue", "comment"]]


def test_after_a_review_an_edited_issue_changes_nothing_and_is_told_so(proposed: Runner) -> None:
    first = branch(proposed)
    proposed.answers("pr view", "1\n")
    draft(proposed, {"references.bib": NEW_BIB, PAPER: "# Another paper\n"})
    done = answer(proposed)
    assert done.returncode == 0, done.stderr
    assert branch(proposed) == first
    assert not any(asked[:2] == ["pr", "edit"] for asked in told(proposed))
    assert "reviewed or worked on since" in told(proposed)[-1][-1]


def test_a_branch_that_someone_has_worked_on_is_left_as_it_is(proposed: Runner) -> None:
    branch(proposed)
    proposed.git("checkout --quiet -b work FETCH_HEAD")
    commit(proposed, PAPER, "# Corrected\n", "Work")
    proposed.git(
        f"push --quiet 'file://{proposed.home}/owner/survey' work:add-paper/issue-7 && git checkout --quiet main"
    )
    draft(proposed, {"references.bib": NEW_BIB, PAPER: "# New again\n"})
    assert answer(proposed).returncode == 0
    branch(proposed)
    assert proposed.git("log -1 --format=%s FETCH_HEAD") == "Work\n"
    assert "reviewed or worked on since" in told(proposed)[-1][-1]


def test_a_review_in_the_moment_of_the_push_is_told_of_it(proposed: Runner) -> None:
    proposed.program("gh", _REVIEWED_MEANWHILE)
    draft(proposed, {"references.bib": NEW_BIB, PAPER: "# Newer\n"})
    assert answer(proposed).returncode == 0
    comment = next(asked for asked in proposed.asked() if asked[:3] == ["pr", "comment", "12"])
    assert comment[-1].startswith(f"The last commit, {branch(proposed)}, came after a review")


#: There is a review from the second time on that anybody looks.
_REVIEWED_MEANWHILE = _GH.replace(
    "answer = ", 'if asked[:2] == ["pr", "view"]:\n    (here / "pr-view").open("a").write("1")\nanswer = '
).replace(
    "sys.stdout.write(", 'sys.stdout.write("0" if asked[:2] == ["pr", "view"] and answer.stat().st_size < 2 else '
)


def test_a_main_that_has_moved_is_merged_and_not_undone(proposed: Runner) -> None:
    first = branch(proposed)
    commit(proposed, "docs/index.md", "# New home\n", "Meanwhile")
    draft(proposed, {"references.bib": NEW_BIB, PAPER: "# New\n"})
    done = answer(proposed)
    assert done.returncode == 0, done.stderr
    branch(proposed)
    assert proposed.git("rev-parse FETCH_HEAD^1 FETCH_HEAD^2").split() == [
        first,
        proposed.git("rev-parse main").strip(),
    ]
    assert proposed.git("diff --name-only main FETCH_HEAD").split() == [PAPER, "references.bib"]


def test_a_draft_that_main_has_overtaken_is_answered(machine: Runner) -> None:
    draft(machine, {"references.bib": NEW_BIB, PAPER: "# New\n"})
    commit(machine, "references.bib", "@misc{zoe2025other,\n}\n", "Meanwhile")
    assert answer(machine).returncode == 0
    assert "The survey has changed while this issue was read" in told(machine)[-1][-1]
    assert machine.git("status --porcelain") == ""


def test_an_issue_that_was_edited_since_is_left_to_the_next_run(machine: Runner) -> None:
    draft(machine, {"references.bib": NEW_BIB, PAPER: "# New\n"})
    for change in ({"body": "Another text."}, {"body": "Text.", "state": "CLOSED"}, {"body": "Text.", "label": "x"}):
        issue_is(machine, **change)
        assert answer(machine).returncode == 0
    assert told(machine) == []


def test_a_pull_request_that_was_closed_is_not_opened_again(machine: Runner) -> None:
    machine.answers("pr list closed", "12\n")
    draft(machine, {"references.bib": NEW_BIB, PAPER: "# New\n"})
    assert answer(machine).returncode == 0
    assert [asked[:2] for asked in told(machine)] == [["issue", "comment"]]
    assert "#12, has been closed" in told(machine)[-1][-1]


# What main leaves behind

RENEW = "Draft anew what main has left behind"


@pytest.mark.parametrize(
    ("requests", "issues"),
    [("12 add-paper/issue-7 CONFLICTING\n", ["issue=7"]), ("12 add-paper/issue-7 MERGEABLE\n", []), ("", [])],
)
def test_a_proposal_that_conflicts_is_drafted_anew(proposed: Runner, requests: str, issues: list[str]) -> None:
    proposed.answers("pr list open all", requests)
    done = proposed.run(script("add-paper", RENEW))
    assert done.returncode == 0, done.stderr
    started = [asked for asked in told(proposed) if asked[:3] == ["workflow", "run", "add-paper.yml"]]
    assert [asked[-1] for asked in started] == issues


def test_under_a_reviewed_proposal_that_conflicts_stands_what_to_do(proposed: Runner) -> None:
    proposed.answers("pr list open all", "12 add-paper/issue-7 CONFLICTING\n")
    proposed.answers("pr view", "2\n")
    assert proposed.run(script("add-paper", RENEW)).returncode == 0
    assert told(proposed)[-1][:3] == ["pr", "comment", "12"]
    assert "merge `main` into this branch" in told(proposed)[-1][-1]


def test_a_refused_paper_is_answered_with_the_words_of_the_checker(machine: Runner) -> None:
    (machine.home / "draft").mkdir()
    (machine.home / "draft" / "answer.md").write_text("There is no title.\n", "utf-8")
    leave(machine, "Text.\n")
    assert answer(machine).returncode == 0
    comment = ["issue", "comment", "7", "--edit-last", "--create-if-none", "--body-file", "There is no title.\n"]
    assert told(machine) == [comment]


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
    assert told(machine) == []
    assert machine.git("status --porcelain") == ""


def test_a_link_in_the_place_of_a_paper_is_refused(machine: Runner) -> None:
    (machine.checkout / PAPER).symlink_to("/etc/passwd")
    draft(machine, {"references.bib": NEW_BIB})
    assert answer(machine).returncode == 1
    assert told(machine) == []
