"""What GitHub runs: with which privileges, and what its steps do."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from trees import ROOT
from workflows import WORKFLOWS, Runner, runner, script, workflow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = [path.stem for path in WORKFLOWS]


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in workflow(name)["jobs"].values():
        yield from job["steps"]


# Privileges


def test_the_workflows_are_there() -> None:
    assert NAMES == ["add-paper", "ci", "links", "lock", "release", "tests", "watch"]


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_has_no_privileges_and_its_jobs_only_their_own(name: str) -> None:
    flow = workflow(name)
    assert flow["permissions"] == {}
    for job in flow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 120
        if "write" in job["permissions"].values():
            assert all("setup-python" not in step.get("uses", "") for step in job["steps"])


def test_what_the_bots_may_do_is_said_of_each_workflow() -> None:
    told = re.findall(r"`([a-z-]+)\.yml`", (ROOT / "SECURITY.md").read_text("utf-8").partition("## What the bots")[2])
    assert set(told) >= set(NAMES)


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_actions_are_githubs_own_and_pinned_by_hash(path: Path) -> None:
    used = re.findall(r"^.*\buses: (.*)$", path.read_text("utf-8"), re.MULTILINE)
    pinned = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+")
    assert used
    assert [one for one in used if not pinned.fullmatch(one)] == []


def test_an_action_is_pinned_to_one_version_everywhere() -> None:
    used = {step["uses"] for name in NAMES for step in steps(name) if "uses" in step}
    assert len(used) == len({one.partition("@")[0] for one in used})


@pytest.mark.parametrize("name", NAMES)
def test_no_script_has_anything_written_into_it(name: str) -> None:
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_token_is_where_it_is_used_and_nowhere_else(name: str) -> None:
    for step in steps(name):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        if "github.token" in json.dumps(step):
            assert set(step) - {"id"} == {"name", "env", "run"}


def test_ci_runs_every_session_that_ci_run_runs() -> None:
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    sessions = " ".join(re.findall(r"nox -s ([a-z ]+[a-z])", run)).split()
    assert set(workflow("ci")["jobs"]["session"]["strategy"]["matrix"]["session"]) == {*sessions, "tests"}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_installed_is_what_the_locks_hash(name: str) -> None:
    for step in steps(name):
        for line in step.get("run", "").splitlines():
            if "pip install" in line:
                assert re.search(r"--require-hashes --requirement requirements/\w+\.txt$", line), line


LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=[path.stem for path in LOCKS])
def test_a_lock_pins_and_hashes_everything_and_names_no_place(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert re.findall(r"--(?!hash)[\w-]+|\w+://|^/|file:", text, re.MULTILINE) == []
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert all(
        re.match(r"[a-z0-9][a-z0-9._-]*(\[\w,]+)?==[^ ]+ (; .* )?\\\n    --hash=sha256:[0-9a-f]{64}", one)
        for one in entries
    )


def test_every_lock_is_that_of_a_group_and_the_other_way_round() -> None:
    noxfile = (ROOT / "noxfile.py").read_text("utf-8")
    (names,) = re.findall(r"^LOCKS = \((.*)\)$", noxfile, re.MULTILINE)
    assert sorted(re.findall(r"\w+", names)) == [path.stem for path in LOCKS]
    assert '"--require-hashes", "-r", str(requirements)' in noxfile


@pytest.fixture
def machine(tmp_path: Path) -> Runner:
    return runner(tmp_path, {"docs/index.md": "# Home\n"})


# Links

LINES = [
    {"filename": "docs/a.md", "lineno": 3, "status": "broken", "uri": "https://a.example/", "info": "404 `@you`\n# Oh"},
    {"filename": "docs/b.md", "lineno": 1, "status": "working", "uri": "https://b.example/", "info": ""},
    {"filename": "docs/c.md", "lineno": 2, "status": "timeout", "uri": "https://c.example/", "info": "slow"},
]
BROKEN = "    docs/a.md:3: https://a.example/: 404 `@you` # Oh\n"


def test_broken_links_are_listed_as_a_block_of_code(machine: Runner) -> None:
    output = machine.checkout / "docs/_build/linkcheck/output.json"
    output.parent.mkdir(parents=True)
    output.write_text("".join(f"{json.dumps(line)}\n" for line in LINES), "utf-8")
    done = machine.run(script("links", "List the broken ones"))
    assert (done.returncode, done.stdout) == (0, BROKEN), done.stderr


@pytest.mark.parametrize(
    ("broken", "issue", "asked"),
    [
        ("", "", []),
        ("", "5\n", [["issue", "close", "5"]]),
        (BROKEN, "5\n", [["issue", "edit", "5"]]),
        (BROKEN, "", [["label", "create", "broken-links"], ["issue", "create", "--title"]]),
    ],
    ids=["all well", "mended", "still broken", "broken"],
)
def test_there_is_one_issue_while_links_are_broken(
    machine: Runner, broken: str, issue: str, asked: list[list[str]]
) -> None:
    (machine.checkout / "broken.txt").write_text(broken, "utf-8")
    machine.answers("issue list", issue)
    done = machine.run(script("links", "Keep one issue"), {"RUN": "https://github.com/owner/survey/actions/runs/1"})
    assert done.returncode == 0, done.stderr
    assert [one[:3] for one in machine.asked()][1:] == asked
    if broken:
        assert f"\n\n{BROKEN}\n" in machine.asked()[-1][-1]


# Releases and locks


@pytest.mark.parametrize("version", ["1.2.0", "v1.2.0"])
def test_a_release_has_the_notes_and_the_data(machine: Runner, version: str) -> None:
    for name in ("notes.md", "data.zip", "survey.json"):
        (machine.checkout / "release").mkdir(exist_ok=True)
        (machine.checkout / "release" / name).write_text(name, "utf-8")
    done = machine.run(script("release", "Publish the release"), {"VERSION": version, "GITHUB_SHA": "abc"})
    assert done.returncode == 0, done.stderr
    assert machine.asked() == [
        [
            *("release", "create", "v1.2.0", "--target", "abc", "--title", "v1.2.0"),
            *("--notes-file", "notes.md", "release/data.zip", "release/survey.json"),
        ]
    ]


def test_renewed_locks_are_proposed_and_unchanged_ones_are_not(machine: Runner) -> None:
    propose = script("lock", "Open or update the pull request")
    (machine.checkout / "requirements").mkdir()
    (machine.checkout / "requirements" / "dev.txt").write_text("a==1\n", "utf-8")
    done = machine.run(propose)
    assert done.returncode == 0, done.stderr
    assert ["pr", "create", "--head", "locks"] in [asked[:4] for asked in machine.asked()]
    machine.answers("pr list all", "3\n")
    assert machine.run(propose).stdout == "nothing has changed\n"
    assert [asked[:2] for asked in machine.asked()].count(["pr", "create"]) == 1


def test_a_branch_that_was_left_without_a_pull_request_gets_one(machine: Runner) -> None:
    propose = script("lock", "Open or update the pull request")
    (machine.checkout / "requirements").mkdir()
    (machine.checkout / "requirements" / "dev.txt").write_text("a==1\n", "utf-8")
    assert [machine.run(propose).returncode for _ in range(2)] == [0, 0]
    assert [asked[:2] for asked in machine.asked()].count(["pr", "create"]) == 2


# The watch


def test_what_the_watch_found_is_one_pull_request(machine: Runner) -> None:
    found = machine.home / "watch"
    found.mkdir()
    (found / "queue.yaml").write_text('- id: "2608.01234"\n', "utf-8")
    (found / "body.md").write_text("- `Memory heads`\n", "utf-8")
    propose = script("watch", "Open or update the pull request")
    assert machine.run(propose).returncode == 0
    (created,) = (asked for asked in machine.asked() if asked[:2] == ["pr", "create"])
    assert created[2:] == ["--head", "watch", "--title", "Works that may belong", "--body-file", "- `Memory heads`\n"]
    assert "docs/queue.yaml" in machine.git("-C ../owner/survey show --name-only --format= watch")


def test_a_watch_without_a_find_proposes_nothing(machine: Runner) -> None:
    propose = script("watch", "Open or update the pull request")
    (machine.home / "watch").mkdir()
    (machine.home / "watch" / "body.md").write_text("none\n", "utf-8")
    (machine.home / "watch" / "queue.yaml").write_text("", "utf-8")
    (machine.checkout / "docs" / "queue.yaml").write_text("", "utf-8")
    machine.git("add docs && git -c user.name=Maker -c user.email=maker@example.org commit --quiet -m Queue")
    done = machine.run(propose)
    assert (done.returncode, done.stdout) == (0, "nothing has changed\n"), done.stderr
    assert machine.asked() == []


@pytest.mark.parametrize(("waiting", "days"), [("", 10), (3, 13), (400, 90)])
def test_the_watch_looks_back_as_far_as_its_pull_request_has_waited(
    machine: Runner, waiting: int | str, days: int
) -> None:
    if isinstance(waiting, int):
        since = dt.datetime.now(dt.UTC) - dt.timedelta(days=waiting, hours=1)
        machine.answers("pr list", f"{since:%Y-%m-%dT%H:%M:%SZ}\n")
    done = machine.run(".github/scripts/watch-days")
    assert (done.returncode, done.stdout) == (0, f"{days}\n"), done.stderr
