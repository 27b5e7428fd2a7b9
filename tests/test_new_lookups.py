"""Looking papers up: what each service's answer becomes, recorded, broken or hostile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loopback import Answer, Loopback, recorded

from survey.adding.bibtex.house_entries import entry_of
from survey.adding.draft.faults import Refused, Unavailable
from survey.adding.draft.identifiers import Identifier
from survey.adding.lookups import acl, arxiv, doi, look_up, openreview

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from survey.adding.draft.drafts import Draft

ARXIV = Identifier("arxiv", "2404.15574")
DOI = Identifier("doi", "10.18653/v1/W19-4828")
ACL = Identifier("acl", "D19-1223")
OPENREVIEW = Identifier("openreview", "GtvuNrk58a")


def source(draft: Draft) -> str:
    """Return the entry that is made of an answer."""
    return entry_of(draft.with_dates(), "doe2024x", "here").source


def test_arxiv_answers_with_an_atom_document(loopback: Loopback) -> None:
    draft = look_up(ARXIV, loopback.services())
    assert (
        source(draft)
        == """\
@misc{doe2024x,
  title         = {{Retrieval Head Mechanistically Explains Long-Context Factuality}},
  author        = {Wu, Wenhao and Wang, Yizhong and Xiao, Guangxuan and Peng, Hao and Fu, Yao},
  howpublished  = {arXiv preprint},
  year          = {2024},
  eprint        = {2404.15574},
  archiveprefix = {arXiv},
  primaryclass  = {cs.CL},
  url           = {https://arxiv.org/abs/2404.15574},
}"""
    )
    assert str(draft.published) == "2024-04-24"
    assert draft.with_dates().preprinted is None
    assert "previous token heads" in draft.abstract
    assert loopback.asked == ["/arxiv?id_list=2404.15574&max_results=1"]


def test_a_publication_that_arxiv_knows_of_is_for_a_person_to_look_at(loopback: Loopback) -> None:
    more = b"<arxiv:doi>10.1234/x</arxiv:doi><arxiv:journal_ref>ICLR 2025</arxiv:journal_ref></entry>"
    loopback.answers["/arxiv"] = [Answer(recorded("arxiv-2404.15574.xml").replace(b"</entry>", more))]
    notes = look_up(ARXIV, loopback.services()).notes
    assert any("'ICLR 2025'" in note for note in notes)
    assert any("10.1234/x" in note for note in notes)


def test_a_doi_answers_with_csl_json(loopback: Loopback) -> None:
    draft = look_up(DOI, loopback.services())
    venue = "Proceedings of the 2019 ACL Workshop BlackboxNLP: Analyzing and Interpreting Neural Networks for NLP"
    assert (
        source(draft)
        == f"""\
@inproceedings{{doe2024x,
  title     = {{{{What Does BERT Look at? An Analysis of BERT’s Attention}}}},
  author    = {{Clark, Kevin and Khandelwal, Urvashi and Levy, Omer and Manning, Christopher D.}},
  booktitle = {{{venue}}},
  year      = {{2019}},
  pages     = {{276--286}},
  publisher = {{Association for Computational Linguistics}},
  doi       = {{10.18653/v1/W19-4828}},
  url       = {{https://doi.org/10.18653/v1/W19-4828}},
}}"""
    )
    assert loopback.headers[0]["Accept"] == "application/vnd.citationstyles.csl+json"


def test_the_acl_anthology_answers_with_bibtex(loopback: Loopback) -> None:
    draft = look_up(ACL, loopback.services())
    assert str(draft.published) == "2019-11"
    assert "author    = {Correia, Gonçalo M. and Niculae, Vlad and Martins, André F. T.}," in source(draft)
    assert "pages     = {2174--2184}," in source(draft)
    assert "editor" not in source(draft)
    assert draft.abstract.endswith("5% of the tokens.")


def test_openreview_answers_with_a_note_of_version_2(loopback: Loopback) -> None:
    draft = look_up(OPENREVIEW, loopback.services())
    assert (
        source(draft)
        == """\
@inproceedings{doe2024x,
  title     = {{Round and Round We Go! What makes Rotary Positional Encodings useful?}},
  author    = {Barbero, Federico and Vitvitskyi, Alex and Perivolaropoulos, Christos and Pascanu, Razvan and \
Veličković, Petar},
  booktitle = {The Thirteenth International Conference on Learning Representations},
  year      = {2025},
  url       = {https://openreview.net/forum?id=GtvuNrk58a},
}"""
    )
    assert str(draft.published) == "2025-01-21"


def test_a_note_of_version_1_is_asked_for_where_version_2_has_none(loopback: Loopback) -> None:
    loopback.answers["/openreview2"] = [Answer(b'{"notes": [], "count": 0}')]
    loopback.answers["/openreview1"] = [Answer(recorded("openreview-v1-ab12cd34ef.json"))]
    draft = look_up(Identifier("openreview", "ab12cd34ef"), loopback.services())
    assert draft.fields["title"] == "A Title of Version One: k Heads & More"
    assert draft.fields["author"] == "Bell, Ada and van Beethoven, Ludwig"
    assert any("was the paper accepted?" in note for note in draft.notes)


@pytest.mark.parametrize("identifier", [ARXIV, DOI, ACL, OPENREVIEW], ids=str)
def test_what_nobody_knows_is_said_to_be_unknown(loopback: Loopback, identifier: Identifier) -> None:
    loopback.answers = {"/arxiv": [Answer(recorded("arxiv-error.xml"))]}
    with pytest.raises(Unavailable, match="knows no") as raised:
        look_up(identifier, loopback.services())
    assert ".bib entry" in str(raised.value)
    assert loopback.pauses == []


def test_an_answer_about_another_paper_is_none(loopback: Loopback) -> None:
    with pytest.raises(Unavailable, match=r"knows no paper '2404\.15575'"):
        look_up(Identifier("arxiv", "2404.15575"), loopback.services())


BOMB = (
    b'<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9))
    + b']><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>&a8;</id></entry></feed>'
)
FILE = b'<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed><entry><id>&x;</id></entry></feed>'
HTML = b"<!DOCTYPE html><html><body><h1>Log in</h1></body></html>"
BODIES = {
    "nothing": b"",
    "HTML": HTML,
    "bomb of entities": BOMB,
    "entity that is a file": FILE,
    "other XML": b"<a/>",
    "feed of nothing": b'<feed xmlns="http://www.w3.org/2005/Atom"/>',
    "deep XML": b"<a>" * 100_000,
    "other encoding": b'<?xml version="1.0" encoding="utf-16"?><feed/>',
    "no text": b"\xff\xfe\x00",
    "number": b"1",
    "list": b"[]",
    "deep JSON": b"[" * 100_000,
    "other types": b'{"title": {"a": 1}, "author": "x", "issued": [], "notes": {}, "type": []}',
    "notes of other types": b'{"notes": [1, null, {"id": "GtvuNrk58a", "content": [], "pdate": "x"}]}',
    "authors of other types": b'{"title": "T", "author": [null, 1, {"family": 3}], "issued": {"date-parts": [["a"]]}}',
    "time of no world": b'{"notes": [{"id": "GtvuNrk58a", "pdate": 1e300, "content": {"authors": {"value": {}}}}]}',
    "entries": b"@misc{a, title={A}}\n@misc{b, title={B}}",
    "broken entry": b"@misc{a, title={A",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("identifier", [ARXIV, DOI, ACL, OPENREVIEW], ids=str)
def test_a_body_of_another_form_makes_no_entry(
    loopback: Loopback, identifier: Identifier, body: bytes, snapshot: SnapshotAssertion
) -> None:
    loopback.answers = {path: [Answer(body)] for path in (*loopback.answers, "/openreview1")}
    with pytest.raises(Refused) as raised:
        source(look_up(identifier, loopback.services()))
    assert all(fault.message and fault.hint for fault in raised.value.faults)
    assert [str(fault) for fault in raised.value.faults] == snapshot


READERS: list[Callable[[bytes], Draft]] = [
    lambda body: arxiv.read(body, "2404.15574"),
    lambda body: doi.read(body, "10.18653/v1/W19-4828"),
    lambda body: openreview.read(body, "GtvuNrk58a"),
    acl.read,
]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["title", "author", "type", "issued", "published", "container-title", "page", "abstract", "publisher"]


def readable(reader: Callable[[bytes], Draft], body: bytes) -> None:
    """Read an answer, and make an entry of it: it succeeds, or is refused."""
    try:
        made = source(reader(body))
    except Refused:
        return
    assert made.count("\n@") == 0
    assert not any(character < " " and character != "\n" for character in made)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.sampled_from(READERS), st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_none(reader: Callable[[bytes], Draft], body: bytes) -> None:
    readable(reader, body)


@settings(max_examples=80, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), json_values), json_values)
def test_any_json_is_an_answer_or_none(answer: dict[str, object], content: object) -> None:
    readable(READERS[1], json.dumps(answer).encode())
    readable(READERS[2], json.dumps({"notes": [{"id": "GtvuNrk58a", "content": content, "pdate": content}]}).encode())


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.text(max_size=80), st.text(max_size=60))
def test_any_text_may_be_a_title_or_a_name(title: str, name: str) -> None:
    answer = {"title": title, "author": [{"literal": name}, {"family": name, "given": title[:9]}], "publisher": name}
    answer |= {"issued": {"date-parts": [[2024]]}}  # type: ignore[dict-item]
    readable(READERS[1], json.dumps(answer).encode())


def csl(**more: object) -> Draft:
    """Return what becomes of an answer of doi.org."""
    answer = {"title": "T", "author": [{"family": "Bell", "given": "Ada"}], "issued": {"date-parts": [[2024]]}}
    return doi.read(
        json.dumps({"type": "article-journal", "container-title": "J"} | answer | more).encode(), "10.1000/x"
    )


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ({"title": ["Heads"], "subtitle": ["How Many?"]}, "title", "Heads: How Many?"),
        ({"title": "Heads &amp;amp; <i>Tails</i> in 10<sup>6</sup>"}, "title", "Heads & Tails in 10^6"),
        ({"title": "On $$\\mathcal {O}(n)$$ Heads"}, "title", "On O(n) Heads"),
        ({"title": "The <BOS> Token"}, "title", "The <BOS> Token"),
        ({"author": [{"family": 'M\\"{u}ller', "given": "J{\\o}rn"}]}, "author", "Müller, Jørn"),
        ({"author": [{"family": "Bell", "given": "Ada", "suffix": "Jr."}]}, "author", "Bell Jr., Ada"),
        ({"author": [{"name": "Heads, Minds &amp; Co."}]}, "author", "{Heads, Minds & Co.}"),
        ({"author": [{"family": "Berg", "given": "Jo", "non-dropping-particle": "van"}]}, "author", "van Berg, Jo"),
        ({"container-title": ["Computers &amp; Heads"]}, "journal", "Computers & Heads"),
        ({"type": "dissertation", "publisher": "Example University"}, "school", "Example University"),
        ({"type": "report", "publisher": "Head Institute"}, "institution", "Head Institute"),
    ],
)
def test_texts_of_answers_are_read_like_those_of_files(
    more: dict[str, object], name: str, value: str, snapshot: SnapshotAssertion
) -> None:
    draft = csl(**more)
    assert draft.fields[name] == value
    assert draft.fields == snapshot
    assert f"{{{value}}}" in source(draft) or name in {"school", "institution"}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Heads of \\unknown{X}", "\\unknown"),
        ("Heads $\\sqrt$", "$\\sqrt$"),
        ("Heads \ue000", "U+E000"),
        ("H\ufffd", "U+FFFD"),
    ],
)
def test_what_nobody_can_read_of_an_answer_is_said_in_its_words(title: str, words: str) -> None:
    with pytest.raises(Unavailable) as raised:
        csl(title=title)
    assert words in str(raised.value)
    assert ".bib entry" in str(raised.value)


def test_an_entry_of_the_anthology_is_refused_with_what_is_wrong_in_it() -> None:
    with pytest.raises(Unavailable, match="'and others'"):
        acl.read(b"@misc{a, title={T}, author={Bell, Ada and others}, year={2024}}")


def test_names_of_openreview_are_read_like_those_of_files() -> None:
    content = {
        "title": {"value": "Heads in {\\$}k{\\$}"},
        "authors": {"value": ["J\\'{e}r\\^{o}me Oak", "Ada Bell Jr."]},
    }
    note = {"notes": [{"id": "GtvuNrk58a", "pdate": 1700000000000, "content": content}]}
    draft = openreview.read(json.dumps(note).encode(), "GtvuNrk58a")
    assert draft.fields["author"] == "Oak, Jérôme and Bell Jr., Ada"
    assert draft.fields["title"] == "Heads in k"
