"""No text makes the reader of a survey raise, whatever it is; nor does it take long or much memory."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trees import Tree, small_survey

from survey.catalogue import CODES, load
from survey.catalogue.checks import impossible_dates
from survey.catalogue.texts.latex_text import LatexError, formula_as_text, latex_as_text
from survey.catalogue.texts.lookalikes import skeleton
from survey.catalogue.views.plain_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds and bytes for a text of a few hundred characters; a sound page takes a thousandth.
MOST_TIME, MOST_MEMORY = 5.0, 100_000_000
FUZZ = settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

MARKUP = st.sampled_from(
    [
        *(
            "```{note}\n",
            "```\n",
            ":::\n",
            ":::{survey:papers}\n",
            ":limit: 9\n",
            "---\n",
            "> ",
            "- ",
            "1. ",
            "# ",
            "% ",
        ),
        *(
            "| a |\n|---|\n",
            "Term\n: ",
            "[^1]",
            "[^1]: ",
            "[a]: b\n",
            "[a](b)",
            "![a](b)",
            "{cite:p}`",
            "{doc}`/index`",
        ),
        *(
            "`",
            "``",
            "$",
            "$$\n",
            "**",
            "_",
            "<b>",
            "<!--",
            "\\",
            "&#0;",
            "(x)=\n",
            "+++ x\n",
            "\n\n",
            " ",
            "x",
            "\t",
            "\0",
        ),
        *("```{list-table}\n* - a\n", '```{csv-table}\n"a,b\n', "```{glossary}\n  a\n", "```{toctree}\n/x\n", "\u202e"),
    ]
)
YAML = st.sampled_from(
    [
        *(
            "paper:\n",
            "  published: ",
            "2024-04-24\n",
            "  heads: [",
            "]\n",
            "{",
            "}",
            "- ",
            "&a ",
            "*a ",
            "!x ",
            "? ",
            ": ",
        ),
        *(
            "'",
            '"',
            "|\n",
            ">\n",
            "#",
            "\t",
            "\n",
            "  ",
            "\0",
            "\u2028",
            "=",
            "<<: ",
            "~",
            ".nan",
            "1e999",
            "0x_",
            "9" * 5000,
        ),
    ]
)
BIBTEX = st.sampled_from(
    [
        *(
            "@article{",
            "@string{",
            "@comment{",
            "@",
            "doe2024x,\n",
            "title = ",
            "year = {2024},\n",
            "{",
            "}",
            '"',
            "#",
            ",",
            "=",
        ),
        *(
            "crossref = {x},\n",
            "author = {A and B},\n",
            "eprint = {9999.99999},\n",
            "% x\n",
            "\\",
            "\n",
            "\0",
            "\xe9",
            "a",
        ),
    ]
)
LATEX = st.sampled_from(
    [
        *(
            r"\sqrt",
            r"\frac",
            r"\left(",
            r"\right)",
            r"\begin{array}",
            r"\end{array}",
            r"\text{",
            r"\href",
            r"\textcolor{a}",
        ),
        *(
            "{",
            "}",
            "^",
            "_",
            "&",
            r"\\",
            "[",
            "]",
            "'",
            "~",
            "$",
            "%",
            "a",
            "1",
            " ",
            r"\x",
            r"\over",
            r"\hline",
            "\\",
        ),
    ]
)


def joined(pieces: st.SearchStrategy[str], most: int = 30) -> st.SearchStrategy[str]:
    return st.lists(pieces, max_size=most).map("".join)


@pytest.fixture(scope="module")
def tree() -> Iterator[Tree]:
    with tempfile.TemporaryDirectory() as folder:
        yield small_survey(Path(folder))


def loads(tree: Tree) -> None:
    started = time.process_time()
    tracemalloc.start()
    try:
        catalogue = load(tree.root)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < MOST_TIME
    assert peak < MOST_MEMORY
    for problem in catalogue.problems:
        assert problem.code in CODES or problem.code.startswith("unknown-")
        assert problem.line >= 1
        assert str(problem).isprintable()


@FUZZ
@given(text=joined(MARKUP) | st.text(max_size=200))
def test_markdown(tree: Tree, text: str) -> None:
    tree.write("docs/notes.md", f"# Notes\n\n{text}".encode("utf-8", "surrogatepass"))
    loads(tree)


@FUZZ
@given(text=joined(YAML))
def test_front_matter(tree: Tree, text: str) -> None:
    tree.write("docs/papers/doe2024x.md", f"---\n{text}\n---\n\n# X\n")
    loads(tree)
    tree.remove("docs/papers/doe2024x.md")


@FUZZ
@given(text=joined(BIBTEX))
def test_bibliography(tree: Tree, text: str) -> None:
    before = tree.read("references.bib")
    tree.write("references.bib", before + text)
    loads(tree)
    tree.write("references.bib", before)


@settings(FUZZ, max_examples=300)
@given(latex=joined(LATEX, 12))
def test_formulas(latex: str) -> None:
    assert isinstance(formula_as_text(latex), str)


@pytest.mark.parametrize("latex", ["{" * 300 + "}" * 300, r"\sqrt", r"\textcolor{a}", "x" * 200_001])
def test_latex_that_cannot_be_read_is_one_error(latex: str) -> None:
    with pytest.raises(LatexError):
        latex_as_text(latex)


def test_a_formula_that_cannot_be_read_is_shown_as_written(tree: Tree) -> None:
    assert plain_text(r"A new $\sqrt$ idea.", load(tree.root)) == r"A new \sqrt idea."


@settings(FUZZ, max_examples=200)
@given(name=st.text(max_size=30))
def test_what_a_reader_sees_of_a_name_is_seen_once(name: str) -> None:
    assert skeleton(skeleton(name)) == skeleton(name)
    assert skeleton(f"{name}\u200b") == skeleton(name) == skeleton(f" {name}")


@pytest.mark.parametrize(
    ("day", "codes"), [(dt.date(2025, 1, 9), ["date-differs"]), (dt.date(2025, 1, 10), []), (dt.date(2031, 1, 1), [])]
)
def test_the_day_on_which_dates_are_judged_is_given(survey: Tree, day: dt.date, codes: list[str]) -> None:
    assert [problem.code for problem in load(survey.root, day).problems] == codes  # one paper is of 10 January 2025


@pytest.mark.parametrize(
    ("epoch", "ahead"), [("1700000000", False), ("9" * 30, False), ("", False), ("9999999999", True)]
)
def test_only_a_later_day_of_the_build_counts(epoch: str, ahead: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = dt.datetime.now(dt.UTC).date()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert (impossible_dates.today() > clock + dt.timedelta(days=2)) is ahead
    assert impossible_dates.today() > clock
