"""What is read from the text below the front matter: title, first paragraph, summary, roles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.catalogue.markup import body
from survey.catalogue.markup.body import Passage, Role

PAPER = """\
---
paper:
  heads: [a]
---

# Heads: the *true* story of `x`

Innovation
: One sentence {cite:t}`a2020b`.
  And another.

Tasks
: First paragraph.

  Second paragraph.

Significant result
: A result.

Notes follow.
"""


def roles(text: str) -> list[tuple[str, str, int]]:
    """Return name, target and line of each role."""
    return [(role.name, role.target, role.line) for role in body.parse(text).roles]


def test_the_title_is_the_first_heading_without_markup() -> None:
    found = body.parse(PAPER)
    assert (found.title, found.title_line) == ("Heads: the true story of x", 6)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# A & B", "A & B"),
        ("# A &amp; B", "A & B"),
        ("# A \\* B", "A * B"),
        ("# A * B_c", "A * B_c"),
        ("# “Heads”: 'a' -- “b”", "“Heads”: 'a' -- “b”"),
        ("# A [link](https://example.org)", "A link"),
        ("# Sums of $x^2$", "Sums of x^2"),
        ("# Trailing marks ##", "Trailing marks"),
        ("Underlined\n==========", "Underlined"),
        ("Over\ntwo lines\n=========", "Over two lines"),
        ("# Ünïcode 头", "Ünïcode 头"),
        ("## Second level\n\n# First", "First"),
        ("Words first.\n\n# Then the title", "Then the title"),
    ],
)
def test_titles_are_read_as_readers_see_them(heading: str, title: str) -> None:
    assert body.parse(f"{heading}\n\ntext\n").title == title


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        "## Second",
        "> # Quoted",
        "- # In a list",
        "    # Code",
        "```\n# Code\n```",
        "#Hash",
        "---\n# x: 1\n---\n",
    ],
)
def test_what_looks_like_a_title_is_none(text: str) -> None:
    assert body.parse(text).title is None


def test_the_summary_has_its_parts_with_their_lines() -> None:
    assert body.parse(PAPER).summary == {
        "innovation": Passage("One sentence {cite:t}`a2020b`.\nAnd another.", 9),
        "tasks": Passage("First paragraph.\n\nSecond paragraph.", 13),
        "significant_result": Passage("A result.", 18),
    }


@pytest.mark.parametrize("term", ["Innovation", "innovation", "INNOVATION", "**Innovation**", " Innovation "])
def test_a_part_is_known_by_its_term(term: str) -> None:
    assert set(body.parse(f"# T\n\n{term}\n: x\n").summary) == {"innovation"}


@pytest.mark.parametrize(
    "text", ["Innovation\n:x\n", "Innovation\n:\n", "Innovations\n: x\n", "Innovation: x\n", "Innovation\n\nx\n"]
)
def test_a_part_that_says_nothing_or_has_another_form_is_none(text: str) -> None:
    assert body.parse(f"# T\n\n{text}").summary == {}


def test_parts_may_stand_apart_and_others_between_them() -> None:
    text = "# T\n\nInnovation\n: a\n\nBackground\n: b\n\nA remark.\n\nTasks\n: c\n"
    assert {part: passage.text for part, passage in body.parse(text).summary.items()} == {
        "innovation": "a",
        "tasks": "c",
    }


def test_the_lead_is_the_first_paragraph_of_the_text() -> None:
    assert body.parse("# T\n\n- a list\n\n> a quotation\n\nThe *lead*\ngoes on.\n\nMore.\n").lead == Passage(
        "The *lead*\ngoes on.", 7
    )
    assert body.parse("# T\n\n- a list\n").lead is None


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("retrieval", (None, "retrieval")),
        ("heads <retrieval>", ("heads", "retrieval")),
        ("heads<retrieval>", ("heads", "retrieval")),
        ("two\nlines <retrieval>", ("two\nlines", "retrieval")),
        ("a < b <retrieval>", ("a", " b <retrieval")),  # as Sphinx has it; so both say that there is no such head
        ("a <b> c", (None, "a <b> c")),
        ("<>", (None, "<>")),
    ],
)
def test_a_role_may_have_a_text_of_its_own(content: str, parts: tuple[str | None, str]) -> None:
    assert body.split_target(content) == parts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{survey:head}`x`", 1),
        ("a\nb {survey:head}`see <x>` c", 2),
        ("# Title\n\n{survey:head}`x`", 3),
        ("*a **b {survey:head}`x`***", 1),
        ("- a\n- b\n  - {survey:head}`x`", 3),
        ("> a\n> {survey:head}`x`", 2),
        ("Term\n: {survey:head}`x`", 2),
        ("| a |\n|---|\n| {survey:head}`x` |", 3),
        ("[{survey:head}`x`](https://example.org)", 1),
        ("```{note}\n{survey:head}`x`\n```", 2),
        (":::{note}\n:class: a\n\n{survey:head}`x`\n:::", 4),
        ("::::{note}\n:::{tip}\n{survey:head}`x`\n:::\n::::", 3),
        ("---\na: 1\n---\n{survey:head}`x`", 4),
        ("a\r\nb {survey:head}`x`", 2),
    ],
    ids=[
        *("alone", "second line", "below a title", "in emphasis", "in a list", "in a quotation", "in a definition"),
        *("in a table", "in a link", "in a directive", "below options", "in a directive in a directive"),
        *("below front matter", "windows"),
    ],
)
def test_roles_are_found_wherever_text_runs(text: str, line: int) -> None:
    assert roles(text) == [("survey:head", "x", line)]


def test_roles_that_are_no_roles() -> None:
    for text in (
        "`` {cite:t}`x` ``",
        "```\n{cite:t}`x`\n```",
        "```{code-block} md\n{cite:t}`x`\n```",
        "    {cite:t}`x`",
    ):
        assert roles(text) == []


def test_each_of_several_roles_counts() -> None:
    assert roles("{cite:p}`a2020b, c2021d` and\n{cite:t}`e2022f`") == [
        ("cite:p", "a2020b, c2021d", 1),
        ("cite:t", "e2022f", 2),
    ]
    assert body.parse("{cite:t}`a`").roles == (Role("cite:t", "a", 1),)


MARKS = [
    *(
        "# ",
        "\n",
        "\n\n",
        "- ",
        "> ",
        ": ",
        "| ",
        "|---|",
        "`",
        "``",
        "```",
        "```{note}",
        ":::",
        ":::{tip}",
        "---",
        "$",
        "$$",
    ),
    *(
        "*",
        "**",
        "_",
        "[",
        "](",
        ")",
        "<",
        ">",
        "{cite:t}`",
        "{survey:head}`x <y>`",
        "word",
        "\\",
        "&amp;",
        "    ",
        "\t",
        "\x00",
    ),
]


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=30).map("".join))
def test_any_text_is_read_and_every_line_is_one_of_its_lines(text: str) -> None:
    found = body.parse(text)
    lines = [found.title_line, *(role.line for role in found.roles), *(part.line for part in found.summary.values())]
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
