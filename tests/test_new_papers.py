"""``python -m survey new``: what it writes, what it says is left, and what it refuses."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from loopback import Answer, Loopback, closed_port, recorded

from survey.adding.lookups import Services
from survey.command import main, new_files

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Tree

ENTRY = r"""
@article{whatever,
  author={M{\"u}ller, Ana and Doe, Jane},
  title={Memory Heads and Previous Token Heads in {Llama-2-7B}: Zero Ablation},
  journal={Journal of Heads}, year=2025, month=mar, eprint={2402.01234},
  abstract={We find that probing needle heads is a task. SECRET WORDS.}
}
"""
FILES = ("references.bib", "docs/papers/muller2025memory.md")


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the last day of June 2025."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1751241600")


def run(tree: Tree, *arguments: str) -> int:
    """Run the command in this process and return its status."""
    return main(["new", "--root", str(tree.root), *arguments])


def from_stdin(tree: Tree, monkeypatch: pytest.MonkeyPatch, text: str, *arguments: str) -> int:
    """Run the command with an entry on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
    return run(tree, *arguments, "-")


def everything(tree: Tree) -> dict[str, bytes]:
    """Return the content of all files of a survey."""
    return {str(path): path.read_bytes() for path in tree.root.rglob("*") if path.is_file()}


def refused(tree: Tree, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command, which writes nothing, and return its reasons."""
    before = everything(tree)
    assert run(tree, *arguments) == 1
    assert everything(tree) == before
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("\nnothing was written\n")
    return err


@pytest.fixture
def services(loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """Look papers up at a server on loopback."""
    monkeypatch.setattr(new_files, "SERVICES", loopback.services())
    return loopback


def test_an_entry_on_standard_input_becomes_two_files(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    before = survey.read("references.bib")
    assert from_stdin(survey, monkeypatch, ENTRY) == 0
    entry = """\
@article{muller2025memory,
  title         = {{Memory Heads and Previous Token Heads in Llama-2-7B: Zero Ablation}},
  author        = {Müller, Ana and Doe, Jane},
  journal       = {Journal of Heads},
  year          = {2025},
  eprint        = {2402.01234},
  archiveprefix = {arXiv},
  url           = {https://arxiv.org/abs/2402.01234},
}

"""
    after = survey.read("references.bib")
    assert entry in after
    assert after.replace(entry, "") == before
    assert (
        survey.read("docs/papers/muller2025memory.md")
        == """\
---
paper:
  published: 2025-03
  preprinted: 2024-02
  added: 2025-06-30
  heads:  # perhaps previous-token, memory, retrieval
  takeaway:
  read:
  models:  # perhaps llama-2-7b
  methods:  # perhaps zero-ablation, probing
  tasks:
---

# Memory Heads and Previous Token Heads in Llama-2-7B: Zero Ablation

Innovation
:

Tasks
:

Significant result
:
"""
    )


def test_each_open_part_is_a_problem_and_nothing_else_is(
    survey: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from_stdin(survey, monkeypatch, ENTRY)
    problems = survey.problems()
    assert [(problem.line, problem.code) for problem in problems] == [
        (6, "no-heads"),
        (17, "missing-summary"),
        (20, "missing-summary"),
        (23, "missing-summary"),
    ]
    printed = capsys.readouterr().out
    assert all(str(problem) in printed for problem in problems)
    path = FILES[1]
    survey.replace(path, "heads:  # perhaps previous-token, memory, retrieval", "heads: [memory]")
    for number in range(3):
        assert len(survey.problems()) == 3 - number
        survey.write(path, survey.read(path).replace("\n:\n", "\n: It is filled in.\n", 1))
    assert survey.problems() == []


def test_an_open_paper_fails_the_strict_build_with_the_same_words(
    survey: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_stdin(survey, monkeypatch, ENTRY)
    warnings = survey.build().warnings
    assert all(problem.message in warnings for problem in survey.problems())


def test_what_title_and_abstract_name_is_suggested_and_the_abstract_kept_nowhere(
    survey: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from_stdin(survey, monkeypatch, ENTRY)
    out = capsys.readouterr().out
    assert "memory ('Memory Head', title)" in out
    assert "retrieval ('Needle Head', abstract)" in out
    assert "zero-ablation ('Zero ablation', title), probing ('Probing', abstract)" in out
    assert "SECRET WORDS" not in out
    assert not any(b"SECRET WORDS" in data for data in everything(survey).values())


def test_an_arxiv_number_is_looked_up(tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tree, "https://arxiv.org/abs/2404.15574v1") == 0
    assert "  published: 2024-04-24\n  added: 2025-06-30\n  heads:\n" in tree.read("docs/papers/wu2024retrieval.md")
    assert "# Retrieval Head Mechanistically Explains Long-Context Factuality\n" in tree.read(
        "docs/papers/wu2024retrieval.md"
    )
    assert tree.read("references.bib").startswith("@misc{wu2024retrieval,\n  title         = {{Retrieval Head")
    assert "references.bib:1: the entry 'wu2024retrieval'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ("doi:10.18653/v1/W19-4828", "clark2019bert"),
        ("https://aclanthology.org/D19-1223/", "correia2019adaptively"),
        ("https://openreview.net/forum?id=GtvuNrk58a", "barbero2025round"),
    ],
)
def test_other_services_are_asked_too(tree: Tree, services: Loopback, identifier: str, key: str) -> None:
    assert run(tree, identifier) == 0
    assert {problem.code for problem in tree.problems()} == {"no-heads", "missing-summary"}
    assert f"{{{key}," in tree.read("references.bib")


def test_the_key_may_be_chosen(tree: Tree, services: Loopback) -> None:
    assert run(tree, "--key", "wu2024heads", "2404.15574") == 0
    assert (tree.root / "docs/papers/wu2024heads.md").is_file()


def test_a_bib_file_is_read(survey: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "entry.bib"
    file.write_bytes(b"\xef\xbb\xbf" + ENTRY.replace("\n", "\r\n").encode())
    assert run(survey, str(file)) == 0
    assert (survey.root / FILES[1]).is_file()


def test_a_work_that_is_only_cited_can_be_surveyed_by_its_key(survey: Tree) -> None:
    before = survey.read("references.bib")
    assert run(survey, "vaswani2017attention") == 0
    assert survey.read("references.bib") == before
    assert "published: 2017\n" in survey.read("docs/papers/vaswani2017attention.md")


@pytest.mark.parametrize(
    ("identifier", "says"),
    [
        ("2404.15574v3", "references.bib:30: the paper with arXiv:2404.15574 is already there, and surveyed in docs/"),
        ("10.1234/BELL.2023", "references.bib:8: the paper with doi:10.1234/BELL.2023 is already there"),
        ("wu2024retrieval", "docs/papers/wu2024retrieval.md: 'wu2024retrieval' is already surveyed"),
        ("oldwu2024x", "docs/papers/ahn2025memory.md: 'oldwu2024x' is already there"),
        ("nonsense", "'nonsense' does not name a paper; give an arXiv number"),
    ],
)
def test_what_is_there_is_refused_without_asking_anyone(
    survey: Tree, capsys: pytest.CaptureFixture[str], services: Loopback, identifier: str, says: str
) -> None:
    survey.replace("docs/papers/ahn2025memory.md", "  published:", "  aliases: [oldwu2024x]\n  published:")
    assert says in refused(survey, capsys, identifier)
    assert services.asked == []


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Memory Heads and Retrieval Heads", "references.bib:1: a paper with this title is already there"),
        ("Memory {H}eads \\& retrieval heads", "a paper with nearly this title, 'Memory Heads and Retrieval Heads',"),
        ("Memory heads and retrieval head", "add --distinct if it is another paper"),
        ("Memory Heads and Retrieval Heads: A Study", "a paper with nearly this title"),
    ],
)
def test_a_title_that_is_there_is_refused(
    survey: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], title: str, says: str
) -> None:
    before = everything(survey)
    entry = f"@misc{{x, author={{Roe, A}}, year=2025, title={{{title}}}}}"
    assert from_stdin(survey, monkeypatch, entry) == 1
    assert says in capsys.readouterr().err
    assert everything(survey) == before


def test_nearly_the_same_title_can_be_said_to_be_another_papers(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = "@misc{x, author={Roe, A}, year=2025, title={Memory heads and retrieval heads, II}}"
    assert from_stdin(survey, monkeypatch, entry, "--distinct") == 0


@pytest.mark.parametrize("key", ["wu2024retrieval", "Wu2024", "../../etc", "wu2024", "vaswani2017attention"])
def test_a_key_that_is_taken_or_none_is_refused(
    survey: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    before = everything(survey)
    status = from_stdin(survey, monkeypatch, ENTRY, "--key", key)
    assert status == (0 if key == "wu2024" else 1)
    if status:
        assert everything(survey) == before
        assert f"'{key}'" in capsys.readouterr().err


def test_a_file_that_is_there_is_never_written_over(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    survey.write("docs/papers/doe2020x.md", "mine")
    assert from_stdin(survey, monkeypatch, ENTRY, "--key", "doe2020x") == 1
    assert survey.read("docs/papers/doe2020x.md") == "mine"


def test_offline_it_is_said_what_to_do_instead(
    survey: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(new_files, "SERVICES", Services(arxiv=f"http://127.0.0.1:{closed_port()}/"))
    words = refused(survey, capsys, "2406.00001")
    assert "arXiv cannot be reached" in words
    assert "python -m survey new - < entry.bib" in words


def test_a_hostile_title_is_only_a_title(survey: Tree, services: Loopback) -> None:
    title = b"---\npaper: {x: 1}\n# *Heads* &lt;script&gt; {include}`/etc/passwd` [a](b) $x$"
    answer = recorded("arxiv-2404.15574.xml").replace(b"2404.15574", b"2404.15577")
    start, end = answer.index(b"<title>Retrieval") + 7, answer.index(b"</title>\n    <summary>")
    services.answers["/arxiv"] = [Answer(answer[:start] + title + answer[end:])]
    assert run(survey, "2404.15577") == 0
    (path,) = [
        path
        for path in (survey.root / "docs/papers").iterdir()
        if path.name.startswith("wu2024") and "retrieval" not in path.name
    ]
    assert {problem.code for problem in survey.problems()} == {"no-heads", "missing-summary"}
    page = survey.build().page(f"papers/{path.stem}")
    heading = page.select_one("h1")
    assert heading is not None
    assert "<script> include`/etc/passwd` [a](b)" in heading.get_text()
    assert heading.select("script, em, a:not(.headerlink)") == []


def test_a_command_that_nobody_knows_is_no_part_of_a_title(
    survey: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = recorded("arxiv-2404.15574.xml").replace(b"2404.15574", b"2404.15577")
    services.answers["/arxiv"] = [Answer(answer.replace(b"<title>Retrieval", b"<title>\\input{/etc/hosts} Retrieval"))]
    assert "'\\input'" in refused(survey, capsys, "2404.15577")
