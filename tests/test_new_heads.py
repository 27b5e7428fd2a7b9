"""``python -m survey new --head``, and what the words of a paper suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.adding.draft.faults import Refused
from survey.adding.files.paper_files import heading
from survey.adding.heads import new_head
from survey.adding.suggesting import suggest
from survey.catalogue.markup import body
from survey.command import main

if TYPE_CHECKING:
    from trees import Tree


def run(tree: Tree, *arguments: str) -> int:
    """Run the command and return its status."""
    return main(["new", "--root", str(tree.root), "--head", *arguments])


def test_a_head_is_written_with_what_is_known(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(survey, "Bracket Heads", "--category", "overall-structure") == 0
    assert (
        survey.read("docs/heads/bracket.md")
        == """\
---
head:
  name: Bracket Heads
  aliases:
  stage: in-context-identification
  category: overall-structure
---

# Bracket Heads

% What does it do? The first sentence says it, complete in itself; CONTRIBUTING says what follows.
"""
    )
    assert survey.codes() == ["missing-text"]
    assert str(survey.problems()[0]) in capsys.readouterr().out
    survey.write("docs/heads/bracket.md", survey.read("docs/heads/bracket.md") + "\nIt matches brackets.\n")
    assert survey.problems() == []


def test_what_is_not_known_is_left_open_and_reported(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(survey, "Bracket Head") == 0
    problems = survey.problems()
    assert [(problem.path, problem.line) for problem in problems] == [
        ("docs/heads/bracket.md", 5),
        ("docs/heads/bracket.md", 6),
    ]
    out = capsys.readouterr().out
    assert all(str(problem) in out for problem in problems)
    assert "to choose from: in-context-identification: long-context-retrieval, overall-structure" in out


@pytest.mark.parametrize(
    "name", ["Retrieval Head", "retrieval", "RETRIEVAL HEADS", "needle head", "Needle-Head", "Previous token head"]
)
def test_a_head_that_is_there_by_any_name_is_refused(
    survey: Tree, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = sorted((survey.root / "docs/heads").iterdir())
    assert run(survey, name) == 1
    assert "is already a name of the head" in capsys.readouterr().err
    assert sorted((survey.root / "docs/heads").iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["A Head", "--stage", "knowledge-recaling"], "did you mean 'knowledge-recalling'?"),
        (["A Head", "--category", "recal"], "did you mean 'recall'?"),
        (["A Head", "--stage", "knowledge-recalling", "--category", "overall-structure"], "there are recall"),
        (["头"], "write the name in Latin letters"),
        ([""], "no id can be made"),
        (["../../etc"], None),
    ],
)
def test_a_place_that_is_none_is_refused(
    survey: Tree, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str | None
) -> None:
    status = run(survey, *arguments)
    if says is None:
        assert status == 0
        assert (survey.root / "docs/heads/etc.md").is_file()
    else:
        assert status == 1
        assert says in capsys.readouterr().err


@settings(max_examples=40, derandomize=True, deadline=None)
@given(name=st.text(max_size=30))
def test_any_name_is_a_head_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    from trees import Tree  # noqa: PLC0415

    tree = Tree(tmp_path_factory.mktemp("survey"))
    try:
        added = new_head(tree.root, name)
    except Refused:
        return
    assert {problem.code for problem in tree.problems()} == {"bad-value"}
    assert (tree.root / added.path).parent == tree.root / "docs/heads"


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab `*_#{}[]<>$&|~\\^!()-=+.1:;'\"@é头"), min_size=1, max_size=40))
def test_a_title_is_read_from_its_heading_as_it_is(text: str) -> None:
    title = " ".join(text.split())
    try:
        line = heading(title)
    except Refused:
        assert not title
        return
    assert body.parse(f"# {line}\n\nText.\n").title == title


@pytest.mark.parametrize(
    ("title", "abstract", "kind", "expected"),
    [
        ("Retrieval Heads", "", "head", ["retrieval"]),
        ("On retrieval-head circuits", "", "head", ["retrieval"]),
        ("Retrieval", "", "head", []),
        ("Study", "We find previous-token heads.", "head", ["previous-token"]),
        ("Previous Token Behaviour", "", "head", ["previous-token"]),
        ("Study", "needle heads, then memory heads", "head", ["memory", "retrieval"]),
        ("Memory heads", "Needle heads in the abstract", "head", ["memory", "retrieval"]),
        ("Preretrieval headset", "", "head", []),
        ("Study", "Probing and zero-ablation of Llama-2-7B.", "method", ["zero-ablation", "probing"]),
        ("Study", "Zero-ablation of LLAMA 2 13B, and llama-2-7b", "model", ["llama-2-13b", "llama-2-7b"]),
        ("Study of Llama-2-7B-32K", "", "model", ["llama-2-7b"]),
    ],
)
def test_names_in_title_and_abstract_are_suggested(
    survey: Tree, title: str, abstract: str, kind: str, expected: list[str]
) -> None:
    catalogue = survey.load()
    found = suggest(catalogue, catalogue.layout.facet(kind), title, abstract)
    assert [suggestion.id for suggestion in found] == expected


def test_spellings_and_plurals_are_one_word(survey: Tree) -> None:
    survey.head("memorization", name="Memorization Head", stage="knowledge-recalling", category="recall")
    catalogue = survey.load()
    found = suggest(catalogue, catalogue.layout.facet("head"), "Memorisation Heads", "")
    assert [suggestion.id for suggestion in found] == ["memorization"]
