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


def test_a_well_formed_issue_becomes_two_complete_files(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1751241600")  # the last day of June 2025
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
  added: 2025-06-30
  heads: [retrieval, previous-token]
  takeaway: "In Llama-2-7B, masking the top 5% of retrieval heads makes the model miss the needle."
  read: [full, code]
  models: [llama-2-7b, llama-2-13b]
  methods:  # perhaps zero-ablation
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
    assert "models that title or abstract name" not in answer
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


def test_a_model_that_is_nearly_one_of_the_surveys_is_left_to_a_person(survey: Tree) -> None:
    status, answer = submit(survey, issue(Models="lama-2-7b, ours"))
    assert status == 0
    assert '  models_note: "lama-2-7b, ours"\n' in survey.read(PAPER)
    assert "- [ ] `there is no model 'lama-2-7b'; did you mean 'llama-2-7b'?`" in answer
    assert "'ours'" not in answer


def test_words_on_models_have_no_place_beside_those_of_positions(survey: Tree) -> None:
    table = "layer,head,type,model,source\n3,7,retrieval,llama-2-13b,Figure 2"
    status, answer = submit(survey, issue(Models="two more, not named", Positions=table))
    assert status == 0
    assert survey.problems() == []
    page = survey.read(PAPER)
    assert "  models: [llama-2-13b]\n" in page
    assert "models_note" not in page
    assert "- [ ] `the models are those of the positions; the issue says 'two more, not named'`" in answer


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
        ({"Address": ""}, "Address", "there is no answer"),
        ({"Methods": "guessing"}, "Methods", "there is no method 'guessing'"),
        (
            {"Positions": "layer,head\n1,2", "Models": ""},
            "Positions:2",
            "which model is meant; give a column 'model'`",
        ),
        ({"Positions": "5.1, 5.5"}, "Positions:1", "the table has no column 'layer'"),
        (
            {"Positions": "layer,head,type,model,source\n32,0,retrieval,llama-2-7b,x"},
            "Positions",
            "bad-position",
        ),
        ({"Title": "Another Paper Altogether"}, "Address", "is the paper 'Retrieval Head Mechanistically"),
        ({"Address": "see arXiv"}, "Address", "'see arXiv' does not name a paper"),
        ({"Address": "2404.00001"}, "references.bib", "the paper with arXiv:2404.00001 is already there"),
        ({"Address": "2404.99999"}, "Address", "arXiv knows no paper '2404.99999'; check the identifier"),
        ({"Head types": "retreival"}, "Head types", "there is no head 'retreival'; did you mean 'retrieval'?"),
        ({"Head types": "Circuit breaker"}, "Head types", "a new one is proposed in an issue of its own"),
        ({"Models": "m, " * 200}, "Models", "the answer names 200 models; name 60 at most"),
        ({"Models": "word " * 200}, "Models", "the answer has 999 characters; give names of models, or a few words"),
        ({"Takeaway": "It works."}, "Takeaway", "bad-takeaway: the takeaway begins with 'It'"),
        ({"Takeaway": "word " * 60}, "Takeaway", "the answer has 299 characters; shorten it: 200 at most"),
        ({"Read": "ful, code"}, "Read", "'ful' cannot be read; did you mean 'full'?"),
        ({"Head types": "none"}, "Head types", "scope: background"),
        ({"What is new": ""}, "What is new", "there is no answer"),
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
    answer = refused(survey, issue(Published="x", Tasks="# x", identifier="", **{"Head types": "a, b", "Address": "z"}))
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
    assert "**Address**: `arXiv fails (status 500), 3 times; edit the issue later to try again, or fill in" in answer


def test_an_entry_of_another_paper_is_refused(survey: Tree, loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [Answer(status=500)]
    entry = ENTRY.replace("year={2024}", "year={2024}, eprint={2404.11111}")
    assert "**BibTeX entry**: `the entry is of another paper, '2404.11111'" in refused(survey, issue(bibtex=entry))


def test_a_file_named_in_an_issue_is_not_read(survey: Tree) -> None:
    survey.write("entry.bib", ENTRY)
    for name in ("entry.bib", "-", str(survey.root / "entry.bib"), "bell2023previous"):
        assert "does not name a paper" in refused(survey, issue(Address=name))


def test_it_works_without_an_answer_file_too(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    file = survey.root.parent / "issue.md"
    file.write_text(issue(Published="x"), "utf-8")
    assert main(["new", "--root", str(survey.root), "--from-issue", str(file)]) == 1
    assert "Published: 'x' is not a date" in capsys.readouterr().err


def test_services_are_those_of_the_code_unless_it_says_otherwise() -> None:
    assert Services().arxiv.startswith("https://")
    assert from_issue.__defaults__ == (None,)
    assert look_up.__defaults__ is None


def test_the_paper_leaves_the_queue(survey: Tree) -> None:
    waiting = '- id: "2404.15574"\n  title: A title\n  seen: a list\n  why: names heads\n'
    survey.write("docs/queue.yaml", f"# Seen.\n{waiting}{waiting.replace('2404.15574', '2404.99999')}")
    status, _answer = submit(survey, issue())
    assert status == 0
    assert survey.problems() == []
    assert [work.id for work in survey.load().queue] == ["2404.99999"]


def test_an_address_and_what_is_new_are_enough(survey: Tree) -> None:
    survey.write("docs/survey.toml", 'require = ["missing-models", "missing-reading", "missing-takeaway"]\n')
    for paper in survey.load().papers.values():
        more = "  read: [full]\n  takeaway: Retrieval heads copy the needle in Llama-2-7B.\n"
        survey.replace(paper.path, "\n---\n", f"\n{more}---\n")
    wanted = {"Address", "What is new"}
    status, answer = submit(survey, issue({label: "" for label in issue_form.LABELS if label not in wanted}))
    assert status == 0
    page = survey.read(PAPER)
    assert "  published: 2024-04-24\n" in page
    assert "  heads:  # perhaps retrieval, previous-token\n" in page
    assert "  models:  # perhaps llama-2-7b\n" in page
    assert "\n# Retrieval Head Mechanistically Explains Long-Context Factuality\n" in page
    assert ": Heads are found that copy from a *long* context" in page
    left = [problem.code for problem in survey.problems()]
    assert set(left) == {"missing-models", "missing-reading", "missing-summary", "missing-takeaway", "no-heads"}
    asked = [line for line in answer.splitlines() if line.startswith(f"- [ ] `{PAPER}:")]
    assert len(asked) == len(left) == 6
    assert "What has to be filled in by a reader of the paper:" in answer
    assert "The checker reports no problems" not in answer


def test_a_year_that_differs_from_the_entrys_is_left_to_a_person(survey: Tree) -> None:
    survey.write("docs/survey.toml", 'require = ["unexplained-year"]\n')
    status, answer = submit(survey, issue(Published="2025-01-22"))
    assert status == 0
    assert "What has to be filled in by a reader of the paper:" in answer
    assert "published 2025-01-22, and the entry in references.bib says 2024" in answer


def test_models_methods_and_positions_are_taken_where_they_are_known(survey: Tree) -> None:
    rows = "3,7,Needle Head,Llama-2-13B,0.5,Figure 2\n4,1,retrieval,llama-2-13b,1,Figure 2"
    table = f"layer,head,type,model,score,source\n{rows}"
    given = {"Models": "Llama-2-7B", "Methods": "zero ablation; probing", "Head types": "", "Positions": table}
    status, _answer = submit(survey, issue(given))
    assert status == 0
    assert survey.problems() == []
    fields = survey.load().papers["wu2024head"].fields
    assert (fields.heads, fields.models) == (("retrieval",), ("llama-2-7b", "llama-2-13b"))
    assert fields.methods == ("zero-ablation", "probing")
    (group,) = fields.positions
    assert (group.at, group.scores, group.source) == (("3.7", "4.1"), (0.5, 1.0), "Figure 2")


def test_a_list_that_is_too_long_for_a_form_is_left_to_a_person(survey: Tree) -> None:
    rows = "".join(f"0,{head},retrieval,llama-2-13b,x\n" for head in range(40))
    table = f"layer,head,type,model,source\n{rows}1,0,retrieval,llama-2-13b,x"
    assert "a list has more than 40 positions" in refused(survey, issue(Positions=table))


def test_what_a_source_of_positions_says_is_text(survey: Tree) -> None:
    source = "a \\ \\\" b: {c} # d ' --- !!python/object:x"
    quoted = '"' + source.replace('"', '""') + '"'
    table = f"layer,head,type,model,source\n1,0,retrieval,llama-2-13b,{quoted}"
    assert submit(survey, issue(Positions=table))[0] == 0
    assert survey.load().papers["wu2024head"].fields.positions[0].source == source
