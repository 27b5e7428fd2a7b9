"""What a work is, a thesis, a report, a program, is said in every format, in the words of that format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from readers import bibtexparser_entry, csl_words, feed, ris_record

from survey.catalogue.bibliography import references
from survey.catalogue.views import PageMetadata, PaperFacts
from survey.exports import Site, coins, csl, data_files, jsonld, ris

if TYPE_CHECKING:
    from trees import Tree

    from survey.catalogue import BibEntry

PREPRINT = ("UNPB", "article", "ScholarlyArticle", "journal/preprint")
#: Entries by what they are: the type of RIS, of CSL, of schema.org, and the format and genre, or type, of COinS.
KINDS = {
    "@article{k2020k, journal = {Letters on Heads}": ("JOUR", "article-journal", "ScholarlyArticle", "journal/article"),
    "@inproceedings{k2020k, booktitle = {Hs}": ("CPAPER", "paper-conference", "ScholarlyArticle", "book/proceeding"),
    "@proceedings{k2020k, publisher = {Head Press}": ("CONF", "book", "Book", "book/conference"),
    "@book{k2020k, publisher = {Head Press}": ("BOOK", "book", "Book", "book/book"),
    "@booklet{k2020k, howpublished = {By hand}": ("PAMP", "pamphlet", "Book", "book/document"),
    "@incollection{k2020k, booktitle = {All Heads}": ("CHAP", "chapter", "Chapter", "book/bookitem"),
    "@inbook{k2020k, booktitle = {All Heads}": ("CHAP", "chapter", "Chapter", "book/bookitem"),
    "@phdthesis{k2020k, school = {Uni}": ("THES", "thesis", "Thesis", "dissertation/dissertation"),
    "@mastersthesis{k2020k, school = {Uni}": ("THES", "thesis", "Thesis", "dissertation/dissertation"),
    "@techreport{k2020k, institution = {Lab}": ("RPRT", "report", "Report", "book/report"),
    "@manual{k2020k, organization = {Lab}": ("RPRT", "report", "TechArticle", "book/document"),
    "@software{k2020k, publisher = {Zenodo}": ("COMP", "software", "SoftwareSourceCode", "dc/computerProgram"),
    "@dataset{k2020k, publisher = {Zenodo}": ("DATA", "dataset", "Dataset", "dc/dataset"),
    "@patent{k2020k, number = {7}": ("PAT", "patent", "CreativeWork", "patent/patent"),
    "@online{k2020k, url = {https://example.org/k}": ("ELEC", "webpage", "WebPage", "dc/webpage"),
    "@unpublished{k2020k, note = {Draft}": ("UNPB", "manuscript", "ScholarlyArticle", "journal/preprint"),
    "@misc{k2020k, eprint = {2001.00001}, archiveprefix = {arXiv}": PREPRINT,
    "@misc{k2020k, url = {https://example.org/k}": ("ELEC", "webpage", "WebPage", "dc/webpage"),
    "@misc{k2020k, doi = {10.1234/k}": ("GEN", "document", "CreativeWork", "dc/document"),
    "@misc{k2020k, howpublished = {A talk}": ("GEN", "document", "CreativeWork", "dc/document"),
}  # fmt: skip
WHO = ", title = {{On Kinds}}, author = {Kay, Ann}, year = {2020}}"


def entry_of(text: str) -> BibEntry:
    (entry,) = references.read(text + WHO)[0].values()
    return entry


def described(entry: BibEntry) -> dict[str, list[str]]:
    return parse_qs(coins.context_object(entry), strict_parsing=True)


@pytest.mark.parametrize(
    ("text", "kinds"), KINDS.items(), ids=[text.partition(",")[0] + str(at) for at, text in enumerate(KINDS)]
)
def test_each_format_says_what_a_work_is(text: str, kinds: tuple[str, str, str, str]) -> None:
    entry = entry_of(text)
    form, _, genre = kinds[3].partition("/")
    found = described(entry)
    assert ris_record(ris.record(entry).encode())["type_of_reference"] == kinds[0]
    assert csl.item(entry)["type"] == kinds[1]
    assert found["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{form}"]
    assert found.get("rft.genre", found.get("rft.type")) == [genre]
    assert bibtexparser_entry(entry.source.encode()).entry_type == text[1:].partition("{")[0]


@pytest.mark.parametrize("text", KINDS)
def test_types_and_variables_are_those_of_csl(text: str) -> None:
    item = csl.item(entry_of(text))
    assert item["type"] in csl_words("types")
    assert item.keys() <= csl_words("variables") | {"id", "type"}


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("@phdthesis{k2020k, school = {Universität Bern}", "Universität Bern"),
        ("@mastersthesis{k2020k, school = {Universität Bern}", "Universität Bern"),
        ("@techreport{k2020k, institution = {Head Lab}, number = {TR 7}", "Head Lab"),
        ("@manual{k2020k, organization = {Head Lab}", "Head Lab"),
        ("@software{k2020k, publisher = {Zenodo}", "Zenodo"),
        ("@dataset{k2020k, publisher = {Zenodo}", "Zenodo"),
        ("@book{k2020k, publisher = {Head Press}", "Head Press"),
    ],
)
def test_who_published_a_work_is_not_what_it_stands_in(text: str, publisher: str) -> None:
    entry = entry_of(text)
    item, record, found = csl.item(entry), ris_record(ris.record(entry).encode()), described(entry)
    assert (item["publisher"], record["publisher"]) == (publisher, publisher)
    assert "container-title" not in item
    assert "secondary_title" not in record
    assert [publisher] in [found.get(name) for name in ("rft.inst", "rft.pub", "rft.publisher")]
    assert not found.keys() & {"rft.jtitle", "rft.source"}


def test_what_a_chapter_stands_in_is_not_who_published_it() -> None:
    entry = entry_of("@incollection{k2020k, booktitle = {All Heads}, publisher = {Head Press}, pages = {3--9}")
    item, found = csl.item(entry), described(entry)
    assert (item["container-title"], item["publisher"], item["page"]) == ("All Heads", "Head Press", "3-9")
    assert (found["rft.btitle"], found["rft.pub"], found["rft.pages"]) == (["All Heads"], ["Head Press"], ["3-9"])


def test_the_number_of_a_report_is_no_issue() -> None:
    report = csl.item(entry_of("@techreport{k2020k, institution = {Lab}, number = {TR 7}"))
    article = csl.item(entry_of("@article{k2020k, journal = {J}, number = {7}"))
    assert (report["number"], report.get("issue")) == ("TR 7", None)
    assert (article.get("number"), article["issue"]) == (None, "7")


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("@phdthesis{k2020k, school = {U}", "PhD thesis"),
        ("@mastersthesis{k2020k, school = {U}", "Master's thesis"),
        ("@thesis{k2020k, type = {mathesis}, institution = {U}", "Master's thesis"),
        ("@thesis{k2020k, type = {phdthesis}, institution = {U}", "PhD thesis"),
        ("@thesis{k2020k, institution = {U}", None),
        ("@book{k2020k, publisher = {U}", None),
    ],
)
def test_a_thesis_says_for_which_degree_it_was_written(text: str, degree: str | None) -> None:
    entry = entry_of(text)
    assert csl.item(entry).get("genre") == degree
    assert ris_record(ris.record(entry).encode()).get("type_of_work") == degree


def test_an_article_that_arxiv_has_too_says_where_it_is_archived() -> None:
    arxiv = ", eprint = {2001.00001}, archiveprefix = {arXiv}"
    article = csl.item(entry_of("@article{k2020k, journal = {J}" + arxiv))
    assert (article["archive"], article["archive_location"]) == ("arXiv", "2001.00001")
    assert "archive" not in csl.item(entry_of("@misc{k2020k, howpublished = {arXiv preprint}" + arxiv))
    assert "archive" not in csl.item(entry_of("@article{k2020k, journal = {J}"))


def structured(survey: Tree) -> dict[str, object]:
    """Return what a paper's page says to search engines."""
    data = PageMetadata("papers/bell2023previous").select(survey.load())
    assert data is not None
    assert isinstance(data.about, PaperFacts)
    return jsonld.article(data.about, "papers/bell2023previous", Site.at("https://example.org"))


def test_a_papers_page_says_who_published_it(survey: Tree) -> None:
    change = ("@article{bell2023previous,", "@phdthesis{bell2023previous,\n  school = {Head University},")
    survey.replace("references.bib", *change)
    found = structured(survey)
    assert found["publisher"] == {"@type": "Organization", "name": "Head University"}
    assert "isPartOf" not in found


@pytest.mark.parametrize(("text", "kinds"), KINDS.items(), ids=range(len(KINDS)))
def test_structured_data_have_the_type_of_the_work(survey: Tree, text: str, kinds: tuple[str, str, str, str]) -> None:
    survey.write("references.bib", f"{text}{WHO}\n".replace("k2020k", "bell2023previous"))
    survey.replace("docs/papers/bell2023previous.md", "# Heads that Look Back", "# On Kinds")
    assert structured(survey)["@type"] == kinds[2]


# The ids of feeds


def ids(tree: Tree, base: str) -> set[str]:
    found = set()
    for address, content in data_files(tree.load(), tree.root, Site.at(base)).items():
        if address.endswith(".xml"):
            parsed = feed(content)
            found |= {parsed.feed.id, *(entry.id for entry in parsed.entries)}
    return found


BASES = [
    "https://heads.example/",
    "https://example.org/one/",
    "https://example.org/two",
    "https://example.org/one/two/",
    "https://one.example.org/",
    "https://example.org:8443/one/",
    "https://köpfe.example/",
]


def test_no_two_sites_share_an_id(survey: Tree) -> None:
    found = [ids(survey, base) for base in BASES]
    assert len(set().union(*found)) == sum(map(len, found))
    assert all(id_.isascii() and id_.startswith("tag:") for every in found for id_ in every)


@pytest.mark.parametrize("base", BASES)
def test_the_ids_of_a_site_stay_whatever_changes_on_it(survey: Tree, base: str) -> None:
    before = ids(survey, base)
    survey.replace("docs/papers/wu2024retrieval.md", "'2024-04-24'", "'2024-04-25'")
    survey.replace("references.bib", "title = {{Heads that Look Back}}", "title = {{Heads Looking Back}}")
    survey.replace("docs/papers/bell2023previous.md", "# Heads that Look Back", "# Heads Looking Back")
    assert ids(survey, base) == before
    assert ids(survey, f"{base.rstrip('/')}/") == before


def test_a_site_that_is_all_of_its_host_needs_nothing_but_the_host(survey: Tree) -> None:
    assert "tag:heads.example,2026:papers/wu2024retrieval" in ids(survey, "https://heads.example/")
    assert "tag:example.org,2026:one/papers/wu2024retrieval" in ids(survey, "https://example.org/one/")


def test_files_of_kinds_are_json(survey: Tree) -> None:
    survey.replace("references.bib", "@article{bell2023previous,", "@software{bell2023previous,")
    (item,) = json.loads(data_files(survey.load(), survey.root, Site())["cite/bell2023previous.json"])
    assert item["type"] == "software"
