"""Front matter keeps every value as it was written and knows its line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.catalogue.schema import frontmatter
from survey.catalogue.schema.frontmatter import FrontMatter

SAMPLE = """\
---
paper:
  published: 2024-04-24   # the day
  heads: [retrieval, 'previous-token']
  links:
    code:
      - https://example.org/a

      - https://example.org/b
  positions:
    - {model: gpt2, at: ['5.1',
        '5.10']}
---

# Title
"""


def front(text: str) -> FrontMatter:
    """Return front matter that has no problem."""
    found, problems = frontmatter.parse(text, "x.md")
    assert problems == []
    return found


def matter(fields: str) -> str:
    """Return a file with these lines in its front matter."""
    return f"---\n{fields}\n---\ntext\n"


def test_values_are_texts_lists_and_mappings() -> None:
    assert front(SAMPLE).values == {
        "paper": {
            "published": "2024-04-24",
            "heads": ["retrieval", "previous-token"],
            "links": {"code": ["https://example.org/a", "https://example.org/b"]},
            "positions": [{"model": "gpt2", "at": ["5.1", "5.10"]}],
        }
    }


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 2),
        (("paper",), 2),
        (("paper", "published"), 3),
        (("paper", "heads", 1), 4),
        (("paper", "links", "code"), 6),
        (("paper", "links", "code", 1), 9),
        (("paper", "positions", 0, "at", 0), 11),
        (("paper", "positions", 0, "at", 1), 12),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_each_value_knows_its_line(path: tuple[str | int, ...], line: int, newline: str) -> None:
    found = front(SAMPLE.replace("\n", newline))
    assert found.line(path) == line
    assert found.end == 13


def test_what_is_missing_has_the_line_of_what_should_hold_it() -> None:
    found = front(SAMPLE)
    assert found.line(("paper", "links", "demo", 3)) == 5
    assert found.line(("head", "name")) == 2
    assert FrontMatter().line(("paper", "heads")) == 1


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2024-04-24",
            "2024",
            "yes",
            "no",
            "on",
            "12",
            "2404.15574",
            "a b",
            "R&D",
            "50%",
            "a:b",
            "7B",
            "1e",
            "é",
            "“q”",
        ),
        "https://example.org/a#b",
    ],
)
def test_plain_values_stay_as_written(written: str) -> None:
    assert front(matter(f"a: {written}")).values == {"a": written}


@pytest.mark.parametrize("written", ["!!str 2024-04-24", "!local 2024-04-24", "!!python/name:os.system 2024-04-24"])
def test_tags_change_nothing_and_are_reported(written: str) -> None:
    found, problems = frontmatter.parse(matter(f"a: {written}"), "x.md")
    assert found.values == {"a": "2024-04-24"}
    (problem,) = problems
    assert problem.code == "yaml-tag"
    assert f"({written.split(maxsplit=1)[0]})" in problem.message


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_nothing_is_none(written: str) -> None:
    assert front(matter(f"a: {written}")).values == {"a": None}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("'it''s: 1.10'", "it's: 1.10"),
        ('"tab\\tand \\u00e9"', "tab\tand é"),
        ("|\n  one\n  two", "one\ntwo"),
        (">-\n  one\n  two", "one two"),
        ("'1.10'", "1.10"),
        ("'~'", "~"),
    ],
)
def test_quoted_and_folded_texts_are_read(written: str, value: str) -> None:
    assert front(matter(f"a: {written}")).values["a"].strip() == value.strip()


@pytest.mark.parametrize(
    ("written", "number"),
    [("1.10", "1.1"), ("2404.10570", "2404.1057"), ("007", "7"), ("0x10", "16"), ("1_000", "1000"), ("12:30", "750")],
)
def test_what_other_readers_of_yaml_would_change_asks_for_quotes(written: str, number: str) -> None:
    found, problems = frontmatter.parse(matter(f"a: [x,\n  {written}]"), "x.md")
    assert found.values == {"a": ["x", written]}
    assert [(problem.line, problem.code) for problem in problems] == [(3, "unquoted-number")]
    assert number in problems[0].message
    assert f"'{written}'" in problems[0].hint


@pytest.mark.parametrize(
    "text",
    ["", "\n", "# Title\n", "text\n---\na: 1\n---\n", "\n---\na: 1\n---\n", " ---\na: 1\n---\n", "----\na: 1\n----\n"],
)
def test_a_file_may_have_no_front_matter(text: str) -> None:
    found = front(text)
    assert (found.values, found.end) == ({}, 0)


@pytest.mark.parametrize("text", ["---\n---\n", "---\n\n# just a comment\n---\n", "--- \n---\t\nx"])
def test_front_matter_may_be_empty(text: str) -> None:
    found = front(text)
    assert found.values == {}
    assert found.end > 1


def test_the_first_of_two_equal_keys_counts() -> None:
    found, problems = frontmatter.parse(matter("a: 1\nb:\n  c: 2\n  'c': 3\na: 4"), "x.md")
    assert found.values == {"a": "1", "b": {"c": "2"}}
    assert [(problem.line, problem.code) for problem in problems] == [(5, "repeated-key"), (6, "repeated-key")]


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "a: &a\n  b: *a",
        "a: &a [*a]",
        "a: &a {x: y}\nb:\n  <<: *a",
    ],
    ids=["billion laughs", "loop of mappings", "loop of lists", "merge key"],
)
def test_aliases_are_reported_and_never_followed(bomb: str) -> None:
    _, problems = frontmatter.parse(matter(bomb), "x.md")
    assert {problem.code for problem in problems} == {"yaml-alias"}


@pytest.mark.parametrize(
    "written",
    ["9" * 5000, f"{'9' * 400}.10", "!!float 2024-13-01", "!!int =", "!!int x", "!!timestamp x"],
    ids=["many digits", "large fraction", "tagged date", "tagged sign", "tagged word", "tagged text"],
)
def test_no_value_makes_the_reader_fail(written: str) -> None:
    _, problems = frontmatter.parse(matter(f"a: 1\nb: {written}"), "x.md")
    assert {problem.line for problem in problems} <= {3}


PIECES = [
    *(
        "paper:",
        "heads: ",
        "a: ",
        "- ",
        "? ",
        ": ",
        ", ",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "|",
        ">",
        "#",
        "~",
        "&a ",
        "*a",
    ),
    *("\n", "\n", "\n  ", "\n    ", "\t", "---", "...", "!!int ", "!!float ", "!!set ", "!", "%", "@", "<<: ", "= "),
    *(
        "1.10",
        "007",
        ".inf",
        "1e999",
        "12:30:45",
        "2024-13-01",
        "0x",
        "0b2",
        "word",
        "é",
        "\x00",
        "\x85",
        "\u2028",
        "\ufeff",
    ),
]


@settings(max_examples=100, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_whatever_stands_there_is_read_or_reported_inside_the_block(text: str) -> None:
    found, problems = frontmatter.parse(matter(text), "x.md")
    assert isinstance(found.values, dict)
    assert all(1 <= problem.line <= text.count("\n") + 3 and problem.hint for problem in problems)


plain = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
trees = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain, inner, max_size=3), max_leaves=8
)


@settings(max_examples=50, derandomize=True)
@given(st.dictionaries(plain, trees, max_size=4), st.sampled_from([None, False, True]))
def test_what_was_dumped_is_read_again(values: dict[str, Any], flow: bool | None) -> None:
    quoted = yaml.safe_dump(values, default_style="'", default_flow_style=flow, allow_unicode=True, width=10_000)
    assert front(matter(quoted)).values == values
