"""Figures that pages declare are checked without building: the same problems, lines and words as in a build."""

from __future__ import annotations

import pytest
from trees import small_survey

FLOW = """\
{survey:flow}
title: x
model: llama-2-7b
nodes:
  - {id: a, head: memory}
  - {id: b, head: retrieval, at: ['16.19']}
edges:
  - {from: a, to: b, moves: x}"""
WRONG = [
    ("{survey:pattern} memory", 3, "bad-pattern: the head 'memory' has no pattern to draw"),
    ("{survey:pattern} memori", 3, "unknown-head: there is no head 'memori'; did you mean 'memory'?"),
    ("{survey:pattern}", 3, "missing-field: the field 'tokens' is missing"),
    ("{survey:pattern}\n:name: X\n\ntokens: [a]", 5, "missing-field: the field 'attends' is missing"),
    ("{survey:pattern}\n---\nname: X\n---\ntokens: [a]", 6, "missing-field: the field 'attends' is missing"),
    ("{survey:pattern}\ntokens: [a]\ncaption: c\nattends:\n  - {from: 0, to: 4}", 7, "bad-pattern: 'to: 4' is no"),
    ("{survey:pattern}\ntokens: [", 4, "yaml-syntax: "),
    ("{survey:flow}", 3, "missing-field: the field 'title' is missing"),
    ("{survey:flow} titel: x", 3, "unknown-field: there is no field 'titel'; did you mean 'title'?"),
    ("{survey:flow}\n\ntitle: x\nnode: []", 6, "unknown-field: there is no field 'node'; did you mean 'nodes'?"),
    (FLOW.replace("head: memory", "head: memori"), 7, "unknown-head: there is no head 'memori'; did you mean"),
    (FLOW.replace("-7b", "-7"), 5, "unknown-model: there is no model 'llama-2-7'; did you mean 'llama-2-7b'?"),
    (FLOW.replace("16.19", "16.20"), 8, "bad-position: no source gives '16.20' as a position of 'retrieval' in"),
    (FLOW.replace("model: llama-2-7b\n", ""), 7, "bad-value: the node 'b' has positions without a head or a model"),
    (FLOW.replace("to: b", "to: a"), 9, "bad-value: the edges lead from 'a' back to it"),
    (FLOW.replace("to: b", "to: c"), 10, "bad-value: there is no node 'c'"),
]


def _page(root, text):
    tree = small_survey(root)
    tree.write("docs/drawn.md", f"# D\n\n{text}\n")
    tree.replace("docs/index.md", "chronology\n", "chronology\ndrawn\n")
    return tree


@pytest.mark.parametrize(("directive", "line", "words"), WRONG)
def test_a_figure_that_cannot_be_drawn_is_reported_without_building(tmp_path, directive, line, words):
    problems = [str(problem) for problem in _page(tmp_path, f"```{directive}\n```").problems()]
    assert [problem for problem in problems if problem.startswith(f"docs/drawn.md:{line}: {words}")], problems


@pytest.mark.parametrize(
    "around", ["```{}\n```", "````{{note}}\nText.\n\n```{}\n```\n````"], ids=["alone", "in a note"]
)
def test_a_build_says_the_same_once(tmp_path, around):
    tree = _page(tmp_path, "\n\n".join(around.format(directive) for directive, _, _ in WRONG))
    problems = [str(problem) for problem in tree.problems()]
    warnings = [line.replace("WARNING: ", "").rpartition(" [")[0] for line in tree.build("text").warnings.splitlines()]
    assert len(problems) >= len(WRONG)
    assert sorted(warnings) == sorted(problems)


@pytest.mark.parametrize(
    "text",
    [
        f"```{FLOW}\n```",
        f":::{FLOW}\n:::",
        f"````\n```{FLOW.replace('memory', 'none')}\n```\n````",
        f"````{{code-block}} md\n```{FLOW.replace('memory', 'none')}\n```\n````",
        "```{survey:pattern} retrieval\n```",
    ],
    ids=["right", "colons", "shown as text", "shown as code", "a pattern"],
)
def test_what_is_right_or_only_shown_is_no_problem(tmp_path, text):
    tree = _page(tmp_path, text)
    tree.head(
        "retrieval",
        stage="in-context-identification",
        category="long-context-retrieval",
        pattern={"tokens": ["a"], "attends": [{"from": 0, "to": 0}], "caption": "c"},
    )
    assert tree.problems() == []


def test_nothing_is_said_of_positions_while_a_paper_cannot_be_used(tmp_path):
    tree = _page(tmp_path, f"```{FLOW}\n```")
    tree.replace("docs/papers/wu2024retrieval.md", "heads:", "head:")
    assert {problem.path for problem in tree.problems()} == {"docs/papers/wu2024retrieval.md"}


def test_check_prints_the_problem_of_a_figure(tmp_path):
    tree = _page(tmp_path, f"```{FLOW.replace('16.19', '16.20')}\n```")
    completed = tree.check()
    assert completed.returncode == 1
    assert "docs/drawn.md:8: bad-position: no source gives '16.20'" in completed.stdout
