"""The exports of this repository's own survey say to readers of other makers what the catalogue says of each paper."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from readers import bibtexparser_entry, csl_reference, csl_words, feed, pybtex_entry, ris_record, table
from trees import ROOT

from survey.catalogue import Catalogue, load
from survey.exports import Site, data_files, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BASE = "https://example.org/heads/"


@cache
def _corpus() -> Catalogue:
    return load(ROOT)


@pytest.fixture
def corpus() -> Catalogue:
    return _corpus()


@cache
def _files() -> Mapping[str, bytes]:
    return data_files(_corpus(), ROOT, Site.at(BASE))


@pytest.fixture
def files() -> Mapping[str, bytes]:
    return _files()


@pytest.fixture
def survey(files: Mapping[str, bytes]) -> Any:
    return json.loads(files["data/survey.json"])


def test_bibtex_is_what_was_written_and_two_parsers_read_it(corpus: Catalogue, files: Mapping[str, bytes]) -> None:
    whole = (ROOT / "references.bib").read_bytes()
    assert files["references.bib"] == whole
    for key, entry in corpus.bibliography.items():
        text = files[f"cite/{key}.bib"]
        assert text in whole, key
        first, second = bibtexparser_entry(text), pybtex_entry(text)
        assert first.key == second.key == key
        assert first["title"].strip("{}") == second.fields["title"].strip("{}") == entry.title
        families = [" ".join([*name.prelast_names, *name.last_names]) for name in second.persons["author"]]
        assert families == [name.family for name in entry.authors] + ["others"] * entry.more_authors, key


def test_ris_has_title_authors_year_and_identifiers(corpus: Catalogue, files: Mapping[str, bytes]) -> None:
    for key, entry in corpus.bibliography.items():
        record = ris_record(files[f"cite/{key}.ris"])
        assert (record["title"], record["year"], record["id"]) == (entry.title, entry.year, key)
        assert record["authors"] == [f"{name.family}, {name.given}".removesuffix(", ") for name in entry.authors]
        assert record.get("doi") == entry.doi, key
        assert record.get("accession_number") == (f"arXiv:{entry.arxiv}" if entry.arxiv else None), key
        assert record.get("urls", []) == ([entry.url] if entry.url else []), key


def test_a_citation_processor_cites_each_paper(corpus: Catalogue, files: Mapping[str, bytes]) -> None:
    for key, paper in corpus.papers.items():
        reference = csl_reference(json.loads(files[f"cite/{key}.json"]))
        assert paper.entry.year in reference, key
        assert paper.entry.authors[0].family in reference, key
        assert " ".join(paper.title.split()[:3]).casefold() in reference.casefold(), key


def test_csl_items_have_the_types_and_variables_of_csl(corpus: Catalogue, files: Mapping[str, bytes]) -> None:
    types, variables = csl_words("types"), csl_words("variables") | {"id", "type"}
    for key, entry in corpus.bibliography.items():
        (item,) = json.loads(files[f"cite/{key}.json"])
        assert item["type"] in types, key
        assert item.keys() <= variables, key
        assert item["issued"]["date-parts"][0][0] == int(entry.year), key
        assert (item["id"], item["title"], item.get("DOI")) == (key, entry.title, entry.doi)


def test_json_is_valid_against_its_schema(files: Mapping[str, bytes], survey: Any) -> None:
    schema = json.loads(files["data/survey.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(survey)) == []
    assert survey["version"] == 1


def test_json_has_what_the_catalogue_has_in_its_order(corpus: Catalogue, survey: Any) -> None:
    for record, paper in zip(survey["papers"], corpus.papers.values(), strict=True):
        entry = paper.entry
        assert (record["key"], record["title"]) == (paper.key, paper.title)
        assert (record["published"], record["venue"]) == (str(paper.published), entry.venue)
        assert (record["doi"], record["arxiv"], record["url"]) == (entry.doi, entry.arxiv, entry.url)
        names = [(name["given"], name["family"]) for name in record["authors"]]
        assert names == [(name.given, name.family) for name in entry.authors]
        for field, kind in (("heads", "head"), ("stages", "stage"), ("models", "model"), ("methods", "method")):
            assert tuple(record[field]) == paper.tags[kind]
        positions = [(at["model"], at["head"], label) for at in record["positions"] for label in at["at"]]
        places = [(at.model, at.role, f"{at.layer}.{at.head}") for at in corpus.places_in.get(paper.key, ())]
        assert Counter(positions) == Counter(places)
        assert all(record["summary"].values()), paper.key
    for folder, kind in (("heads", "head"), ("stages", "stage"), ("models", "model"), ("methods", "method")):
        assert [record["id"] for record in survey[folder]] == list(corpus.entries[kind])


def test_pages_that_cite_a_paper_name_it_in_their_text(survey: Any) -> None:
    for record in survey["papers"]:
        for address in record["cited_on"]:
            page = ROOT / "docs" / address.replace(".html", ".md")
            assert record["key"] in page.read_text("utf-8"), address


def test_no_text_has_markup_left(survey: Any) -> None:
    texts = [text for paper in survey["papers"] for text in paper["summary"].values()]
    texts += [record["description"] for kind in ("heads", "stages", "models", "methods") for record in survey[kind]]
    assert [text for text in texts if "{survey:" in text or "{cite" in text or "**" in text or "\\" in text] == []


def test_tables_have_a_row_for_each_paper_and_position(corpus: Catalogue, files: Mapping[str, bytes]) -> None:
    for row, paper in zip(table(files["data/papers.csv"]), corpus.papers.values(), strict=True):
        assert (row["key"], row["title"], row["published"]) == (paper.key, paper.title, str(paper.published))
        assert (row["doi"], row["arxiv"]) == (paper.entry.doi or "", paper.entry.arxiv or "")
        assert row["heads"] == "; ".join(paper.tags["head"])
    for row, at in zip(table(files["data/positions.csv"]), corpus.places, strict=True):
        assert (row["model"], row["layer"], row["head"]) == (at.model, str(at.layer), str(at.head))
        assert (row["kv"] == "true", row["score"]) == (at.kv, "" if at.score is None else str(at.score))
        assert (row["head_type"], row["paper"], row["inferred"] == "true") == (
            at.role or "",
            at.paper or "",
            at.inferred,
        )


def test_the_feed_has_the_thirty_that_came_last(corpus: Catalogue, files: Mapping[str, bytes]) -> None:
    parsed = feed(files["feed.xml"])
    newest = sorted(corpus.papers.values(), key=lambda paper: paper.fields.added or paper.published, reverse=True)[:30]
    assert [entry.title for entry in parsed.entries] == [paper.title for paper in newest]
    assert [entry.link for entry in parsed.entries] == [f"{BASE}papers/{paper.key}.html" for paper in newest]
    assert [len(entry.authors) for entry in parsed.entries] == [len(paper.entry.authors) for paper in newest]


def test_each_head_has_a_feed_of_its_papers(corpus: Catalogue, files: Mapping[str, bytes]) -> None:
    for head in corpus.entries["head"]:
        titles = [entry.title for entry in feed(files[f"feeds/heads/{head}.xml"]).entries]
        papers = sorted(
            corpus.papers_of("head", head), key=lambda paper: paper.fields.added or paper.published, reverse=True
        )
        assert titles == [paper.title for paper in papers[:30]], head


def test_the_guide_has_a_line_for_each_paper_and_head(corpus: Catalogue, files: Mapping[str, bytes]) -> None:
    text = files["llms.txt"].decode("utf-8")
    links = [f"papers/{key}.html" for key in corpus.papers] + [f"heads/{key}.html" for key in corpus.entries["head"]]
    assert [link for link in links if text.count(f"]({BASE}{link})") != 1] == []
    assert text.startswith("# Attention Heads: a living survey\n\n> ")


def test_the_example_of_the_data_page_finds_papers(
    files: Mapping[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs/data.md").read_text("utf-8")
    write(files.items(), tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(page.partition("```python\n")[2].partition("```")[0], {})
    assert "Induction Heads" in capsys.readouterr().out


def test_every_file_is_utf_8_and_ends_with_one_newline(files: Mapping[str, bytes]) -> None:
    for address, content in files.items():
        content.decode("utf-8")
        assert content.endswith(b"\n"), address
        assert address == "references.bib" or not content.endswith(b"\n\n"), address
