"""Bytes, and characters that look like others: what is read is known, or refused with the place where it stands."""

from __future__ import annotations

import io
import sys
import time
from typing import TYPE_CHECKING

import pytest
from trees import small_survey

from survey.adding.draft.faults import Refused
from survey.adding.files import decoding
from survey.catalogue.bibliography import references
from survey.catalogue.texts import hidden_letters
from survey.command import main

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Tree

ENTRY = "@article{x,\n  title = {Köpfe},\n  author = {Müller, Jörg},\n  journal = {J},\n  year = {2025},\n}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_says_how_a_file_is_encoded(encoding: str) -> None:
    assert decoding.text_of(ENTRY.encode(encoding), "a.bib") == ENTRY


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Cp1252", "cp1252"), ("ISO8859_1", "latin-1"), ("UTF-8", "utf-8"), ("MacRoman", "mac-roman"), ("GBK", "gbk")],
)
def test_the_first_line_of_a_program_says_how_a_file_is_encoded(name: str, encoding: str) -> None:
    text = f"% Encoding: {name}\n\n{ENTRY if encoding != 'gbk' else '注意力头'}"
    assert decoding.text_of(text.encode(encoding), "a.bib") == text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (ENTRY.encode("latin-1"), "a.bib:2: byte 0xf6 is not UTF-8"),
        (ENTRY.encode("cp1250"), "a.bib:2: byte 0xf6 is not UTF-8"),
        (ENTRY.encode("utf-16-le"), "a.bib:2: byte 0xf6 is not UTF-8"),
        (b"\xff\xfe" + b"\x00", "is not UTF-16-LE"),
        (b"% Encoding: no-such\n\xc3\xb6", "a.bib:2: byte 0xc3 is not ASCII"),
        (b"% Encoding: unicode_escape\n\xc3\xb6", "a.bib:2: byte 0xc3 is not ASCII"),
        (b"x" * 1_000_001, "more than 1000000 bytes"),
    ],
)
def test_other_bytes_are_refused_where_they_stand(data: bytes, says: str) -> None:
    with pytest.raises(Refused) as raised:
        decoding.text_of(data, "a.bib")
    assert says in str(raised.value)
    assert raised.value.faults[0].hint


def test_nothing_is_written_of_bytes_that_are_not_known(
    survey: Tree, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = survey.read("references.bib")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ENTRY.encode("latin-1"))))
    assert main(["new", "-", "--root", str(survey.root)]) == 1
    assert "standard input:2: byte 0xf6 is not UTF-8; save the file as UTF-8" in capsys.readouterr().err
    assert survey.read("references.bib") == before


def test_an_issue_of_bytes_that_are_not_known_is_answered(survey: Tree, tmp_path: Path) -> None:
    issue, answer = tmp_path / "issue.md", tmp_path / "answer.md"
    issue.write_bytes(b"### Title\n\nK\xf6pfe\n")
    run = ["new", "--from-issue", str(issue), "--answer", str(answer), "--root", str(survey.root)]
    assert main(run) == 1
    assert "byte 0xf6 is not UTF-8" in answer.read_text("utf-8")


@pytest.mark.parametrize(
    ("here", "there", "differ"),
    [
        ("Köpfe", "Ko\u0308pfe", ("", "")),
        ("Heads\u00a0and Tails", "Heads and Tails", ("", "")),
        ("BERT’s Heads", "BERT's Heads", ("’", "'")),
        ("Multi‑Head", "Multi-Head", ("‑", "-")),
        ("\u0410ttention", "Attention", ("\u0410", "A")),
        ("Heads", "Tails", ("", "")),
    ],
)
def test_titles_that_look_alike_are_the_same_or_differ_in_a_character(
    here: str, there: str, differ: tuple[str, str]
) -> None:
    same = here != "Heads" and differ == ("", "")
    assert hidden_letters.same(here, there) is same
    if not same:
        assert hidden_letters.difference(here, there) == differ


@pytest.mark.parametrize("heading", ["# Zu\u0308rich Heads", "# Zürich\u00a0Heads"])
def test_a_heading_may_be_composed_otherwise_than_the_title(survey: Tree, heading: str) -> None:
    survey.paper("doe2024zurich", title="Zürich Heads", heads=["retrieval"])
    survey.replace("docs/papers/doe2024zurich.md", "# Zürich Heads", heading)
    assert survey.problems() == []


def test_a_heading_that_looks_like_the_title_is_told_by_the_character(survey: Tree) -> None:
    survey.paper("doe2024bert", title="BERT’s Heads", heads=["retrieval"])
    survey.replace("docs/papers/doe2024bert.md", "# BERT’s Heads", "# BERT's Heads")
    (problem,) = survey.problems()
    assert problem.code == "title-differs"
    assert "which has '’' (U+2019) in place of ''' (U+0027)" in problem.message


def test_lines_that_begin_with_a_percent_sign_are_comments() -> None:
    head = "% Encoding: UTF-8\n%% Saved by a program\n\n"
    entry = "@misc{doe2024heads,\n  title = {Heads},\n  author = {Doe, Jane},\n  year = {2024},\n}\n"
    assert references.read(f"{head}{entry}\n% the end\n")[1] == []
    for text in (f"Words\n{entry}", f"% words\nwords\n{entry}", f"% {entry}"):
        (problem,) = references.read(text)[1]
        assert problem.code == "bibtex-syntax"


def bomb(levels: int) -> str:
    """Return strings that stand for ten others each."""
    lines = ["@string{a0 = {" + "x" * 90 + "}}"]
    lines += [f"@string{{a{n} = {' # '.join([f'a{n - 1}'] * 10)}}}" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


def test_strings_of_strings_are_bounded(tmp_path: Path) -> None:
    survey = small_survey(tmp_path)
    text = survey.read("references.bib").replace("journal = {Journal of Heads}", "journal = a49", 1)
    survey.write("references.bib", bomb(50) + text)
    start = time.process_time()
    found = [problem for problem in survey.problems() if problem.code == "bibtex-syntax"]
    assert time.process_time() - start < 5
    assert [(problem.line, "stand for more than 100,000" in problem.message) for problem in found] == [(5, True)]
    built = survey.build()
    assert "references.bib:5: WARNING: bibtex-syntax: the @strings in 'a4'" in built.warnings
    assert sum(map(len, built.files.values())) < 10_000_000


def test_one_long_string_may_not_be_used_without_end() -> None:
    fields = "".join(f"  f{number} = a,\n" for number in range(2000))
    text = f"@string{{a = {{{'x' * 9000}}}}}\n@misc{{doe2024heads,\n{fields}}}\n"
    found = references.read_all(text)
    assert [problem.code for problem in found.problems] == ["bibtex-syntax"]
    assert found.entries == {}
