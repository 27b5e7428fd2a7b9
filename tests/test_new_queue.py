"""``python -m survey new --queue``: a work waits in docs/queue.yaml, and leaves it when it gets its page."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from loopback import Answer, Loopback, recorded

from survey.command import main, new_files

if TYPE_CHECKING:
    from trees import Tree

QUEUE = "docs/queue.yaml"
WORKS = """\
# What was seen.

- id: "2506.01234"  # by hand
  title: Heads that count
  seen: a listing
  why: counts
# Left out for good:
- id: 10.1234/other
  title: Heads that sing
  # nobody heard them
  seen: a program
  why: sings
  state: left-out
  reason: tests no head

# At the end.
"""
ENTRY = """\
@article{doe2025heads, author={Doe, Jane}, title={Heads that Count}, journal={Journal}, year=2025, eprint={2506.01234}}
"""
NUMBER = "2404.15574"


def run(tree: Tree, *arguments: str) -> int:
    """Run the command in this process and return its status."""
    return main(["new", "--root", str(tree.root), *arguments])


@pytest.fixture
def services(loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """Look works up at a server on loopback."""
    monkeypatch.setattr(new_files, "SERVICES", loopback.services())
    return loopback


@pytest.fixture
def tree(survey: Tree) -> Tree:
    """Return the small survey without the paper that the recorded answer is of."""
    survey.write(QUEUE, WORKS)
    survey.replace("references.bib", "  eprint = {2404.15574},\n", "")
    return survey


def from_stdin(tree: Tree, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Add the paper of the queue from an entry on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ENTRY.encode()), "utf-8"))
    return run(tree, *arguments, "-")


def test_a_work_is_looked_up_and_put_at_the_end(tree: Tree, services: Loopback) -> None:
    assert run(tree, "--queue", NUMBER) == 0
    added = f"""\
- id: "{NUMBER}"
  title: "Retrieval Head Mechanistically Explains Long-Context Factuality"
  seen: arXiv, 24 April 2024
  why: names Retrieval Head (title), Previous Token Head (abstract)
"""
    assert tree.read(QUEUE) == WORKS + added
    assert tree.problems() == []


def test_a_person_says_why_and_where(tree: Tree, services: Loopback) -> None:
    given = ("--why", "it's: worth a look #1", "--seen", "a talk", "--left-out", "no")
    assert run(tree, "--queue", f"https://arxiv.org/abs/{NUMBER}v3", *given) == 0
    lines = tree.read(QUEUE).removeprefix(WORKS).splitlines()[2:]
    assert lines == ["  seen: a talk", '  why: "it\'s: worth a look #1"', "  state: left-out", '  reason: "no"']
    assert tree.problems() == []


def test_the_first_work_makes_the_file(tree: Tree, services: Loopback) -> None:
    tree.remove(QUEUE)
    assert run(tree, "--queue", NUMBER) == 0
    assert tree.read(QUEUE).startswith("# Works that were seen")
    assert [work.id for work in tree.load().queue] == [NUMBER]


@pytest.mark.parametrize("text", ["", "[]\n", "# Nothing waits.\n", "  - {id: a, title: b, seen: c, why: d}\n"])
def test_other_forms_of_the_file_are_continued(tree: Tree, services: Loopback, text: str) -> None:
    tree.write(QUEUE, text)
    before = tree.load().queue
    assert run(tree, "--queue", NUMBER) == 0
    assert [work.id for work in tree.load().queue] == [*(work.id for work in before), NUMBER]
    assert all(line in tree.read(QUEUE) for line in text.splitlines() if line != "[]")


def test_line_ends_and_the_mark_stay(tree: Tree, services: Loopback) -> None:
    tree.write(QUEUE, b"\xef\xbb\xbf" + WORKS.replace("\n", "\r\n").encode())
    assert run(tree, "--queue", NUMBER) == 0
    data = (tree.root / QUEUE).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# What")
    assert data.count(b"\r\n") == data.count(b"\n")


@pytest.mark.parametrize(
    ("identifier", "says"),
    [
        ("2506.01234v2", "'2506.01234' is in the queue already, as 'Heads that count'"),
        ("doi:10.1234/Other", "it was left out: tests no head"),
        ("hello", "does not name a paper"),
    ],
)
def test_what_is_known_is_refused_before_anything_is_asked(
    tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str], identifier: str, says: str
) -> None:
    assert run(tree, "--queue", identifier) == 1
    assert says in capsys.readouterr().err
    assert tree.read(QUEUE) == WORKS
    assert services.asked == []


def test_a_surveyed_work_is_refused(survey: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(survey, "--queue", NUMBER) == 1
    assert "the work has its page, docs/papers/wu2024retrieval.md" in capsys.readouterr().err
    assert not (survey.root / QUEUE).exists()


def test_without_a_reason_it_is_refused(tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    plain = recorded("arxiv-2404.15574.xml").replace(b"etrieval", b"oll").replace(b"revious token", b"xx")
    services.answers["/arxiv"] = [Answer(plain)]
    assert run(tree, "--queue", NUMBER) == 1
    assert 'say why it may belong: --why "' in capsys.readouterr().err
    assert tree.read(QUEUE) == WORKS


def test_a_list_that_cannot_be_changed_line_by_line_is_left_alone(
    tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    flow = '[{id: "2506.01234", title: Heads that count, seen: a, why: b}]\n'
    tree.write(QUEUE, flow)
    assert run(tree, "--queue", NUMBER) == 1
    assert "cannot be changed line by line" in capsys.readouterr().err
    assert tree.read(QUEUE) == flow


def test_a_broken_list_is_refused_with_its_line(
    tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    tree.write(QUEUE, WORKS.replace("  why: counts\n", ""))
    assert run(tree, "--queue", NUMBER) == 1
    assert f"{QUEUE}:3: the field 'why' is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [("--queue",), ("--queue", "--key", "a2024b", NUMBER), ("--why", "x", NUMBER), ("--queue", "--head", "Name")],
)
def test_options_that_do_not_go_together_are_wrong_usage(tree: Tree, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(tree, *arguments)
    assert ended.value.code == 2


def test_a_work_that_gets_its_page_leaves_the_queue(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert from_stdin(tree, monkeypatch) == 0
    assert f"{QUEUE}: '2506.01234' has left the queue" in capsys.readouterr().out
    assert tree.read(QUEUE) == "# What was seen.\n\n# Left out for good:\n" + WORKS.partition("for good:\n")[2]


def test_it_leaves_by_its_title_too(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.replace(QUEUE, '"2506.01234"  # by hand', "https://openreview.net/forum?id=abcdefghij")
    assert from_stdin(tree, monkeypatch) == 0
    assert [work.title for work in tree.load().queue] == ["Heads that sing"]


def test_the_page_comes_even_if_the_queue_cannot_be_changed(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    works = '{id: "2506.01234", title: Heads that count, seen: a, why: b}, {id: "1", title: B, seen: a, why: b}'
    tree.write(QUEUE, f"[{works}]\n")
    assert from_stdin(tree, monkeypatch) == 0
    assert f"look at this: take '2506.01234' out of {QUEUE}" in capsys.readouterr().out
    assert (tree.root / "docs/papers/doe2025heads.md").exists()


def test_check_says_when_one_is_in_both(tree: Tree) -> None:
    tree.write(QUEUE, WORKS.replace("Heads that count", "RETRIEVAL heads!"))
    (problem,) = tree.problems()
    assert (problem.path, problem.line) == (QUEUE, 3)
    assert "has its page, docs/papers/wu2024retrieval.md" in problem.explanation
