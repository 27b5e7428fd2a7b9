"""Adding that is killed, interrupted, out of space, or done by several at once: nothing is half or lost."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from issues import ENTRY as ISSUE_ENTRY
from issues import issue
from trees import EXTENSIONS, Tree

from survey.adding import Refused, new_head, new_paper, papers
from survey.adding.draft.drafts import Draft
from survey.adding.files import locking
from survey.command import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: What changes files, as Python reports it to audit hooks before it happens.
STEPS = frozenset({"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.chmod"})
ENTRY = "@misc{{x, title={{A Study of {word} Heads}}, author={{Roe, Jane}}, year=2024}}"
COMMANDS = {
    "paper": ["new", "ENTRY"],
    "head": ["new", "--head", "Copying Head", "--category", "recall"],
    "issue": ["new", "--from-issue", "ISSUE"],
}


def in_child(run: Callable[[], int]) -> tuple[int | None, str]:
    """Run something in a process of its own; return its status, None if it was killed, and what it said to stderr."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.close(read)
        os.dup2(write, 2)
        sys.stderr = os.fdopen(2, "w")
        sys.stdout = io.StringIO()
        status = 1
        with contextlib.suppress(BaseException):
            status = run()
        sys.stderr.flush()
        os._exit(status)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as stream:
        said = stream.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return (None if code < 0 else code), said


def stopping(step: int, root: Path, stop: Callable[[], None]) -> None:
    """Stop this process in front of the step of that number that changes the files under a root."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event not in STEPS or not any(str(argument).startswith(str(root)) for argument in arguments[:2]):
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        count += 1
        if count == step:
            stop()

    sys.addaudithook(hook)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt() -> None:
    raise KeyboardInterrupt


def fill_the_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def survey(survey: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Return a small survey, a .bib file and an issue outside of it, and a service that knows the issue's paper."""
    fields = {"title": "Retrieval Head Mechanistically Explains Long-Context Factuality", "author": "Wu, Wenhao"}
    monkeypatch.setattr(papers, "look_up", lambda *_: Draft("misc", {**fields, "year": "2024"}))
    survey.replace("references.bib", "2404.15574", "2404.00001")
    outside = tmp_path_factory.mktemp("outside")
    (outside / "entry.bib").write_text(ENTRY.format(word="Waiting"), "utf-8")
    (outside / "issue.md").write_text(issue({"BibTeX entry": ISSUE_ENTRY}), "utf-8")
    files = {"ENTRY": str(outside / "entry.bib"), "ISSUE": str(outside / "issue.md")}
    for name, words in COMMANDS.items():
        monkeypatch.setitem(COMMANDS, name, [files.get(word, word) for word in words])
    return survey


def contents(tree: Tree) -> dict[str, bytes]:
    return {at.relative_to(tree.root).as_posix(): at.read_bytes() for at in tree.root.rglob("*") if at.is_file()}


def restore(tree: Tree, files: dict[str, bytes]) -> None:
    for path in contents(tree).keys() - files.keys():
        tree.remove(path)
    for path, data in files.items():
        tree.write(path, data)


def run(tree: Tree, name: str) -> int:
    return main([*COMMANDS[name], "--root", str(tree.root)])


def each_step(tree: Tree, name: str, stop: Callable[[], None]) -> list[tuple[int | None, str, dict[str, bytes]]]:
    """Run a command again and again, stopped in front of one step after the other, from the same files each time."""
    before, found = contents(tree), []
    for step in range(1, 60):
        restore(tree, before)

        def stopped(step: int = step) -> int:
            stopping(step, tree.root, stop)
            return run(tree, name)

        status, said = in_child(stopped)
        found.append((status, said, contents(tree)))
        if status == 0 and step > 1 and found[-2][0] != 0:
            break
    return found


def shown(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files without hidden ones that are left over."""
    return {path: data for path, data in files.items() if not path.endswith(".being-written")}


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_step_nothing_is_half_and_the_next_run_finishes(survey: Tree, name: str) -> None:
    before = contents(survey)
    assert in_child(lambda: run(survey, name))[0] == 0
    after = contents(survey)
    restore(survey, before)
    killed = [files for status, _, files in each_step(survey, name, kill) if status is None]
    assert len(killed) > 3
    for files in killed:
        entered = {**before, "references.bib": after["references.bib"]}  # a work that is cited and not surveyed yet
        assert shown(files) in (before, after, entered)
        restore(survey, files)
        finished = in_child(lambda: run(survey, name))[0]
        assert finished == 0 or shown(files) == after
        assert shown(contents(survey)) == after
        new_head(survey.root, "Sweeping Head", category="recall")
        assert not any(path.endswith(".being-written") for path in contents(survey))


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("stop", [interrupt, fill_the_disk])
def test_interrupted_or_out_of_space_it_says_so_and_takes_back_what_it_did(
    survey: Tree, name: str, stop: Callable[[], None]
) -> None:
    before = contents(survey)
    assert in_child(lambda: run(survey, name))[0] == 0
    after = contents(survey)
    restore(survey, before)
    for status, said, files in each_step(survey, name, stop):
        assert "Traceback" not in said
        assert shown(files) in (before, after)
        if status:
            assert said.strip()
            assert status == (130 if stop is interrupt else 1)


def test_several_at_once_lose_nothing(survey: Tree, tmp_path_factory: pytest.TempPathFactory) -> None:
    words = ["Amber", "Bronze", "Copper", "Denim", "Emerald"]
    folder = tmp_path_factory.mktemp("entries")
    environment = {**os.environ, "PYTHONPATH": str(EXTENSIONS)}
    started = []
    for word in words:
        (folder / f"{word}.bib").write_text(ENTRY.format(word=word), "utf-8")
        command = [sys.executable, "-m", "survey", "new", "--distinct", "--root", str(survey.root)]
        started.append(subprocess.Popen([*command, str(folder / f"{word}.bib")], env=environment, stdout=-3))
    assert [process.wait() for process in started] == [0] * len(words)
    keys = {f"roe2024{word.lower()}" for word in words}
    catalogue = survey.load()
    assert keys <= catalogue.bibliography.keys()
    assert {f"papers/{key}" for key in keys} <= catalogue.documents.keys()
    assert list(catalogue.bibliography) == sorted(catalogue.bibliography)


def test_two_of_one_paper_make_one(survey: Tree) -> None:
    entry = ENTRY.format(word="Waiting")
    new_paper(survey.root, "here", bibtex=entry)
    with pytest.raises(Refused, match="already there"):
        new_paper(survey.root, "here", bibtex=entry)


# One of the two files is there


def test_an_entry_without_a_file_gets_one(survey: Tree) -> None:
    entry = ENTRY.format(word="Waiting")
    added = new_paper(survey.root, "here", bibtex=entry)
    whole = contents(survey)
    survey.remove(added.path)
    again = new_paper(survey.root, "here", bibtex=entry)
    assert (again.key, again.entered, again.filed) == (added.key, False, True)
    assert contents(survey) == whole


def test_a_file_without_an_entry_gets_one_and_stays_as_it_is(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    before = survey.read("references.bib")
    added = new_paper(survey.root, "here", bibtex=ENTRY.format(word="Waiting"))
    after = survey.read("references.bib")
    survey.replace(added.path, "heads:", "heads: [memory]")
    page = survey.read(added.path)
    survey.write("references.bib", before)
    assert run(survey, "paper") == 0
    assert (survey.read("references.bib"), survey.read(added.path)) == (after, page)
    assert f"{added.path}: its page, which was there" in capsys.readouterr().out


def test_another_key_for_a_paper_that_is_half_there_is_refused(survey: Tree) -> None:
    before = survey.read("references.bib")
    entry = ENTRY.format(word="Waiting")
    added = new_paper(survey.root, "here", bibtex=entry)
    page = survey.read(added.path)
    survey.remove(added.path)
    with pytest.raises(Refused, match=f"is in the bibliography as '{added.key}'; leave out --key"):
        new_paper(survey.root, "here", bibtex=entry, key="roe2024other")
    survey.write(added.path, page)
    survey.write("references.bib", before)
    with pytest.raises(Refused, match="the file of this paper is there, and its entry isn't; leave out --key"):
        new_paper(survey.root, "here", bibtex=entry, key="roe2024other")


def test_a_paper_of_the_same_title_and_another_number_is_no_half(survey: Tree) -> None:
    survey.work("ash2024heads", title="A Study of Waiting Heads", eprint="2401.00001", archiveprefix="arXiv")
    survey.work("zoe2024heads", title="A Study of Waiting Heads", eprint="2401.00001", archiveprefix="arXiv")
    entry = ENTRY.format(word="Waiting").replace("year=2024", "year=2024, eprint={2402.00002}, archiveprefix={arXiv}")
    with pytest.raises(Refused, match="a paper with this title is already there"):
        new_paper(survey.root, "here", bibtex=entry)


# The lock


def test_who_waits_too_long_is_told(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "PATIENCE", 0.1)
    with (
        locking.locked(survey.root),
        pytest.raises(Refused, match="another 'new' has been writing to this survey for 0 seconds; wait until"),
        locking.locked(survey.root, 0.2),
    ):
        pass


def test_the_lock_of_a_process_that_died_is_no_lock(survey: Tree) -> None:
    def die_holding_it() -> int:
        with locking.locked(survey.root):
            kill()
        return 0

    assert in_child(die_holding_it)[0] is None
    with locking.locked(survey.root, 0.0):
        assert sorted(path.name for path in survey.root.iterdir()) == ["docs", "references.bib"]


def test_where_folders_cannot_be_locked_a_file_elsewhere_is(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "_can_be_locked", lambda _: False)
    with locking.locked(survey.root), pytest.raises(Refused), locking.locked(survey.root, 0.1):
        pass
    with locking.locked(survey.root, 0.0):
        assert sorted(path.name for path in survey.root.iterdir()) == ["docs", "references.bib"]


# Who reads the output stops


@pytest.mark.parametrize("command", ["check", "export", "new", "usage"])
@pytest.mark.parametrize("closed", ["reader", "disk"])
def test_an_output_that_nobody_takes_ends_without_a_traceback(survey: Tree, command: str, closed: str) -> None:
    arguments = {"export": ["export", str(survey.root / "out")], "new": COMMANDS["paper"], "usage": ["new", "--help"]}
    read, write = os.pipe()
    os.close(read)
    target = write if closed == "reader" else os.open("/dev/full", os.O_WRONLY)
    environment = {**os.environ, "PYTHONPATH": str(EXTENSIONS)}
    words = [*arguments.get(command, [command]), *(["--root", str(survey.root)] if command != "usage" else [])]
    done = subprocess.run(
        [sys.executable, "-m", "survey", *words],
        check=False,
        stdout=target,
        stderr=-1,
        encoding="utf-8",
        env=environment,
    )
    os.close(target)
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr
    assert done.returncode == (0 if closed == "reader" or command in {"new", "usage"} else 1) or command == "export"
    assert ("cannot be written" in done.stderr) == (closed == "disk" and command != "usage")
