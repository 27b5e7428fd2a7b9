"""Entries of BibTeX from anywhere become entries of the house: one form, no LaTeX, all authors."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import ROOT

from survey.adding.bibtex import bibentries
from survey.adding.bibtex.house_entries import check, entry_of
from survey.adding.bibtex.paper_keys import key_for
from survey.adding.draft.faults import Refused
from survey.catalogue.bibliography import references

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from survey.catalogue import BibEntry

WORKS = references.read((ROOT / "references.bib").read_text("utf-8"))[0]


def made(text: str) -> BibEntry:
    """Return the entry that is made of another."""
    draft = bibentries.read(text, "here").with_dates()
    check(draft, "here")
    return entry_of(draft, key_for(draft, set()), "here")


def of(**fields: str) -> str:
    """Return an entry with these fields and what every entry needs."""
    given = {"title": "{A Title}", "author": "Doe, Jane", "year": "2024"} | fields
    return "@misc{x,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in given.items()) + "}\n"


@pytest.mark.parametrize("key", [key for key, work in WORKS.items() if not work.more_authors])
def test_an_entry_of_the_house_stays_as_it_is(key: str) -> None:
    draft = bibentries.read(WORKS[key].source, "here").with_dates()
    assert entry_of(draft, key, "here").source == WORKS[key].source


def test_what_arxiv_exports_becomes_a_preprint_of_the_house() -> None:
    exported = """\
@misc{stoehr2024localizingparagraphmemorizationlanguage,
      title={Localizing Paragraph Memorization in Language Models},
      author={Niklas Stoehr and Mitchell Gordon and Chiyuan Zhang and Owen Lewis},
      year={2024},
      eprint={2403.19851},
      archivePrefix={arXiv},
      primaryClass={cs.CL},
      url={https://arxiv.org/abs/2403.19851},
}
"""
    entry = made(exported)
    assert entry.key == "stoehr2024localizing"
    assert entry.source.replace(entry.key, "stoehr2024paragraph") == WORKS["stoehr2024paragraph"].source


@pytest.mark.parametrize(
    "fields",
    [
        {"journal": "arXiv preprint arXiv:2403.19851"},
        {"journal": "CoRR", "volume": "abs/2403.19851"},
        {"eprint": "2403.19851v2", "eprinttype": "arxiv"},
        {"eprint": "2403.19851"},
        {"howpublished": r"\url{https://arxiv.org/abs/2403.19851}"},
        {"publisher": "arXiv", "doi": "10.48550/arXiv.2403.19851"},
        {"note": "arXiv:2403.19851 [cs.CL]"},
    ],
)
def test_a_preprint_is_one_however_it_says_so(fields: dict[str, str]) -> None:
    text = of(**fields)
    for kind in ("@misc", "@article", "@online"):
        entry = made(text.replace("@misc", kind))
        assert (entry.type, entry.arxiv, entry.venue) == ("misc", "2403.19851", "arXiv preprint")
        assert entry.url == "https://arxiv.org/abs/2403.19851"


def test_a_published_work_keeps_its_venue_beside_its_arxiv_number() -> None:
    entry = made(
        of(booktitle="Conf. of Heads", eprint="2403.19851", archiveprefix="arXiv").replace("@misc", "@conference")
    )
    assert (entry.type, entry.venue, entry.arxiv) == ("inproceedings", "Conf. of Heads", "2403.19851")


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"{BERT}: {\'E}t{\"u}de \& 90\% of {$\alpha$}-heads", "BERT: Étüde & 90% of α-heads"),
        (r"90% of Heads & \emph{More}", "90% of Heads & More"),
        (r"``Heads'' -- a~Survey", "“Heads” – a Survey"),
        ("Costs $5 per Head", "Costs $5 per Head"),
        (r"$k$ Heads for \$5 ($\beta$)", "k Heads for $5 (β)"),
        ("注意力头", "注意力头"),
        (r"Heads\_of C\#", "Heads_of C#"),
        ("Heads\n      over   lines", "Heads over lines"),
        ("Soft\u00adhy\u200bphen \u202eheads", "Softhyphen heads"),
    ],
)
def test_latex_becomes_what_it_shows(latex: str, shown: str) -> None:
    assert made(of(title=latex)).title == shown


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        (r"Jos{\'e} M{\"u}ller and {\O}rsted, Hans", "Müller, José and Ørsted, Hans"),
        ("Ludwig van Beethoven and de la Cruz, Ana", "van Beethoven, Ludwig and de la Cruz, Ana"),
        ("{The OLMo Team} and {OpenAI}", "{The OLMo Team} and OpenAI"),
        ("Martin Luther King Jr. and King, Jr., Martin", "King Jr., Martin Luther and King Jr., Martin"),
        ("Doe, J.~R. and Bell,\n  Ada", "Doe, J. R. and Bell, Ada"),
        ("{Smith and Sons} and Bell, Ada", "{Smith and Sons} and Bell, Ada"),
    ],
)
def test_every_author_is_family_and_given_name(names: str, listed: str) -> None:
    draft = bibentries.read(of(author=names), "here")
    assert draft.fields["author"] == listed


def test_identifiers_and_pages_have_one_form() -> None:
    entry = made(of(doi="https://doi.org/10.1234/a\\_b", pages="1 – 12", url="http://example.org/a\\_b"))
    assert entry.doi == "10.1234/a_b"
    assert entry.fields["pages"] == "1--12"
    assert entry.url == "https://example.org/a_b"


def test_what_no_reference_shows_is_left_out() -> None:
    entry = made(of(abstract="Much.", keywords="heads", file="/home/me/a.pdf", note="read it", month="apr"))
    assert list(entry.fields) == ["title", "author", "year"]


@pytest.mark.parametrize(
    ("fields", "published", "preprinted"),
    [
        ({"month": "apr"}, "2024-04", None),
        ({"month": "04"}, "2024-04", None),
        ({"date": "2024-04-24"}, "2024-04-24", None),
        ({}, "2024", None),
        ({"eprint": "2403.19851"}, "2024-03", None),
        ({"eprint": "2303.19851", "journal": "J"}, "2024", "2023-03"),
        ({"eprint": "2403.19851", "journal": "J"}, "2024", None),
    ],
)
def test_dates_are_as_precise_as_the_entry(fields: dict[str, str], published: str, preprinted: str | None) -> None:
    draft = bibentries.read(of(**fields), "here").with_dates()
    assert (str(draft.published), str(draft.preprinted) if draft.preprinted else None) == (published, preprinted)


@pytest.mark.parametrize(
    ("key", "title", "family", "made_key"),
    [
        ("x", "The Attention Heads of Language Models", "Doe", "doe2024heads"),
        ("doe2024word", "Heads", "Doe", "doe2024word"),
        ("roe2024word", "Heads", "Doe", "doe2024heads"),
        ("DBLP:journals/corr/abs-2404-1", "Heads", "Doe", "doe2024heads"),
        ("../../etc/passwd", "Heads", "Doe", "doe2024heads"),
        ("x", "Heads", "Müller-Šťastný", "mullerstastny2024heads"),
        ("x", "Heads", "Sen Sharma", "sharma2024heads"),
        ("x", "LLMs", "Ørsted", "orsted2024llms"),
        ("x", "Don't Look", "O'Brien", "obrien2024dont"),
    ],
)
def test_the_key_is_name_year_and_word(key: str, title: str, family: str, made_key: str) -> None:
    text = of(title=title, author=f"{family}, Jane").replace("{x,", f"{{{key},")
    assert made(text).key == made_key


def test_a_taken_key_gives_way_to_the_next_word() -> None:
    draft = bibentries.read(of(title="Retrieval Heads"), "here")
    taken: set[str] = set()
    for expected in ("doe2024retrieval", "doe2024heads", "doe2024retrievala", "doe2024retrievalb"):
        key = key_for(draft, taken)
        assert key == expected
        taken.add(key)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no entry of BibTeX"),
        ("Wu et al. 2024", "no entry of BibTeX"),
        (of() + of(), "2 entries"),
        ("@misc{x, title = {A", "here:1"),
        (of().replace("}\n", "\n", 1), "here"),
        ("@misc{x, title = {A}, title = {B}}", "'title' is given twice"),
        (of(author="Doe, Jane and others"), "'and others'"),
        (of(author="a, b, c, d"), "not a list of names"),
        (of(author=""), "no author"),
        (of(title="{}"), "no title"),
        (of(year=""), "no year"),
        (of(year="in press"), "is not a valid year"),
        (of(doi="x"), "is not a valid doi"),
        (of().replace("@misc", "@article"), "no journal"),
        (of(title="{" * 60 + "A" + "}" * 60), "LaTeX that cannot be read"),
        (of(title=r"\(" + "{" * 30 + "}" * 30), "LaTeX that cannot be read"),
        ("x" * 300_000, "characters"),
        (of(author="吴, 文"), "no key can be made"),
    ],
)
def test_what_makes_no_entry_is_refused_with_what_is_wrong(text: str, says: str, snapshot: SnapshotAssertion) -> None:
    with pytest.raises(Refused) as raised:
        made(text)
    assert says in str(raised.value)
    assert all(fault.hint for fault in raised.value.faults)
    assert [str(fault) for fault in raised.value.faults] == snapshot


@pytest.mark.parametrize("piece", ["@a{", " ", "{}", r"\'a", r"\frac", "$a$ ", "`", " and ", "@misc{a, title={"])
def test_any_piece_may_come_thousands_of_times(piece: str, capfd: pytest.CaptureFixture[str]) -> None:
    for text in (piece * 3000, f"@misc{{{piece * 3000}", of(title=piece * 3000, author=piece * 3000)):
        with contextlib.suppress(Refused):
            made(text)
    assert capfd.readouterr() == ("", "")


latex = st.text(alphabet=st.sampled_from("\\{}$%&#~^_`'\"-@=,abA1 \n"), max_size=60) | st.text(max_size=60)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(title=latex, author=latex, url=latex, journal=latex)
def test_any_values_make_one_sound_entry_or_none(title: str, author: str, url: str, journal: str) -> None:
    try:
        entry = made(of(title=title, author=author, url=url, journal=journal))
    except Refused:
        return
    entries, problems = references.read(entry.source)
    assert (list(entries), problems) == ([entry.key], [])
    assert not set("\\{}") & set(entry.title)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(latex)
def test_any_text_is_an_entry_or_none(text: str) -> None:
    with pytest.raises(Refused):
        made(text)
