"""What is rare in papers that are added: fields that few entries have, limits to their letter, papers half there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from trees import Tree, small_survey

from survey.adding import new_paper
from survey.adding.bibtex import bibentries
from survey.adding.bibtex.house_entries import entry_of
from survey.adding.draft.faults import Refused
from survey.adding.draft.identifiers import Identifier
from survey.adding.lookups import look_up
from survey.catalogue.texts import formulas, latex_text

if TYPE_CHECKING:
    from pathlib import Path

    from loopback import Loopback
    from syrupy.assertion import SnapshotAssertion

WAITING = "@misc{x, title={A Study of Waiting Heads}, author={Doe, Jane}, year=2024}"


def of(kind: str, **fields: str) -> str:
    """Return an entry of a kind, with a title, a name and a year."""
    given = {"title": "{Heads}", "author": "Doe, Jane", "year": "2024"} | fields
    return f"@{kind}{{x,\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in given.items()) + "\n}\n"


ENTRIES = {
    "number for pages": of("article", journal="J", eid="e17"),
    "pages before a number": of("article", journal="J", pages="3-9", eid="e17"),
    "address in how it was published": of("misc", howpublished=r"\url{https://example.org/a_b}"),
    "address in a note": of("misc", note="See https://example.org/b."),
    "address verbatim": of("misc", howpublished=r"\path{https://example.org/a\_b\%20c}"),
    "class of arXiv": of("misc", eprint="2401.00001 [cs.CL]", archiveprefix="arXiv"),
    "class of its own": of("misc", eprint="2401.00001", archiveprefix="arXiv", primaryclass="cs.LG"),
    "no class": of("misc", eprint="2401.00001", archiveprefix="arXiv"),
    "type of biblatex": of("online", url="https://example.org/"),
    "type of nobody": of("blogpost", url="https://example.org/"),
    "report with its number": of("techreport", institution="Head Institute", number="TR-7", type="Note"),
    "day in the month": of("article", journal="J", month="7~" + "March"),
    "Sept.": of("article", journal="J", month="Sept."),
    "month as a number": of("article", journal="J", month="9"),
    "date of biblatex": of("article", journal="J", date="2024-05-17", year=""),
    "range of dates": of("inproceedings", booktitle="C", date="2024-05-17/2024-05-20", year=""),
    "season": of("article", journal="J", month="Spring"),
    "book with editor": of("incollection", booktitle="B", editor="Roe, Ann", publisher="P", edition="2", series="S"),
    "name in one part": of("misc", author="Plato"),
    "institution": of("misc", author="{The Head Group} and Doe, Jane"),
    "accents": of("misc", author=r"M{\"u}ller, J{\'o}n and \v{S}t{\v e}p\'an, \L{}ukasz and {\AA}sa, Bj\"orn"),
    "accent on a digit": of("misc", title=r"{Heads $\hat{1}$ and \'1}"),
    "braces that are text": of("misc", title=r"{Heads \{a, b\}}"),
    "code": of("misc", title=r"{Heads of \texttt{a\_b} and \verb|c_d|}"),
    "doi as an address": of("article", journal="J", doi="https://doi.org/10.1000/ABC"),
}


@pytest.mark.parametrize("name", ENTRIES, ids=[name.replace(" ", "-") for name in ENTRIES])
def test_what_is_made_of_rare_fields_was_read_and_approved(name: str, snapshot: SnapshotAssertion) -> None:
    try:
        draft = bibentries.read(ENTRIES[name], "here").with_dates()
        made = entry_of(draft, "doe2024x", "here").source.splitlines()
        said = [*made, f"published: {draft.published}, preprinted: {draft.preprinted}", *draft.notes]
    except Refused as refused:
        said = [str(fault) for fault in refused.faults]
    assert said == snapshot


def test_a_place_in_a_file_is_the_line_of_what_is_wrong() -> None:
    texts = [
        "\n\n@misc{a,\n  title = {A},\n  author = {Doe, J},\n  year = {2024},\n  title = {B},\n}\n",
        "% a comment\n@misc{a,\n  title = {A\n}\n",
    ]
    said = []
    for text in texts:
        with pytest.raises(Refused) as raised:
            entry_of(bibentries.read(text, "here.bib").with_dates(), "doe2024x", "here.bib")
        said.append(raised.value.faults[0].place)
    assert said == ["here.bib:3", "here.bib:2"]


# Answers of services


@pytest.mark.parametrize(
    "identifier",
    [
        *(Identifier("arxiv", "2404.15574"), Identifier("doi", "10.18653/v1/W19-4828")),
        *(Identifier("acl", "D19-1223"), Identifier("openreview", "GtvuNrk58a")),
    ],
    ids=["arxiv", "doi", "acl", "openreview"],
)
def test_what_is_read_of_an_answer_was_read_and_approved(
    loopback: Loopback, identifier: Identifier, snapshot: SnapshotAssertion
) -> None:
    draft = look_up(identifier, loopback.services())
    assert [draft.fields, str(draft.published), str(draft.preprinted), list(draft.notes)] == snapshot


# Limits


@pytest.mark.parametrize(
    ("latex", "says"),
    [
        ("{" * 40 + "a" + "}" * 40, None),
        ("{" * 41 + "a" + "}" * 41, "more than 40 times"),
        ("{a}" * 45 + "b", None),
        ("{{a}}{{b}}c", None),
        ("{a}}{b", "pair up"),
        ("{{a}", "pair up"),
        (r"a\label{eq-x}", None),
        (r"\lambda_{\mathrm{max}}", None),
        (r"\unheardof{x}", r"'\unheardof' is not known"),
        (r"\begin{tikzpicture}\end{tikzpicture}", "'tikzpicture' is not known"),
    ],
)
def test_a_formula_is_as_deep_as_its_deepest_place(latex: str, says: str | None) -> None:
    found = formulas.fault(latex)
    assert (found is None) if says is None else (says in (found or "")), found


@pytest.mark.parametrize(
    ("latex", "deep"), [("", 0), ("{a}", 1), ("{a}{b}", 1), ("{{a}b}{c}", 2), ("}}{a}", 1), ("{{{a}}}{{b}}", 3)]
)
def test_the_depth_of_a_text_is_that_of_its_deepest_place(latex: str, deep: int) -> None:
    assert latex_text.depth(latex) == deep


@pytest.mark.parametrize("braces", [20, 21])
def test_a_text_may_be_as_deep_as_is_said_and_no_deeper(braces: int) -> None:
    latex = "{" * braces + "a" + "}" * braces
    if braces <= latex_text.DEEPEST:
        assert latex_text.latex_as_text(latex) == "a"
    else:
        with pytest.raises(latex_text.LatexError, match="more than 20 braces"):
            latex_text.latex_as_text(latex)


# One of a paper's two files is there


@pytest.fixture
def survey(tmp_path: Path) -> Tree:
    return small_survey(tmp_path)


def test_a_paper_that_is_half_there_keeps_its_key_and_says_where_it_is(survey: Tree) -> None:
    before = survey.read("references.bib")
    added = new_paper(survey.root, "here", bibtex=WAITING)
    page = survey.read(added.path)
    survey.remove(added.path)
    with pytest.raises(Refused) as raised:
        new_paper(survey.root, "here", bibtex=WAITING, key="roe2024other")
    line = 1 + survey.read("references.bib").splitlines().index(f"@misc{{{added.key},")
    assert str(raised.value) == (
        f"references.bib:{line}: the work is in the bibliography as '{added.key}'; leave out --key"
    )
    survey.write(added.path, page)
    survey.write("references.bib", before)
    with pytest.raises(Refused) as raised:
        new_paper(survey.root, "here", bibtex=WAITING, key="roe2024other")
    assert str(raised.value) == f"{added.path}: the file of this paper is there, and its entry isn't; leave out --key"
    again = new_paper(survey.root, "here", bibtex=WAITING, key=added.key)
    assert (again.key, again.entered, again.filed) == (added.key, True, False)


def test_a_title_that_is_nearly_anothers_is_another_paper_only_where_it_is_said(survey: Tree) -> None:
    new_paper(survey.root, "here", bibtex=WAITING)
    other = WAITING.replace("Heads}", "Herds}").replace("Doe, Jane", "Roe, Ann").replace("2024", "2023")
    with pytest.raises(Refused, match="--distinct"):
        new_paper(survey.root, "here", bibtex=other)
    assert new_paper(survey.root, "here", bibtex=other, distinct=True).key == "roe2023waiting"
