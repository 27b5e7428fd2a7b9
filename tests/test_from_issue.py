"""``python -m survey new --from-issue``: an issue of the form becomes a paper, or an answer that says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from issues import ENTRY, FORM, issue
from loopback import Answer, Loopback, closed_port
from trees import Tree, small_survey

from survey.adding import from_issue
from survey.adding.issue import issue_form
from survey.adding.lookups import Services
from survey.adding.papers import look_up
from survey.command import main, new_files

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

PAPER = "docs/papers/wu2024head.md"


@pytest.fixture
def survey(tmp_path: Path, loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Return a small survey that lacks the paper, and looks papers up at a server on loopback."""
    monkeypatch.setattr(new_files, "SERVICES", loopback.services())
    tree = small_survey(tmp_path / "survey")
    tree.replace("references.bib", "2404.15574", "2404.00001")
    return tree


def submit(survey: Tree, text: str) -> tuple[int, str]:
    """Run the command on an issue; return its status and the answer."""
    file = survey.root.parent / "issue.md"
    file.write_text(text, "utf-8", newline="")
    answer = survey.root.parent / "answer.md"
    arguments = ["new", "--root", str(survey.root), "--from-issue", str(file), "--answer", str(answer)]
    return main(arguments), answer.read_text("utf-8")


def state(survey: Tree) -> dict[str, bytes]:
    """Return the content of all files."""
    return {str(path): path.read_bytes() for path in survey.root.rglob("*") if path.is_file()}


def refused(survey: Tree, text: str) -> str:
    """Run the command on an issue of which nothing can be made; return the answer."""
    before = state(survey)
    status, answer = submit(survey, text)
    assert status == 1
    assert state(survey) == before
    return answer


def test_the_form_and_its_reader_agree() -> None:
    fields = [field for field in yaml.safe_load(FORM.read_text("utf-8"))["body"] if field["type"] != "markdown"]
    required = {field["attributes"]["label"]: field.get("validations", {}).get("required", False) for field in fields}
    assert required == issue_form.LABELS
    assert list(required) == list(issue_form.LABELS)
    assert len({field["id"] for field in fields}) == len(fields)


def test_a_well_formed_issue_becomes_two_complete_files(survey: Tree) -> None:
    status, answer = submit(survey, issue())
    assert status == 0
    assert survey.problems() == []
    assert (
        survey.read(PAPER)
        == """\
---
paper:
  published: 2025-01-22
  preprinted: 2024-04-24
  heads: [retrieval, previous-token]
  takeaway: "In Llama-2-7B, masking the top 5% of retrieval heads makes the model miss the needle."
  read: [full, code]
  models: [llama-2-7b, llama-2-13b]
  methods:
  links:
    code: ["https://github.com/nightdessert/Retrieval_Head"]
---

# Retrieval Head Mechanistically Explains Long-Context Factuality

Innovation
: Heads are found that copy from a *long* context, see {survey:paper}`bell2023previous`.

Tasks
: `Llama-2-7B` looks for a needle.

Significant result
: Under 5 % of all heads do it; masking them lowers recall.
"""
    )
    assert "@misc{wu2024head,\n  title         = {{Retrieval Head Mechanistically" in survey.read("references.bib")
    assert f"- `{PAPER}`: its page" in answer
    assert "`models that title or abstract name: llama-2-7b`" in answer
    assert "`methods that title or abstract name: zero-ablation`" in answer


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("Llama-2-7B", "  models: [llama-2-7b]"),
        ("llama-2-13b; Llama-2-7B, llama-2-7b", "  models: [llama-2-13b, llama-2-7b]"),
        ("Llama-2-7B and others", '  models_note: "Llama-2-7B and others"'),
        ('six open "models",\nnot named', '  models_note: "six open \\"models\\", not named"'),
    ],
)
def test_models_that_the_survey_doesnt_know_are_a_note(survey: Tree, answer: str, line: str) -> None:
    assert submit(survey, issue(Models=answer))[0] == 0
    assert line in survey.read(PAPER).splitlines()
    assert survey.problems() == []


def test_what_becomes_of_it_passes_the_strict_build(survey: Tree) -> None:
    submit(survey, issue())
    built = survey.build()
    assert built.warnings == ""
    assert "Under 5 % of all heads do it; masking them lowers recall." in built.page("papers/wu2024head").get_text()


@pytest.mark.parametrize(
    "change", [lambda text: text.replace("\n", "\r\n"), lambda text: f"\n\n{text}\n\n", lambda text: text.rstrip()]
)
def test_ends_of_lines_dont_matter(survey: Tree, change) -> None:
    assert submit(survey, change(issue()))[0] == 0
    assert b"\r" not in (survey.root / PAPER).read_bytes()


@pytest.mark.parametrize(
    ("changes", "label", "says"),
    [
        ({"Published": "spring 2024"}, "Published", "'spring 2024' is not a date; write 2024-04-24"),
        ({"Published": "2024-02-30"}, "Published", "'2024-02-30' is not a date"),
        ({"Title": ""}, "Title", "there is no answer"),
        ({"Title": "Another Paper Altogether"}, "Identifier", "is the paper 'Retrieval Head Mechanistically"),
        ({"Identifier": "see arXiv"}, "Identifier", "'see arXiv' does not name a paper"),
        ({"Identifier": "2404.00001"}, "references.bib", "the paper with arXiv:2404.00001 is already there"),
        ({"Identifier": "2404.99999"}, "Identifier", "arXiv knows no paper '2404.99999'; check the identifier"),
        ({"Head types": "retreival"}, "Head types", "there is no head 'retreival'; did you mean 'retrieval'?"),
        ({"Head types": "Circuit breaker"}, "Head types", "a new one is proposed in an issue of its own"),
        ({"Models": ""}, "Models", "there is no answer"),
        ({"Takeaway": "It works."}, "Takeaway", "bad-takeaway: the takeaway begins with 'It'"),
        ({"Takeaway": "word " * 60}, "Takeaway", "the answer has 299 characters; shorten it: 200 at most"),
        ({"Read": "ful, code"}, "Read", "'ful' cannot be read; did you mean 'full'?"),
        ({"Head types": "none"}, "Head types", "scope: background"),
        ({"Innovation": ""}, "Innovation", "there is no answer"),
        ({"Tasks": "See {survey:head}`retreival`."}, "Tasks", "no head 'retreival'; did you mean 'retrieval'?"),
        ({"Tasks": "See {cite:p}`wu2020x`."}, "Tasks", "there is no entry 'wu2020x' in references.bib"),
        ({"Code": "http://example.org"}, "Code", "'http://example.org' is not an https address"),
        ({"Code": "on request"}, "Code", "'on' is not an https address"),
    ],
)
def test_what_is_wrong_is_answered_by_field(
    survey: Tree, changes: dict[str, str], label: str, says: str, snapshot: SnapshotAssertion
) -> None:
    answer = refused(survey, issue(changes))
    line = next(line for line in answer.splitlines() if label in line)
    assert says in line
    assert answer.splitlines() == snapshot


def test_everything_wrong_is_answered_at_once(survey: Tree) -> None:
    answer = refused(
        survey, issue(Published="x", Tasks="# x", identifier="", **{"Head types": "a, b", "Identifier": "z"})
    )
    assert answer.count("\n- ") == 5


@pytest.mark.parametrize(
    "names", ["retrieval", "Retrieval Heads", "- retrieval\n- `Needle Head`", "RETRIEVAL HEAD;", '"needle-head"']
)
def test_heads_are_named_by_id_name_or_alias(survey: Tree, names: str) -> None:
    assert submit(survey, issue({"Head types": names}))[0] == 0
    assert "  heads: [retrieval]\n" in survey.read(PAPER)


def test_an_issue_that_was_not_made_with_the_form_is_told_of_it(survey: Tree) -> None:
    answer = refused(survey, "Please add https://arxiv.org/abs/2404.15574!")
    assert "**Significant result**: `the field is not there; open an issue with the form 'Add a paper'" in answer


def test_a_paper_that_was_added_meanwhile_is_refused(survey: Tree) -> None:
    submit(survey, issue())
    answer = refused(survey, issue())
    assert "already there, and surveyed in docs/papers/wu2024head.md" in answer


def test_problems_that_were_there_hinder_nobody(survey: Tree) -> None:
    survey.work("zz2020unused")
    survey.replace("references.bib", "2404.15574", "2404.00001")
    before = survey.codes()
    assert "unused-entry" in before
    assert submit(survey, issue())[0] == 0
    assert survey.codes() == before


@pytest.mark.parametrize("answer", [None, Answer(status=500), Answer(b"<html>")])
def test_without_a_service_the_entry_in_the_issue_is_enough(
    survey: Tree, loopback: Loopback, monkeypatch: pytest.MonkeyPatch, answer: Answer | None
) -> None:
    if answer is None:
        monkeypatch.setattr(new_files, "SERVICES", Services(arxiv=f"http://127.0.0.1:{closed_port()}/"))
    else:
        loopback.answers["/arxiv"] = [answer]
    status, said = submit(survey, issue({"BibTeX entry": ENTRY}))
    assert status == 0
    assert "eprint        = {2404.15574}," in survey.read("references.bib")
    assert "  preprinted: 2024-04\n" in survey.read(PAPER)
    assert "no service was asked" in said


def test_without_a_service_and_an_entry_it_is_said_what_to_do(survey: Tree, loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [Answer(status=500)]
    answer = refused(survey, issue())
    assert "**Identifier**: `arXiv fails (status 500), 3 times; edit the issue later to try again, or fill in" in answer


def test_an_entry_of_another_paper_is_refused(survey: Tree, loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [Answer(status=500)]
    entry = ENTRY.replace("year={2024}", "year={2024}, eprint={2404.11111}")
    assert "**BibTeX entry**: `the entry is of another paper, '2404.11111'" in refused(survey, issue(bibtex=entry))


def test_a_file_named_in_an_issue_is_not_read(survey: Tree) -> None:
    survey.write("entry.bib", ENTRY)
    for name in ("entry.bib", "-", str(survey.root / "entry.bib"), "bell2023previous"):
        assert "does not name a paper" in refused(survey, issue(Identifier=name))


def test_it_works_without_an_answer_file_too(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    file = survey.root.parent / "issue.md"
    file.write_text(issue(Published="x"), "utf-8")
    assert main(["new", "--root", str(survey.root), "--from-issue", str(file)]) == 1
    assert "Published: 'x' is not a date" in capsys.readouterr().err


def test_services_are_those_of_the_code_unless_it_says_otherwise() -> None:
    assert Services().arxiv.startswith("https://")
    assert from_issue.__defaults__ == (None,)
    assert look_up.__defaults__ is None
