"""Declarations of figures that cannot be drawn: each is reported with its line, and left out."""

from __future__ import annotations

import pytest
from trees import small_survey

from survey.catalogue.schema.flows import Flow, faults, ranks

HEAD = """\
---
head:
  name: Previous Token Head
  stage: in-context-identification
  category: overall-structure
  pattern:
    tokens: [red, blue, red]
    attends:
      - {from: 1, to: 0}
      - {from: 2, to: 1, weight: 0.5}
    caption: What to see.
---

# Previous Token Head

It looks back.
"""
PATH = "docs/heads/previous-token.md"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("from: 2", "from: 3", 10, "'from: 3' is no token: there are 3; tokens are counted from 0, so the last is 2"),
        ("to: 1", "to: 9", 10, "'to: 9' is no token: there are 3"),
        ("{from: 1, to: 0}", "{from: 1, to: 2}", 9, "token 1 reads token 2, which comes after it"),
        ("{from: 1, to: 0}", "{from: 2, to: 0, weight: 0.6}", 10, "the weights of token 2 sum to more than one"),
        ("{from: 1, to: 0}", "{from: 2, to: 1, weight: 0.1}", 10, "that token 2 reads token 1 is given twice"),
    ],
)
def test_a_pattern_with_a_fault_is_reported_and_not_drawn(tmp_path, old, new, line, message):
    tree = small_survey(tmp_path)
    tree.write(PATH, HEAD.replace(old, new))
    found = [problem for problem in tree.problems() if problem.code == "bad-pattern"]
    assert found
    assert (found[0].path, found[0].line) == (PATH, line)
    assert message in found[0].explanation


def test_a_pattern_with_a_fault_leaves_the_rest_of_the_page(tmp_path):
    tree = small_survey(tmp_path)
    tree.write(PATH, HEAD.replace("from: 2", "from: 3"))
    built = tree.build()
    assert f"{PATH}:10: WARNING: bad-pattern: 'from: 3' is no token" in built.warnings
    page = built.page("heads/previous-token")
    assert not page.select("figure")
    assert "It looks back." in page.get_text()


@pytest.mark.parametrize(
    "pattern",
    [
        HEAD,
        HEAD.replace("{from: 1, to: 0}", "{from: 2, to: 0, weight: 0.5}"),
        HEAD.replace("to: 1", "to: 2"),
        HEAD.replace("to: 0}", "to: 2}").replace("caption", "bidirectional: true\n    caption"),
        HEAD.replace("{from: 1, to: 0}", "{from: 2, to: 0, weight: 0.1}\n      - {from: 2, to: 2, weight: 0.4}"),
    ],
    ids=["as it is", "a whole row", "itself", "both ways", "sums of decimals"],
)
def test_a_pattern_without_faults(tmp_path, pattern):
    tree = small_survey(tmp_path)
    tree.write(PATH, pattern)
    assert tree.problems() == []


@pytest.mark.parametrize(
    ("directive", "warning"),
    [
        ("{survey:pattern} memory", "3: WARNING: bad-pattern: the head 'memory' has no pattern to draw"),
        ("{survey:pattern} memori", "3: WARNING: unknown-head: there is no head 'memori'; did you mean 'memory'?"),
        (
            "{survey:pattern}",
            "3: WARNING: missing-field: the field 'tokens' is missing; add 'tokens: …' under 'pattern'",
        ),
        ("{survey:pattern}\n:name: X\n\ntokens: [a]", "5: WARNING: missing-field: the field 'attends' is missing"),
        (
            "{survey:pattern}\ntokens: [a]\ncaption: c\nattends:\n  - {from: 0, to: 4}",
            "7: WARNING: bad-pattern: 'to: 4' is no token",
        ),
        ("{survey:pattern}\ntokens: [", "WARNING: yaml-syntax"),
        ("{survey:flow}", "3: WARNING: missing-field: the field 'title' is missing; add 'title: …' under 'flow'"),
        (
            "{survey:flow}\ntitle: x\nnode: []",
            "WARNING: unknown-field: there is no field 'node'; did you mean 'nodes'?",
        ),
        ("{survey:atlas}\n:model: llama", "WARNING: unknown-model: there is no model 'llama'"),
    ],
)
def test_a_directive_that_cannot_be_drawn_says_why_and_where(tmp_path, directive, warning):
    tree = small_survey(tmp_path)
    tree.write("docs/drawn.md", f"# D\n\n```{directive}\n```\n")
    tree.replace("docs/index.md", "chronology\n", "chronology\ndrawn\n")
    built = tree.build()
    assert warning in built.warnings
    assert not built.page("drawn").select("figure")


def _flow(edges, nodes=("a", "b", "c")) -> Flow:
    return Flow.model_validate(
        {
            "title": "x",
            "nodes": [{"id": node, "text": node} for node in nodes],
            "edges": [{"from": edge[0], "to": edge[1], "moves": "x"} for edge in edges],
        }
    )


def test_a_flow_that_runs_in_a_ring_or_to_nowhere_has_faults():
    assert [fault[1] for fault in faults(_flow(["ab", "bc", "ca"]))] == ["the edges lead from 'a' back to it"]
    assert [fault[1] for fault in faults(_flow(["ab", "bb"]))] == ["the edges lead from 'b' back to it"]
    assert [fault[1] for fault in faults(_flow(["ax"]))] == ["there is no node 'x'"]
    assert [fault[1] for fault in faults(_flow(["ab"], "aab"))] == ["'a' is already the id of a node"]
    assert not list(faults(_flow(["ab", "bc", "ac"])))


def test_steps_stand_below_what_they_need_and_first_steps_close_to_the_next():
    assert ranks(_flow(["ab", "bc", "dc"], "abcd")) == {"a": 0, "b": 1, "c": 2, "d": 1}
