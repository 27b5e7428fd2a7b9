"""Pieces of adding and checking by themselves: what they return and say where whole commands seldom get to."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from loopback import Answer

from survey.adding import duplicates
from survey.adding.bibtex.bibfile import FILE
from survey.adding.draft.drafts import Draft
from survey.adding.draft.faults import Fault, Refused
from survey.adding.draft.identifiers import Identifier
from survey.adding.files import locking
from survey.adding.files.paper_files import PaperFile, heading
from survey.adding.files.queuefile import QueueFile
from survey.adding.files.writing import Changes, unwritable
from survey.adding.lookups import look_up
from survey.adding.text import cleaning
from survey.adding.text.latex import text_of
from survey.adding.text.latex_reader import UnreadableError
from survey.catalogue import PartialDate
from survey.catalogue.records import position_tables
from survey.catalogue.records.position_tables import Row
from survey.catalogue.schema.fields import Positions

if TYPE_CHECKING:
    from pathlib import Path

    from loopback import Loopback
    from syrupy.assertion import SnapshotAssertion
    from trees import Tree

# Papers' files


def test_a_paper_of_which_nothing_is_known_is_left_open(survey: Tree) -> None:
    text = PaperFile("A *Title*", PartialDate(2024)).text(survey.load().layout)
    assert (
        text
        == """\
---
paper:
  published: 2024
  heads:
  takeaway:
  read:
  models:
  methods:
  tasks:
---

# A \\*Title\\*

Innovation
:

Tasks
:

Significant result
:
"""
    )


def test_a_paper_of_which_all_is_known_is_complete(survey: Tree) -> None:
    file = PaperFile(
        "A Title",
        PartialDate(2024, 5, 2),
        preprinted=PartialDate(2023, 12),
        tags={"heads": ["memory", "retrieval"], "methods": ["probing"]},
        perhaps={"models": ["llama-2-7b", "llama-2-13b"], "heads": ["previous-token"]},
        code=["https://example.org/a", "https://example.org/b"],
        takeaway="Größe counts: “so”",
        read=["full", "code"],
        models_note="a toy — größer",
        summary={"Innovation": "An idea.", "Significant result": "42 %."},
        positions=[["- model: a", "  head: b"]],
    )
    assert (
        file.text(survey.load().layout)
        == """\
---
paper:
  published: 2024-05-02
  preprinted: 2023-12
  heads: [memory, retrieval]
  takeaway: "Größe counts: “so”"
  read: [full, code]
  models:  # perhaps llama-2-7b, llama-2-13b
  methods: [probing]
  models_note: "a toy — größer"
  links:
    code: ["https://example.org/a", "https://example.org/b"]
  positions:
    - model: a
      head: b
---

# A Title

Innovation
: An idea.

Tasks
:

Significant result
: 42 %.
"""
    )


def test_a_title_that_is_no_heading_is_refused() -> None:
    assert heading("Plain & simple") == "Plain & simple"
    with pytest.raises(Refused) as refused:
        heading("a\nb")
    hint = "write it without its special characters"
    assert refused.value.faults == (Fault("the title 'a\nb' cannot be a heading", hint),)


# Is it there?

TITLE = "Retrieval Heads"


@pytest.mark.parametrize(
    ("scheme", "value", "url", "same"),
    [
        ("openreview", "abcdefgh12", "https://openreview.net/forum?id=abcdefgh12", True),
        ("openreview", "abcdefgh12", "https://openreview.net/forum?noteId=x&id=abcdefgh12#top", True),
        ("openreview", "abcdefgh12", "https://openreview.net/pdf?id=abcdefgh12", True),
        ("openreview", "abcdefgh1", "https://openreview.net/forum?id=abcdefgh12", False),
        ("openreview", "ABCDEFGH12", "https://openreview.net/forum?id=abcdefgh12", False),
        ("openreview", "abcdefgh12", "https://example.org/openreview.net/forum?id=abcdefgh12", False),
        ("openreview", "abcdefgh12", "https://[", False),
        ("openreview", "abcdefgh12", None, False),
        ("acl", "2024.acl-long.1", "https://aclanthology.org/2024.acl-long.1/", True),
        ("acl", "2024.acl-long.1", "https://aclanthology.org/2024.acl-long.1.pdf", True),
        ("acl", "2024.acl-long.1", "https://www.aclweb.org/anthology/2024.acl-long.1", True),
        ("acl", "2024.acl-long.1", "https://aclanthology.org/2024.acl-long.12", False),
        ("arxiv", "2401.0001", None, False),
        ("doi", "10.1234/Ab", None, False),
    ],
)
def test_a_work_has_an_identifier_only_as_a_whole(
    survey: Tree, scheme: Any, value: str, url: str | None, *, same: bool
) -> None:
    survey.work("doe2024work", **({"url": url} if url else {}))
    entry = survey.load().bibliography["doe2024work"]
    assert duplicates.has(Identifier(scheme, value), entry) is same


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({"eprint": "2404.15574"}, True),
        ({"eprint": "2404.15575", "title": TITLE}, False),
        ({"doi": "10.1234/A"}, True),
        ({"doi": "10.1234/b", "title": TITLE}, False),
        ({"eprint": "2404.15574", "doi": "10.1234/b"}, False),
        ({"title": "RETRIEVAL heads!"}, True),
        ({"title": "Other heads"}, False),
        ({}, False),
    ],
)
def test_a_work_is_the_same_by_its_numbers_or_else_by_its_title(
    survey: Tree, fields: dict[str, str], *, same: bool
) -> None:
    survey.replace("references.bib", "  eprint = {2404.15574},\n", "  eprint = {2404.15574},\n  doi = {10.1234/a},\n")
    entry = survey.load().bibliography["wu2024retrieval"]
    assert duplicates.same(Draft("misc", fields), entry) is same


@pytest.mark.parametrize(
    ("fields", "distinct"),
    [
        ({"eprint": "2404.15574", "title": "Other"}, False),
        ({"doi": "10.1234/BELL.2023"}, False),
        ({"title": "retrieval heads"}, True),
        ({"title": "attention is all you need"}, False),
        ({"title": "Attention Is All You Needs"}, False),
        ({"title": "Attention is all you need: a study"}, False),
        ({"title": "Attention is all you need: a study"}, True),
        ({"title": "A tour: of heads"}, False),
        ({"title": "Something else"}, False),
        ({}, False),
    ],
)
def test_where_a_work_like_it_is_said(
    survey: Tree, fields: dict[str, str], *, distinct: bool, snapshot: SnapshotAssertion
) -> None:
    found = duplicates.by_draft(Draft("misc", fields), survey.load(), distinct=distinct)
    assert [str(fault) for fault in found] == snapshot


def test_a_key_that_is_taken_is_somewhere(survey: Tree) -> None:
    survey.replace("docs/papers/bell2023previous.md", "paper:\n", "paper:\n  aliases: [bell2022previous]\n")
    catalogue = survey.load()
    assert {"bell2022previous", "vaswani2017attention", "cole2022heads"} <= duplicates.taken_keys(catalogue)
    assert duplicates.where("bell2022previous", catalogue) == "docs/papers/bell2023previous.md"
    assert duplicates.where("nobody2020x", catalogue) == "docs/papers/nobody2020x.md"
    line = survey.read("references.bib").split("\n").index("@article{cole2022heads,") + 1
    assert duplicates.where("cole2022heads", catalogue) == f"{FILE}:{line}"


# Files


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    changes = Changes(tmp_path)
    for path, message, hint in (
        ("file", "the file is already there", "edit it, or remove it"),
        ("file/a.md", "the file cannot be written (", "mend its permissions, or free some space"),
    ):
        with pytest.raises(Refused) as refused:
            changes.create(path, "y")
        (fault,) = refused.value.faults
        assert (fault.message.startswith(message), fault.hint, fault.place) == (True, hint, path)
    with pytest.raises(Refused) as refused:
        changes.replace("file", b"y", b"z")
    hint = "run the command again"
    assert refused.value.faults == (Fault("the file has been changed in the meantime", hint, "file"),)
    assert str(unwritable("a", OSError())) == (
        "a: the file cannot be written (OSError); mend its permissions, or free some space"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_queue_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert QueueFile.at(tmp_path) == QueueFile(None, (), ())


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder for temporary files, where the survey's folder cannot be locked."""
    monkeypatch.setattr(locking, "_can_be_locked", lambda _: False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    return tmp_path / "temporary"


def test_the_file_in_a_folders_place_is_the_users_alone_and_kept(tmp_path: Path, temporary: Path) -> None:
    umask = os.umask(0)
    try:
        for _time in range(2):
            with locking.locked(tmp_path, 0.0):
                (folder,) = temporary.iterdir()
                (lock,) = folder.iterdir()
                assert str(os.getuid()) in folder.name
                assert [path.stat().st_mode & 0o777 for path in (folder, lock)] == [0o700, 0o600]
    finally:
        os.umask(umask)


def test_no_lock_is_kept_where_others_can_put_something(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses() -> bool:
        with pytest.raises(Refused, match="no folder of yours alone"), locking.locked(tmp_path, 0.0):
            pass
        return True

    own = temporary / f"survey-locks-{os.getuid()}"
    (tmp_path / "elsewhere").mkdir()
    own.symlink_to(tmp_path / "elsewhere")
    assert refuses()
    assert not [*(tmp_path / "elsewhere").iterdir()]
    own.unlink()
    own.write_text("a file", "utf-8")
    assert refuses()
    own.unlink()
    own.mkdir()
    own.chmod(0o777)
    assert refuses()
    own.chmod(0o755)
    with locking.locked(tmp_path, 0.0):
        pass
    shutil.rmtree(own)
    other = temporary / f"survey-locks-{os.getuid() + 1}"
    other.mkdir()
    monkeypatch.setattr(locking, "_user", lambda: os.getuid() + 1)  # the folder is somebody else's
    assert refuses()


# Text and services


@pytest.mark.parametrize(
    ("command", "sign"),
    [
        *(("textless", "<"), ("textgreater", ">"), ("textunderscore", "_"), ("textasciitilde", "~"), ("sim", "~")),
        *(("textbar", "|"), ("textbackslash", "\\"), ("textendash", "–"), ("texttildelow", "~")),
    ],
)
def test_a_sign_in_an_address_may_be_a_command(command: str, sign: str) -> None:
    assert cleaning.address(rf"a{{\{command}}}b") == f"a{sign}b"
    assert cleaning.address(rf"a\{command}{{}}b") == f"a{sign}b"


def test_a_command_that_takes_an_address_and_has_none_is_said_with_what_follows() -> None:
    rest = " and some words that follow it, more than are shown"
    with pytest.raises(UnreadableError) as refused:
        text_of(rf"\url{rest}")
    assert str(refused.value) == rf"\url{rest}"[:40]


def test_openreview_is_asked_by_the_id(loopback: Loopback) -> None:
    look_up(Identifier("openreview", "GtvuNrk58a"), loopback.services())
    assert [parse_qs(urlsplit(asked).query) for asked in loopback.asked] == [{"id": ["GtvuNrk58a"]}]
    loopback.answers["/openreview2"] = loopback.answers["/openreview1"] = [Answer(b'{"notes": []}')]
    with pytest.raises(Refused, match="OpenReview knows no paper 'GtvuNrk58a'; check the address"):
        look_up(Identifier("openreview", "GtvuNrk58a"), loopback.services())


# Tables of positions

HEADER = "model,head,layer,index,score,rank\n"
TABLES = {
    "nothing": "",
    "columns alone": HEADER,
    "columns in another order": "head,model,layer,index,score,rank\na,b,1,2,,\n",
    "empty lines": f"{HEADER}\na,b,1,2,,\n\na,b,1,3,,\n",
    "no head": f"{HEADER}a,,1,2,,\n",
    "no model": f"{HEADER},b,1,2,,\n",
    "ids that are none": f"{HEADER}A,b,1,2,,\na,B,1,2,,\n{'a' * 101},b,1,2,,\na,{'b' * 101},1,2,,\n",
    "the longest ids": f"{HEADER}{'a' * 100},{'b' * 100},999999,999999,,\n",
    "numbers that are none": f"{HEADER}a,b,01,2,,\na,b,1,1000000,,\na,b,,2,,\na,b,1,,,\n",
    "scores": f"{HEADER}a,b,0,0,-1e9,1\na,b,0,1,0.5,2\na,b,0,2,1E+2,3\n",
    "scores that are none": f"{HEADER}a,b,1,2,1.1e9,\na,b,1,2,.5,\na,b,1,2,+1,\na,b,1,2,{'1' * 150},\n",
    "ranks that are none": f"{HEADER}a,b,1,2,,01\na,b,1,2,,1000000\na,b,1,2,,x\n",
    "ranks in another order": f"{HEADER}a,b,1,2,,2\na,b,1,3,,1\na,b,1,4,,3\n",
    "ranks twice": f"{HEADER}a,b,1,2,,1\na,b,1,3,,1\n",
    "ranks of a list without a head": f"{HEADER}a,,1,2,,2\n",
    "some ranks and scores": f"{HEADER}a,,1,2,,1\na,,1,3,0.5,\nc,d,1,2,,1\nc,d,1,3,,\n",
    "a position of two heads": f"{HEADER}a,b,1,2,,\na,c,1,2,,\nb,b,1,2,,\na,b,1,2,,\n",
    "too few and too many cells": f"{HEADER}a,b,1,2,\na,b,1,2,,,\n",
    "a quotation that does not end": f'{HEADER}a,b,1,2,,\n"a,b,1,3,,\n',
    "nineteen faults": HEADER + "a,b,x,2,,\n" * 19 + "a,b,1,2,,\n",
    "twenty faults": HEADER + "a,b,x,2,,\n" * 20 + "a,b,1,2,,\n",
}


def rows_of(found: position_tables.Table) -> list[str]:
    return [f"{' '.join(where)}: {row}" for where, rows in found.lists.items() for row in rows]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_beside_a_page_gives_rows_and_problems(tmp_path: Path, name: str, snapshot: SnapshotAssertion) -> None:
    (tmp_path / "a.csv").write_text(TABLES[name], "utf-8")
    found = position_tables.read(tmp_path, "a.csv")
    assert [*rows_of(found), *map(str, found.problems)] == snapshot


@pytest.mark.parametrize(
    ("rows", "at", "scores", "ranked"),
    [
        ([], (), (), False),
        ([Row(2, "1.2", 0.5, 2), Row(3, "1.3", 0.75, 1)], ("1.3", "1.2"), (0.75, 0.5), True),
        ([Row(2, "1.2", None, None), Row(3, "1.3", 0.75, None)], ("1.2", "1.3"), (), False),
        ([Row(2, "1.2", 0.5, 2), Row(3, "1.3", 0.25, None)], ("1.2", "1.3"), (0.5, 0.25), False),
    ],
)
def test_a_group_is_filled_from_its_rows(
    rows: list[Row], at: tuple[str, ...], scores: tuple[float, ...], *, ranked: bool
) -> None:
    group = Positions(model="a", head="b", at=("9.9",), source="x")
    found, lines = position_tables.filled(group, rows)
    assert (found.at, found.scores, found.ranked) == (at, scores, ranked)
    assert lines == tuple(row.line for row in (reversed(rows) if ranked else rows))
    assert (found.model, found.head, found.source) == ("a", "b", "x")


# What a survey requires

FLOW = """\
# D

```{{survey:flow}}
title: x
model: llama-2-13b
nodes:
  - {{id: a, head: memory}}
  - {{id: b, head: {head}, at: ['1.1']}}
edges:
  - {{from: a, to: b, moves: x}}
```
"""


@pytest.mark.parametrize(("head", "kv", "said"), [("memory", False, 0), ("memory", True, 1), ("retrieval", False, 1)])
def test_a_flow_names_positions_of_query_heads_alone(survey: Tree, head: str, *, kv: bool, said: int) -> None:
    survey.replace("docs/models/llama-2.md", "    layers: 40\n", "    layers: 40\n    kv_heads: 8\n")
    at = {"model": "llama-2-13b", "head": "memory", "at": ["1.1"], "source": "x", "kv": kv}
    survey.paper("doe2025scan", heads=["memory"], positions=[at])
    survey.write("docs/drawn.md", f"---\norphan: true\n---\n\n{FLOW.format(head=head)}")
    found = [problem.message for problem in survey.problems()]
    assert found == [f"no source gives '1.1' as a position of '{head}' in 'llama-2-13b'"] * said


def test_entries_that_no_paper_names_are_told_where_that_is_required(survey: Tree) -> None:
    survey.write("docs/survey.toml", 'require = ["unnamed-entry"]\n')
    assert survey.problems() == []
    survey.stage("lonely", categories=["silence"], order=3)
    survey.head("silent", stage="lonely", category="silence")
    survey.method("guessing")
    survey.replace("docs/papers/wu2024retrieval.md", "  - llama-2-13b\n", "")
    survey.replace("docs/papers/ahn2025memory.md", "  - llama-2-13b\n", "  - llama-2-7b\n")
    line = survey.read("docs/models/llama-2.md").split("\n").index("  - id: llama-2-13b") + 1
    mend = "add its id to '{}' of a paper that is about it, or remove it"
    assert sorted((at.path, at.line, at.explanation.removeprefix("no paper names ")) for at in survey.problems()) == [
        ("docs/heads/silent.md", 1, f"the head 'silent'; {mend.format('heads')}"),
        ("docs/methods/guessing.md", 1, f"the method 'guessing'; {mend.format('methods')}"),
        ("docs/models/llama-2.md", line, f"the member 'llama-2-13b'; {mend.format('models')}"),
        (
            "docs/stages/lonely.md",
            1,
            "the stage 'lonely'; name one of its heads in a paper that is about it, or remove it",
        ),
    ]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (":emphasize-lines: 1-2", ""),
        (":emphasize-lines: 1,3", "'emphasize-lines' names line 3 of 2; count the lines of the example"),
        (":emphasize-lines: 0", "'emphasize-lines' names line 0 of 2; count the lines of the example"),
        (":emphasize-lines: 2-5", "'emphasize-lines' names line 5 of 2; count the lines of the example"),
        (":dedent: 2", ""),
        (":dedent: 3", "'dedent' would take away more than spaces (3); lower it to the example's indent"),
    ],
)
def test_options_of_an_example_fit_its_lines(survey: Tree, options: str, says: str) -> None:
    example = f"```{{code-block}} text\n{options}\n\n  one\n   two\n```\n"
    survey.write("docs/essay.md", f"---\norphan: true\n---\n\n# E\n\n{example}")
    assert [problem.explanation for problem in survey.problems()] == ([says] if says else [])
