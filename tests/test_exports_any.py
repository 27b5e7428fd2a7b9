"""Whatever the records hold, every export can be read back, by a reader of another maker, with the same values."""

from __future__ import annotations

import dataclasses
import json
import re
import tempfile
from functools import cache
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import bibtexparser_entry, feed, ris_record, table
from trees import small_survey

from survey.catalogue import BibEntry, Catalogue
from survey.catalogue.bibliography import references
from survey.catalogue.markup.body import Passage
from survey.exports import Site, coins, csl, feeds, ris, survey_json, tables
from survey.exports.text import encoded, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

SITE = Site.at("https://example.org/survey/")
#: Text that means something to a format, and any other.
TEXT = st.text(max_size=40) | st.text(
    alphabet="=+-@'\"<>&;:,\\{}\t\r\n\x00\x0b\x1f\x7f\x85\u2028\u202e\ufffe ERTY  - 1a", max_size=25
)
TYPES = st.sampled_from(
    ["article", "inproceedings", "book", "incollection", "phdthesis", "techreport", "software", "misc"]
)
FIELDS = st.dictionaries(
    st.sampled_from(["title", "journal", "booktitle", "publisher", "school", "institution", "volume", "number", "url"]),
    TEXT.filter(str.strip),
)  # fmt: skip
NAME = st.from_regex(r"\A[A-Zäöüß王][a-zéø'-]{1,8}\Z")
AUTHORS = st.lists(st.tuples(NAME, NAME), min_size=1, max_size=4).map(
    lambda names: " and ".join(f"{b}, {a}" for a, b in names)
)
ENTRIES = st.builds(
    lambda kind, fields, authors, year: BibEntry(
        "doe2020x", kind, MappingProxyType({"title": "T", **fields, "author": authors, "year": str(year)}), "@misc{}", 1
    ),
    TYPES,
    FIELDS,
    AUTHORS,
    st.integers(1000, 9999),
)
often = settings(max_examples=150, derandomize=True, deadline=None)
seldom = settings(max_examples=40, derandomize=True, deadline=None)


def seen(text: str) -> str:
    """Return a text as formats of lines have it: white space is a space, and control characters are gone."""
    return one_line(text)


@cache
def _small() -> Catalogue:
    with tempfile.TemporaryDirectory() as folder:
        return small_survey(Path(folder)).load()


def catalogue(entry: BibEntry, words: str) -> Catalogue:
    """Return the small survey with another work in the place of one, whose summary is these words."""
    small = _small()
    paper = small.papers["wu2024retrieval"]
    summary = MappingProxyType(
        {"innovation": Passage(words, 1), **{k: v for k, v in paper.summary.items() if k != "innovation"}}
    )
    paper = dataclasses.replace(paper, entry=dataclasses.replace(entry, key=paper.key), summary=summary)
    return dataclasses.replace(small, papers={**small.papers, paper.key: paper})


@often
@given(ENTRIES)
def test_ris(entry: BibEntry) -> None:
    text = ris.record(entry)
    record = ris_record(text.encode("utf-8"))
    assert record.get("title", "") == seen(entry.title)
    assert record["authors"] == [f"{name.family}, {name.given}" for name in entry.authors]
    assert (record["id"], record["year"]) == (entry.key, entry.year)
    assert record.get("volume", "") == seen(entry.fields.get("volume", ""))
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\n") if line)


@often
@given(ENTRIES)
def test_csl(entry: BibEntry) -> None:
    written = encoded(json.dumps([csl.item(entry)], ensure_ascii=False))
    (item,) = json.loads(written.decode("utf-8"))
    assert item.get("title", "") == lossless(entry.title)
    assert [(name["given"], name["family"]) for name in item["author"]] == [(n.given, n.family) for n in entry.authors]
    assert item["issued"] == {"date-parts": [[int(entry.year)]]}
    assert item.get("URL") == (lossless(entry.url) if entry.url else None)


def lossless(text: str) -> str:
    """Return what UTF-8 holds of a text: everything but halves of surrogate pairs, which no file has either."""
    return text.encode("utf-8", "replace").decode("utf-8")


@often
@given(ENTRIES)
def test_coins(entry: BibEntry) -> None:
    found = parse_qs(coins.context_object(entry), keep_blank_values=True, strict_parsing=True, errors="strict")
    assert [lossless(entry.title)] in [found.get(name, [""]) for name in ("rft.atitle", "rft.btitle", "rft.title")]
    assert found["rft.aulast"] == [entry.authors[0].family]
    span = re.fullmatch(r'<span class="Z3988" aria-hidden="true" title="([^"<>]*)"></span>', coins.span(entry))
    assert span is not None
    assert unescape(span[1]) == coins.context_object(entry)


def lines(text: str) -> str:
    """Return a text as a cell has it: of the ends of lines only line feeds."""
    return lossless(text.replace("\r\n", "\n").replace("\r", "\n"))


@often
@given(st.lists(st.lists(st.none() | TEXT, min_size=2, max_size=2), max_size=5))
def test_tables(rows: list[list[str | None]]) -> None:
    written = encoded(tables.written(tables._cells(["one", "two"], rows)))
    found = [list(row.values()) for row in table(written)]
    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [lines(cell or "") for cell in row] for row in rows
    ]
    assert not any(re.match(r"\s*[=+\-@＝＋－＠]|[\t\r]", cell) for row in found for cell in row)


@seldom
@given(ENTRIES, TEXT)
def test_atom(entry: BibEntry, words: str) -> None:
    parsed = feed(feeds.survey_feed(catalogue(entry, words), SITE).encode("utf-8"))
    (found,) = (one for one in parsed.entries if one.id.endswith("wu2024retrieval"))
    assert " ".join(unescape(found.title).split()) == " ".join(unescape(seen(entry.title)).split())
    assert [author.name for author in found.authors] == [f"{name.given} {name.family}" for name in entry.authors]
    assert found.id == "tag:example.org,2026:survey/papers/wu2024retrieval"
    assert "<script" not in found.summary


@cache
def _schema() -> Any:
    return jsonschema.Draft202012Validator(survey_json.schema(_small().layout, Site()))


@seldom
@given(ENTRIES, TEXT)
def test_json(entry: BibEntry, words: str) -> None:
    written = encoded(json.dumps(survey_json.survey(catalogue(entry, words), SITE), ensure_ascii=False))
    data = json.loads(written.decode("utf-8"))
    assert list(_schema().iter_errors(data)) == []
    (found,) = (one for one in data["papers"] if one["key"] == "wu2024retrieval")
    assert (found["title"], found["year"]) == (lossless(entry.title), int(entry.year))
    assert [(name["given"], name["family"]) for name in found["authors"]] == [
        (n.given, n.family) for n in entry.authors
    ]


#: Values of BibTeX in braces: whatever has its own braces closed.
VALUES = st.text(
    alphabet=st.characters(exclude_characters="{}\\$@\r", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
)


@often
@given(TYPES, st.dictionaries(st.sampled_from(["title", "note", "journal"]), VALUES.filter(str.strip), min_size=1))
def test_bibtex(kind: str, fields: Mapping[str, str]) -> None:
    source = f"@{kind}{{doe2020x,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}"
    entry = references.read(source)[0]["doe2020x"]
    assert entry.source == source
    found = bibtexparser_entry(entry.source.encode("utf-8"))
    assert {field.key: " ".join(field.value.split()) for field in found.fields} == dict(entry.fields)
