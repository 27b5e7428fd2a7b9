"""What is wrong with a survey is said in one line each: where it is, what it is and what to do."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from problem_cases import HEAD, MODEL, PAPER, STAGE, VALUES, YAML, field, paper, replace, write
from problem_cases_bibtexts import BIBTEXTS
from problem_cases_bounds import BOUNDS, DATES, NAMES, NEARLY
from problem_cases_claims import CLAIMS
from problem_cases_fields import FIELDS, FILES, TEXT
from problem_cases_manners import MANNERS, quoted
from problem_cases_markup import MARKUP
from problem_cases_policy import POLICY
from problem_cases_refused import REFUSED
from problem_cases_survey import BETWEEN, BIBLIOGRAPHY
from problem_cases_tables import TABLES
from trees import small_survey

from survey.catalogue import CODES, Problem, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from problem_cases import Case, Spoil
    from syrupy.assertion import SnapshotAssertion
    from trees import Tree

CASES = (
    *(*YAML, *VALUES, *FIELDS, *CLAIMS, *FILES, *TEXT, *BIBLIOGRAPHY, *BIBTEXTS, *BETWEEN, *REFUSED),
    *(*NAMES, *DATES, *BOUNDS, *NEARLY, *MARKUP, *MANNERS, *POLICY, *TABLES),
)
#: Words of Python, pydantic and PyYAML that a contributor need not know.
PROGRAM = re.compile(r"[a-z](Fields|Links)\b|Tuple|Input|validat|instance|'None'|codec|'<\w[\w ]*>'")
#: What other files may be told of one that cannot be used, or that lacks what they name.
FOLLOWS = {
    *("missing-entry", "unused-entry", "unlisted-page", "title-differs"),
    *("unknown-citation", "unknown-category", "unknown-target", "duplicate-target"),
}


@dataclass(frozen=True)
class Spoilt:
    """A survey that was spoilt in one way."""

    case: Case
    line: int
    problems: list[Problem]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.id)
def spoilt(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Spoilt:
    case: Case = request.param
    survey = small_survey(tmp_path_factory.mktemp("survey"))
    case.spoil(survey)
    return Spoilt(case, case.line_in(survey), survey.problems())


# This test stands first: the survey is checked for whichever test is first, and mutants are met by that one alone.
def test_the_words_are_those_that_were_read_and_approved(spoilt: Spoilt, snapshot: SnapshotAssertion) -> None:
    assert [str(problem) for problem in spoilt.problems] == snapshot


def test_is_reported_where_it_stands_with_what_to_do(spoilt: Spoilt) -> None:
    case = spoilt.case
    found = [problem for problem in spoilt.problems if (problem.code, problem.path) == (case.code, case.path)]
    problem = next((problem for problem in found if case.says in problem.message), None)
    assert problem is not None, f"no {case.code} that says {case.says!r} in {spoilt.problems}"
    assert problem.line == spoilt.line
    assert case.mend in problem.hint
    assert problem.hint


def test_is_one_problem_and_not_more(spoilt: Spoilt) -> None:
    if spoilt.case.also is not None:
        more = Counter(problem.code for problem in spoilt.problems) - Counter([spoilt.case.code, *spoilt.case.also])
        assert not more
        return
    # What follows from a file that cannot be used: problems of this file, or of those that name what it would hold.
    elsewhere = {problem.code for problem in spoilt.problems if problem.path != spoilt.case.path}
    assert elsewhere <= FOLLOWS


def test_speaks_of_the_files_and_not_of_the_program(spoilt: Spoilt) -> None:
    for problem in spoilt.problems:
        assert not PROGRAM.search(str(problem))


@pytest.mark.parametrize("code", [*CODES, "unknown-head", "unknown-stage", "unknown-method", "unknown-model"])
def test_every_code_has_a_case(code: str) -> None:
    assert code in {case.code for case in CASES}


def test_a_sound_survey_has_no_problem(survey: Tree) -> None:
    assert survey.problems() == []


def test_an_empty_survey_has_no_problem(tree: Tree) -> None:
    assert tree.problems() == []


def test_all_problems_come_at_once_in_the_order_of_the_files(survey: Tree) -> None:
    survey.work("yu2025later")
    for spoil in (field("scoope: x"), paper("'2024-04-24'", "soon"), field("parent: retreival", HEAD)):
        spoil(survey)
    assert [(problem.path, problem.code) for problem in survey.problems()] == [
        (HEAD, "unknown-head"),
        (PAPER, "bad-date"),
        (PAPER, "unknown-field"),
        ("references.bib", "unused-entry"),
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        paper("'2024-04-24'", '"2024\\n04"'),
        paper("- retrieval", '- "retrieval\\nhead"'),
        paper("'2024-04-24'", '"2024\\e[31m"'),
        paper("A task.", "{survey:head}`retrieval\n  head`"),
        write("docs/papers/two\nlines.md", "# Two lines\n"),
    ],
    ids=["date", "id", "escape sequence", "role", "file name"],
)
def test_a_problem_stays_on_one_line_whatever_it_quotes(survey: Tree, spoil: Spoil) -> None:
    spoil(survey)
    assert survey.problems()
    for problem in survey.problems():
        assert str(problem).isprintable()


@pytest.mark.parametrize(
    ("spoil", "path"),
    [
        (replace(MODEL, "layers: 32", "layers: many"), MODEL),
        (replace(STAGE, "order: 2", "order: second"), STAGE),
        (replace(HEAD, "  name:", "  nam: x\n  name:"), HEAD),
        (replace(MODEL, "members:", "members: ["), MODEL),
        (replace(STAGE, "  order:", "\torder:"), STAGE),
        (write(PAPER, b"\xff"), PAPER),
        (write(MODEL, b"\xff"), MODEL),
        (write("references.bib", b"\xff"), "references.bib"),
        (lambda tree: tree.remove("references.bib"), "references.bib"),
    ],
    ids=[
        *("member's value", "stage's value", "head's field", "model's YAML", "stage's YAML"),
        *("paper's bytes", "model's bytes", "bibliography's bytes", "no bibliography"),
    ],
)
def test_a_file_that_cannot_be_used_does_not_put_others_in_the_wrong(survey: Tree, spoil: Spoil, path: str) -> None:
    spoil(survey)
    assert {problem.path for problem in survey.problems()} == {path}


def test_reads_as_path_line_code_and_sentence() -> None:
    problem = Problem("docs/papers/a2020b.md", 4, "unknown-head", "there is no head 'x'", "did you mean 'y'?")
    assert str(problem) == "docs/papers/a2020b.md:4: unknown-head: there is no head 'x'; did you mean 'y'?"
    assert str(Problem("references.bib", 1, "bad-key", "no key")) == "references.bib:1: bad-key: no key"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [("retreival", "did you mean 'retrieval'?"), ("zzz", "add its file"), ("", "add its file")],
)
def test_suggests_the_nearest_name_only_if_it_is_near(wrong: str, hint: str) -> None:
    assert did_you_mean(wrong, ["memory", "retrieval"], "add its file") == hint


def test_words_that_are_quoted_are_not_the_surveys_own(tmp_path: Path) -> None:
    survey = small_survey(tmp_path)
    quoted(survey)
    assert survey.problems() == []


def test_a_dispute_with_two_sides_and_a_question_inside_a_sentence_are_in_order(tmp_path: Path) -> None:
    survey = small_survey(tmp_path)
    survey.write("docs/survey.toml", 'require = ["empty-dispute", "opening-question"]\n')
    both = "{cite:t}`wu2024retrieval` and {cite:t}`ahn2025memory` differ."
    survey.write(HEAD, f"{survey.read(HEAD)}\n## Disputed\n\n{both}\n")
    survey.replace(PAPER, "A new idea.", 'It asks ("is it new?") and answers. Is it?')
    assert survey.problems() == []
