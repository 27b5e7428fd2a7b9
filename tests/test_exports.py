"""What the data files of a survey hold, and ``python -m survey export``, which writes them without Sphinx."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from readers import bibtexparser_entry, csl_reference, feed, pybtex_entry, ris_record, table
from trees import EXTENSIONS, Tree

from survey.exports import Site, data_files, write

BASE = "https://example.org/survey/"
#: Text that means something to a format: HTML, XML, JSON, CSV, RIS, Markdown, spreadsheets, terminals.
NASTY = "=1+1 </script><b>&amp;\" ' ; , \t ]](x) ER  - \\u0000 \u2028 \x07"


def files(tree: Tree, base: str = BASE) -> dict[str, bytes]:
    return data_files(tree.load(), tree.root, Site.at(base))


def survey_json(tree: Tree) -> Any:
    return json.loads(files(tree)["data/survey.json"])


def paper(tree: Tree, key: str) -> Any:
    (found,) = (record for record in survey_json(tree)["papers"] if record["key"] == key)
    return found


def export(tree: Tree, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "survey", "export", *arguments, "--root", str(tree.root)]
    environment = {**os.environ, "PYTHONPATH": str(EXTENSIONS)}
    return subprocess.run(command, check=check, capture_output=True, encoding="utf-8", env=environment)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_paper_has_all_that_is_known_of_it(survey: Tree) -> None:
    record = paper(survey, "wu2024retrieval")
    assert record == {
        "key": "wu2024retrieval",
        "page": "papers/wu2024retrieval.html",
        "title": "Retrieval Heads",
        "authors": [{"given": "Wenhao", "family": "Wu"}, {"given": "Yizhong", "family": "Wang"}],
        "published": "2024-04-24",
        "date_note": None,
        "preprinted": None,
        "year": 2024,
        "venue": "Journal of Heads",
        "doi": None,
        "arxiv": "2404.15574",
        "url": "https://arxiv.org/abs/2404.15574",
        "heads": ["retrieval"],
        "stages": ["in-context-identification"],
        "methods": ["zero-ablation"],
        "models": ["llama-2-7b", "llama-2-13b"],
        "scope": None,
        "tasks": ["Needle-in-a-Haystack"],
        "links": {"code": ["https://example.org/retrieval"], "demo": [], "data": [], "project": []},
        "positions": [
            {
                "model": "llama-2-7b",
                "head": "retrieval",
                "called": None,
                "at": ["16.19", "11.15"],
                "table": None,
                "source": "Figure 2",
                "url": None,
                "inferred": False,
                "automatic": False,
                "scores": [],
                "of": None,
                "measure": None,
                "ranked": False,
                "criterion": None,
                "kv": False,
                "caveat": None,
            }
        ],
        "models_note": None,
        "takeaway": None,
        "read": [],
        "relations": [],
        "findings": [],
        "aliases": [],
        "summary": {"innovation": "A new idea.", "tasks": "A task.", "significant_result": "A result of 42 %."},
        "bibtex": survey.works["wu2024retrieval"].strip(),
        "cited_on": ["papers/ahn2025memory.html"],
    }


def test_dates_keep_the_precision_known(survey: Tree) -> None:
    assert [record["published"] for record in survey_json(survey)["papers"]] == [
        "2025-01-10",
        "2024-04-24",
        "2023-05",
        "2022",
    ]
    published = [entry.updated[:10] for entry in feed(files(survey)["feed.xml"]).entries]
    assert published == ["2025-01-10", "2024-04-24", "2023-05-01", "2022-01-01"]


def test_pages_that_cite_a_paper_are_listed_but_not_those_that_list_it(survey: Tree) -> None:
    survey.write("docs/essay.md", "# Essay\n\nSee {cite:t}`{see}wu2024retrieval{p. 3}, bell2023previous`.\n")
    survey.write("docs/links.md", "# Links\n\n{survey:paper}`wu2024retrieval`\n\n% {cite:t}`bell2023previous`\n")
    assert paper(survey, "wu2024retrieval")["cited_on"] == ["essay.html", "links.html", "papers/ahn2025memory.html"]
    assert paper(survey, "bell2023previous")["cited_on"] == ["essay.html"]


def test_summaries_are_plain_text(survey: Tree) -> None:
    text = (
        "*One* {survey:head}`retrieval` and {survey:head}`more <memory>`, by {cite:t}`bell2023previous` "
        "{cite:p}`cole2022heads,bell2023previous`; `5.1`, $a_1 \\to b$ and [a link](https://example.org)."
    )
    survey.replace("docs/papers/wu2024retrieval.md", "A new idea.", text)
    assert paper(survey, "wu2024retrieval")["summary"]["innovation"] == (
        "One Retrieval Head and more, by Bell (2023) (Doe, 2022; Bell, 2023); 5.1, a_1 → b and a link."
    )


def test_heads_have_their_papers_and_evidence(survey: Tree) -> None:
    (head,) = (record for record in survey_json(survey)["heads"] if record["id"] == "retrieval")
    assert head["papers"] == ["ahn2025memory", "wu2024retrieval"]
    assert (head["evidence"]["papers"], head["evidence"]["groups"], head["evidence"]["causal"]) == (2, 1, 2)
    assert head["evidence"]["causal_papers"] == ["ahn2025memory", "wu2024retrieval"]
    reached = dict.fromkeys(("named", "observed", "intervened", "located"), True)
    assert head["evidence"]["marks"] == reached | {"second_group": False}
    assert (head["aliases"], head["description"]) == (["Needle Head"], "Retrieval Head: what it is.")


def test_facets_that_a_survey_declares_are_in_data_and_schema(survey: Tree) -> None:
    survey.write(
        "docs/survey.toml", '[[facets]]\nkind = "dataset"\nfolder = "datasets"\ntitle = "Sets"\nfields = ["size"]\n'
    )
    survey.fact("docs/datasets/needles.md", "dataset", {"name": "Needles", "size": "1,000"}, "Needles", "Text.\n")
    survey.replace("docs/papers/wu2024retrieval.md", "paper:\n", "paper:\n  datasets: [needles]\n")
    written = files(survey)
    data, schema = (json.loads(written[f"data/survey{ending}.json"]) for ending in ("", ".schema"))
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    assert data["datasets"][0]["size"] == "1,000"
    assert paper(survey, "wu2024retrieval")["datasets"] == ["needles"]
    (row,) = (row for row in table(written["data/papers.csv"]) if row["datasets"])
    assert row["datasets"] == "needles"


def test_the_schema_refuses_what_is_not_a_survey(survey: Tree) -> None:
    written = files(survey)
    data, schema = (json.loads(written[f"data/survey{ending}.json"]) for ending in ("", ".schema"))
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    del data["papers"][0]["title"]
    data["papers"][1]["published"] = "yesterday"
    data["heads"][0]["unknown"] = 1
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(data))
    assert len(errors) == 3


def test_hostile_text_stays_text_in_every_format(tree: Tree) -> None:
    title = "=1+1 <b>&amp;\" ' ]](x) ER  - \u2028 \x07"
    tree.paper("odd2024paper", title=title, scope="background", tasks=[NASTY], bib={"author": "<i>O</i>, @J \x07"})
    written = files(tree)
    assert bibtexparser_entry(written["cite/odd2024paper.bib"]).key == "odd2024paper"
    assert pybtex_entry(written["cite/odd2024paper.bib"]).key == "odd2024paper"
    assert ris_record(written["cite/odd2024paper.ris"])["title"].startswith("=1+1 <b>&amp;\" ' ]](x) ER -")
    assert "=1+1" in csl_reference(json.loads(written["cite/odd2024paper.json"]))
    (row,) = table(written["data/papers.csv"])
    assert (row["title"][:6], row["tasks"][:6]) == ("'=1+1 ", "'=1+1 ")
    (record,) = json.loads(written["data/survey.json"])["papers"]
    assert record["tasks"] == [NASTY.strip()]
    (entry,) = feed(written["feed.xml"]).entries
    assert entry.title.startswith("=1+1 <b>&amp;")
    assert "[=1+1 \\<b\\>&amp;" in written["llms.txt"].decode("utf-8")


def test_entries_whose_keys_could_be_paths_are_left_out(survey: Tree) -> None:
    survey.work("../../up2024", title="Up")
    assert [address for address in files(survey) if ".." in address or "up2024" in address] == []


def test_authors_beyond_the_list_are_no_author(survey: Tree) -> None:
    survey.work("many2020work", author="Doe, Jane and others")
    written = files(survey)
    assert ris_record(written["cite/many2020work.ris"])["authors"] == ["Doe, Jane"]
    assert json.loads(written["cite/many2020work.json"])[0]["author"] == [{"family": "Doe", "given": "Jane"}]


def test_preprints_have_the_day_and_published_work_the_year_by_which_it_is_cited(tree: Tree) -> None:
    more: dict[str, Any] = {"scope": "background", "published": "2024-04-24"}
    arxiv = {"eprint": "2404.15574", "archiveprefix": "arXiv"}
    tree.paper("a2024preprint", bib=arxiv, **more)
    tree.replace("references.bib", "@article", "@misc")
    tree.works["a2024preprint"] = tree.read("references.bib")
    tree.paper("b2024article", bib={"year": "2025", **arxiv}, **more)
    written = files(tree)
    preprint, article = (json.loads(written[f"cite/{key}.json"])[0] for key in ("a2024preprint", "b2024article"))
    assert (preprint["type"], preprint["issued"]) == ("article", {"date-parts": [[2024, 4, 24]]})
    assert (article["type"], article["issued"]) == ("article-journal", {"date-parts": [[2025]]})


def test_ids_of_feeds_do_not_depend_on_pages_and_dates(survey: Tree) -> None:
    parsed = feed(files(survey)["feeds/heads/retrieval.xml"])
    assert parsed.feed.id == "tag:example.org,2026:survey/feeds/heads/retrieval"
    assert [entry.id for entry in parsed.entries][1] == "tag:example.org,2026:survey/papers/wu2024retrieval"
    assert parsed.feed.updated == "2025-01-10T00:00:00+00:00"


def test_feeds_go_by_the_day_on_which_pages_came(survey: Tree) -> None:
    survey.paper("doe1998early", title="An Early One", heads=["retrieval"], published="1998", added="2025-03-02")
    parsed = feed(files(survey)["feeds/heads/retrieval.xml"])
    first = parsed.entries[0]
    assert (first.title, first.updated[:10], first.published[:10]) == ("An Early One", "2025-03-02", "1998-01-01")
    assert parsed.feed.updated[:10] == "2025-03-02"


def test_without_an_address_links_are_relative(survey: Tree) -> None:
    written = files(survey, "")
    parsed = feed(written["feeds/heads/retrieval.xml"])
    assert [entry.link for entry in parsed.entries][1] == "../../papers/wu2024retrieval.html"
    assert "](papers/wu2024retrieval.html)" in written["llms.txt"].decode("utf-8")


def test_a_survey_without_papers_has_files(tree: Tree) -> None:
    written = files(tree)
    assert feed(written["feed.xml"]).entries == []
    assert table(written["data/papers.csv"]) == []
    assert json.loads(written["data/survey.json"])["papers"] == []


@pytest.mark.parametrize("base", ["", BASE, BASE.rstrip("/")])
def test_the_command_writes_the_files(survey: Tree, tmp_path: Path, base: str) -> None:
    folder = tmp_path / "exported"
    done = export(survey, str(folder), *(["--base-url", base] if base else []))
    assert contents(folder) == files(survey, base)
    assert done.stdout == f"{len(files(survey))} files of 4 papers are in {folder}\n"


def test_the_command_says_that_the_survey_has_problems(survey: Tree, tmp_path: Path) -> None:
    survey.replace("docs/papers/wu2024retrieval.md", "heads:", "hats:")
    done = export(survey, str(tmp_path / "exported"), check=False)
    assert done.returncode == 1
    assert "python -m survey check" in done.stderr
    assert "wu2024retrieval" not in (tmp_path / "exported/data/papers.csv").read_text("utf-8")


def test_the_command_refuses_what_it_cannot_use(survey: Tree, tmp_path: Path) -> None:
    assert "is not the address of a site" in export(survey, "x", "--base-url", "example.org", check=False).stderr
    (tmp_path / "file").write_text("", "utf-8")
    assert "cannot be written" in export(survey, str(tmp_path / "file"), check=False).stderr


def test_a_disk_that_is_full_leaves_every_file_whole(
    survey: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "exported"
    write(files(survey).items(), folder)
    before = contents(folder)
    survey.replace("docs/papers/wu2024retrieval.md", "A new idea.", "Another idea.")
    whole = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        whole(path, content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(OSError, match="No space left"):
        write(files(survey).items(), folder)
    assert contents(folder) == before
