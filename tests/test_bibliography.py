"""The bibliography: what an entry says, and that nothing in the file is lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pybtex.database
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.catalogue import BibEntry, Name
from survey.catalogue.bibliography import references
from survey.pages.core.citation_style import plain_reference

if TYPE_CHECKING:
    from trees import Tree

    from survey.catalogue import Problem

FIELDS = "title = {A Title},\n  author = {Doe, Jane},\n  year = {2024},\n  journal = {J},"
SAMPLE = """\
@InProceedings{ahn2024bert,
  Title         = {{A {BERT} of
                   Two Lines}},
  author        = "Ahn, Soo and van Rijn, Jan and Zhou, 海 and others",
  booktitle     = {Proceedings of {ACL}},
  year          = 2024,
  month         = apr,
  eprint        = {2404.15574},
  archiveprefix = {arXiv},
}

@misc{bell2023note,
  title = {A Note}, author = {Bell, Ada}, year = {2023}, howpublished = {Blog},
  url = {https://example.org/a%20b#c},
}
"""


def entries(text: str) -> list[BibEntry]:
    """Return the entries of a bibliography that has no problem, unless a list of authors is cut short."""
    found, problems = references.read(text)
    assert {problem.code for problem in problems} <= {"more-authors"}
    return list(found.values())


def entry(fields: str) -> BibEntry:
    """Return an entry with these fields, and a title, an author and a year if they aren't among them."""
    known = {"title": "A Title", "author": "Doe, Jane", "year": "2024"}
    more = [f"{name} = {{{value}}}," for name, value in known.items() if not fields.startswith(name)]
    return entries("\n".join(["@misc{doe2024title,", *more, fields, "}\n"]))[0]


def test_entries_keep_the_order_of_the_file_their_line_and_their_source() -> None:
    first, second = entries(SAMPLE)
    assert [(first.key, first.type, first.line), (second.key, second.type, second.line)] == [
        ("ahn2024bert", "inproceedings", 1),
        ("bell2023note", "misc", 12),
    ]
    assert f"{first.source}\n\n{second.source}\n" == SAMPLE


def test_fields_have_lower_case_names_and_plain_values() -> None:
    first, second = entries(SAMPLE)
    assert first.title == "A BERT of Two Lines"
    assert (first.year, first.venue, first.arxiv, first.doi) == ("2024", "Proceedings of ACL", "2404.15574", None)
    assert (second.venue, second.url) == ("Blog", "https://example.org/a%20b#c")


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Doe, Jane", [Name("Jane", "Doe")]),
        ("Jane Doe", [Name("Jane", "Doe")]),
        ("Jane van der Doe", [Name("Jane", "van der Doe")]),
        ("van der Doe, Jane", [Name("Jane", "van der Doe")]),
        ("Doe, Jr., Jane Ann", [Name("Jane Ann", "Doe Jr.")]),
        ("{Team of the Heads}", [Name("", "Team of the Heads")]),
        ("Plato", [Name("", "Plato")]),
        ("Doe, J. and Roe, R.", [Name("J.", "Doe"), Name("R.", "Roe")]),
        ("{Anders and Sons} and Anderson, Ann", [Name("", "Anders and Sons"), Name("Ann", "Anderson")]),
        ("Doe, Jane and others", [Name("Jane", "Doe")]),
        ("Akyürek, Ekin", [Name("Ekin", "Akyürek")]),
        ("Ó Briain, Seán", [Name("Seán", "Ó Briain")]),
    ],
)
def test_names_have_a_given_and_a_family_part(author: str, names: list[Name]) -> None:
    assert entry(f"author = {{{author}}},").authors == tuple(names)


@pytest.mark.parametrize(
    ("author", "short"),
    [
        ("Doe, Jane", "Doe 2024"),
        ("Doe, Jane and Roe, Rod", "Doe and Roe 2024"),
        ("Doe, Jane and Roe, Rod and Poe, E.", "Doe et al. 2024"),
        ("Doe, Jane and others", "Doe et al. 2024"),
        ("Doe, Jane and Roe, Rod and others", "Doe et al. 2024"),
    ],
)
def test_a_citation_names_two_authors_at_most(author: str, short: str) -> None:
    assert entry(f"author = {{{author}}},").short == short


@pytest.mark.parametrize(
    ("fields", "venue"),
    [
        ("journal = {J}, booktitle = {B},", "J"),
        ("booktitle = {B}, publisher = {P},", "B"),
        ("publisher = {P},", "P"),
        ("journal = {}, booktitle = {{}}, publisher = {P},", "P"),
        ("school = {S},", "S"),
        ("note = {N},", ""),
    ],
)
def test_the_venue_is_where_the_work_appeared(fields: str, venue: str) -> None:
    assert entry(fields).venue == venue


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("url = {https://a.org}, doi = {10.1000/x},", "https://a.org"),
        ("doi = {10.1000/x},", "https://doi.org/10.1000/x"),
        ("eprint = {2404.15574}, archiveprefix = {arXiv},", "https://arxiv.org/abs/2404.15574"),
        ("eprint = {2404.15574}, archiveprefix = {PubMed},", None),
        ("note = {N},", None),
    ],
)
def test_the_address_is_the_one_given_or_that_of_an_identifier(fields: str, url: str | None) -> None:
    assert entry(fields).url == url


@pytest.mark.parametrize(
    "value",
    ["2404.15574", "2404.15574v2", "0704.0001", "1412.6980", "1501.00001", "hep-th/9901001", "math.GT/0309136"],
)
def test_arxiv_numbers_of_all_times_are_known(value: str) -> None:
    assert entry(f"eprint = {{{value}}}, archiveprefix = {{arXiv}},").arxiv == value


@pytest.mark.parametrize("value", ["10.1000/x", "10.18653/v1/2020.acl-main.703", "10.1016/0010-0277(88)90031-5"])
def test_identifiers_of_all_kinds_are_known(value: str) -> None:
    assert entry(f"doi = {{{value}}},").doi == value


@pytest.mark.parametrize(
    "title", ["Costs of $5", "10% & more", "C# and #1", "a_b^2", "“Quotes” and 'marks'", "1 < 2", "A / B @ C", "头 é"]
)
def test_a_title_may_hold_any_character(title: str) -> None:
    work = entry(f"title = {{{{{title}}}}},")
    assert work.title == title
    assert title in plain_reference(work.normalised)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "@comment{anything, even = this}\n", '@string{acl = "ACL"}\n', '@preamble{"x"}']
)
def test_there_may_be_no_entry(text: str) -> None:
    assert entries(text) == []


def test_one_entry_out_of_place_is_one_problem(survey: Tree) -> None:
    works = dict(sorted(survey.works.items()))
    last = works.popitem()[1]
    survey.write("references.bib", "\n".join([last, *works.values()]))
    assert [(problem.line, problem.code) for problem in survey.problems()] == [(1, "unsorted")]
    assert "'wu2024retrieval' comes before 'ahn2025memory'; move it behind 'vaswani" in str(survey.problems()[0])


@pytest.mark.parametrize("key", ["../../x2024y", ".x2024y", "x/2024y", "x2024é", "x&y2024z"])
def test_a_key_that_cannot_be_a_name_of_a_file_is_not_used(key: str) -> None:
    found, problems = references.read(f"@article{{{key},\n  {FIELDS}\n}}\n")
    assert (dict(found), [problem.code for problem in problems]) == ({}, ["bad-key"])


def test_words_stand_for_the_strings_above_them() -> None:
    (work,) = entries(f'@string{{n = "N"}}\n@article{{doe2024title,\n  {FIELDS}\n  note = N # {{ of }} # may,\n}}\n')
    assert work.fields["note"] == "N of May"


def test_what_is_no_list_of_names_is_shown_as_it_is() -> None:
    found, _ = references.read("@misc{doe2024title,\n  title = {T},\n  author = {A, B, C, D},\n  year = {2024},\n}")
    assert found["doe2024title"].authors == (Name("", "A, B, C, D"),)
    assert plain_reference(found["doe2024title"].normalised) == "A, B, C, D. T. 2024."


NASTY = {
    "type that doesn't exist": f"@artcle{{doe2024title,\n  {FIELDS}\n}}",
    "no author": "@article{doe2024title,\n  title = {T},\n  year = {2024},\n}",
    "empty author": "@article{doe2024title,\n  title = {T},\n  author = {},\n  year = {2024},\n}",
    "no title": "@article{doe2024title,\n  author = {Doe, Jane},\n  year = {2024},\n}",
    "no year": "@article{doe2024title,\n  title = {T},\n  author = {Doe, Jane},\n}",
    "no journal": "@article{doe2024title,\n  title = {T},\n  author = {Doe, Jane},\n  year = {2024},\n}",
    "no book": "@inproceedings{doe2024title,\n  title = {T},\n  author = {Doe, Jane},\n  year = {2024},\n}",
    "no field": "@article{doe2024title}",
    "no key": f"@article{{,\n  {FIELDS}\n}}",
    "nothing": "@article{}",
    "word of nothing": f"@article{{doe2024title,\n  {FIELDS}\n  note = nature,\n}}",
    "word of a string": f'@string{{nature = "Nature"}}\n@article{{doe2024title,\n  {FIELDS}\n  note = nature,\n}}',
    "joined strings": f'@string{{n = "N"}}\n@article{{doe2024title,\n  {FIELDS}\n  note = n # " of " # {{X}},\n}}',
    "month": f"@article{{doe2024title,\n  {FIELDS}\n  month = apr,\n}}",
    "field twice": f"@article{{doe2024title,\n  {FIELDS}\n  Title = {{U}},\n}}",
    "too many commas": "@misc{doe2024title,\n  title = {T},\n  author = {Doe, Jane, Roe, Rod, P},\n  year = {2024},\n}",
    "comma escaped": "@misc{doe2024title,\n  title = {T},\n  author = {Doe\\, Jane},\n  year = {2024},\n}",
    "only a comma": "@misc{doe2024title,\n  title = {T},\n  author = {,},\n  year = {2024},\n}",
    "and and": "@misc{doe2024title,\n  title = {T},\n  author = {Doe, Jane and and Roe},\n  year = {2024},\n}",
    "per cent": "@misc{doe2024title,\n  title = {{5% of {Heads}}},\n  author = {Doe, Jane},\n  year = {2024},\n}",
    "macro": "@misc{doe2024title,\n  title = {A \\foo{b} $x_ c},\n  author = {Doe, Jane},\n  year = {2024},\n}",
    "comma forgotten": "@article{doe2024title,\n  title = {T}\n  author = {Doe, Jane},\n  year = {2024},\n}",
    "quotes in quotes": '@misc{doe2024title,\n  title = "A "B" C",\n  author = {Doe, Jane},\n  year = {2024},\n}',
    "round brackets": f"@article(doe2024title,\n  {FIELDS}\n)",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_an_entry_that_is_kept_can_be_cited(text: str) -> None:
    found, problems = references.read(text)
    assert found or problems
    for work in found.values():
        assert plain_reference(work.normalised)


def test_a_bibliography_full_of_faults_still_builds(survey: Tree) -> None:
    text = survey.read("references.bib")
    for number, nasty in enumerate(NASTY.values()):
        key = f"doe2024title{number:02}"
        text += f"\n{nasty.replace('doe2024title', key)}\n"
    survey.write("references.bib", text)
    cites = "\n".join(f"{{cite:t}}`doe2024title{number:02}`" for number in range(len(NASTY)))
    survey.write("docs/notes.md", f"---\norphan: true\n---\n\n# Notes\n\n{cites}\n")
    built = survey.build()
    assert "missing-field" in built.warnings
    assert "Retrieval Heads" in built.page("bibliography").get_text()


def well_placed(problems: list[Problem], text: str) -> bool:
    """Tell whether every problem is at a line of the text."""
    return all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)


TWO = f'@article{{ahn2024first,\n  {FIELDS}\n}}\n\n@book{{bell2024second,\n  {FIELDS}\n  publisher = "P",\n}}\n'
SIGNS = '{}(),="#%\\@ \n'


@st.composite
def slips(draw: st.DrawFn) -> str:
    """Return a sound bibliography in which one sign was left out or put in."""
    if draw(st.booleans()):
        at = draw(st.sampled_from([index for index, sign in enumerate(TWO) if sign in SIGNS]))
        return TWO[:at] + TWO[at + 1 :]
    at = draw(st.integers(0, len(TWO)))
    return TWO[:at] + draw(st.sampled_from(SIGNS)) + TWO[at:]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(slips())
def test_what_passes_for_sound_is_read_alike_by_others(text: str) -> None:
    found, problems = references.read(text)
    if problems:
        assert well_placed(problems, text)
        return
    others = pybtex.database.parse_string(text, "bibtex")
    assert list(found) == list(others.entries)
    for key, work in found.items():
        other = others.entries[key]
        assert set(work.fields) - {"author"} == {name.lower() for name in other.fields}
        assert work.year == other.fields["year"]
        assert len(work.authors) == len(other.persons["author"])


WORDS = [*SIGNS, "@article", "@string", "@comment", "a2024b", "title", "author", "and"]


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join) | st.text(max_size=40))
def test_any_text_is_read_or_reported(text: str) -> None:
    found, problems = references.read(text)
    assert well_placed(problems, text)
    assert all(entry.source in text.replace("\r", "") for entry in found.values())
