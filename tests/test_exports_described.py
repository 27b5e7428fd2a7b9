"""The folder of data as a whole: what archives and libraries are told of it agrees with the files.

``nox -s data`` has the validators of the formats read it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from trees import ROOT

from survey.catalogue import load
from survey.exports import Site, data_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trees import Tree

BASE = "https://example.org/survey/"
SETTINGS = "docs/survey.toml"
DATA = '[data]\nversion = "2026.9"\nlicense = "CC-BY-4.0"\ncreator = "We"\nkeywords = ["Attention heads", "survey"]\n'
NAMES = ("survey", "papers", "positions")


def files(tree: Tree, base: str = BASE) -> dict[str, bytes]:
    return data_files(tree.load(), tree.root, Site.at(base))


@cache
def _corpus() -> Mapping[str, bytes]:
    return data_files(load(ROOT), ROOT, Site.at(BASE))


def of_json(written: Mapping[str, bytes], name: str) -> Any:
    return json.loads(written[f"data/{name}"])


def front_of(written: Mapping[str, bytes]) -> Any:
    return yaml.safe_load(written["data/README.md"].decode("utf-8").split("---\n")[1])


def header(written: Mapping[str, bytes], table: str) -> list[str]:
    return next(csv.reader(io.StringIO(written[f"data/{table}.csv"].decode("utf-8"))))


def test_each_paper_and_head_has_a_file_with_its_record() -> None:
    written = _corpus()
    survey = of_json(written, "survey.json")
    for record in survey["papers"]:
        assert of_json(written, f"papers/{record['key']}.json") == record
        assert record["bibtex"].encode() == written[f"cite/{record['key']}.bib"].rstrip(b"\n")
    for record in survey["heads"]:
        assert of_json(written, f"heads/{record['id']}.json") == record


def test_the_schema_has_the_address_at_which_it_is(survey: Tree) -> None:
    assert of_json(files(survey), "survey.schema.json")["$id"] == f"{BASE}data/survey.schema.json"
    assert "$id" not in of_json(files(survey, ""), "survey.schema.json")


def test_records_can_be_checked_one_by_one_by_the_definitions_of_the_schema(survey: Tree) -> None:
    written = files(survey)
    schema = of_json(written, "survey.schema.json")
    part = {"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": "#/$defs/PaperRecord"}
    record = of_json(written, "papers/wu2024retrieval.json")
    jsonschema.validate(record, part, jsonschema.Draft202012Validator)
    assert not jsonschema.Draft202012Validator(part).is_valid(record | {"title": None})


def test_the_version_of_the_data_is_the_surveys_own(survey: Tree) -> None:
    assert of_json(files(survey), "survey.json")["data_version"] is None
    survey.write(SETTINGS, DATA)
    written = files(survey)
    jsonschema.validate(of_json(written, "survey.json"), of_json(written, "survey.schema.json"))
    assert of_json(written, "survey.json")["data_version"] == "2026.9"
    assert of_json(written, "datapackage.json")["version"] == "2026.9"
    croissant = of_json(written, "croissant.json")
    assert (croissant["version"], croissant["datePublished"]) == ("2026.9", "2026-09")
    assert "- Version: 2026.9\n" in written["data/README.md"].decode("utf-8")


def test_the_licence_is_said_in_the_words_of_each_format(survey: Tree) -> None:
    survey.write(SETTINGS, DATA)
    written, address = files(survey), "https://spdx.org/licenses/CC-BY-4.0.html"
    assert of_json(written, "datapackage.json")["licenses"] == [{"name": "CC-BY-4.0", "path": address}]
    assert of_json(written, "croissant.json")["license"] == address
    assert front_of(written)["license"] == "cc-by-4.0"
    assert front_of(written)["tags"] == ["attention-heads", "survey"]


def test_a_survey_that_says_nothing_of_its_data_has_descriptions_without_gaps(survey: Tree) -> None:
    written = files(survey, "")
    for name in ("datapackage.json", "croissant.json"):
        found = of_json(written, name)
        assert [key for key, value in found.items() if value in ("", None, [], {})] == []
        assert not {"version", "license", "licenses", "creator", "url", "homepage"} & found.keys()
    assert front_of(written).keys() == {"pretty_name", "language", "configs"}


def test_sizes_and_digests_are_those_of_the_files() -> None:
    written = _corpus()
    resources = {at["name"]: at for at in of_json(written, "datapackage.json")["resources"]}
    objects = {at["name"]: at for at in of_json(written, "croissant.json")["distribution"]}
    assert tuple(resources) == tuple(objects) == NAMES
    for name, resource in resources.items():
        content = written[f"data/{resource['path']}"]
        digest = hashlib.sha256(content).hexdigest()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{digest}")
        assert (objects[name]["sha256"], objects[name]["contentSize"]) == (digest, f"{len(content)} B")
        assert objects[name]["contentUrl"] == resource["path"]


@pytest.mark.parametrize("table", ["papers", "positions"])
def test_every_column_is_described_in_its_place_with_a_type_that_its_cells_have(table: str) -> None:
    written = _corpus()
    (resource,) = (at for at in of_json(written, "datapackage.json")["resources"] if at["name"] == table)
    fields = resource["schema"]["fields"]
    names = [field["name"] for field in fields]
    assert names == header(written, table)
    assert [field["name"] for field in fields if len(field["description"].split()) < 1] == []
    (records,) = (at for at in of_json(written, "croissant.json")["recordSet"] if at["name"] == table)
    assert [field["source"]["extract"]["column"] for field in records["field"]] == names
    card = written["data/README.md"].decode("utf-8").partition(f"## Columns of {table}.csv")[2].partition("\n## ")[0]
    assert [line.split("`")[1] for line in card.splitlines() if line.startswith("| `")] == names
    read = {"integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__, "string": str}
    for row in csv.DictReader(io.StringIO(written[f"data/{table}.csv"].decode("utf-8"), newline="")):
        for field in fields:
            if row[field["name"]]:
                read[field["type"]](row[field["name"]])
            else:
                assert not field.get("constraints", {}).get("required"), field["name"]


def test_the_card_shows_the_hub_tables_that_exist(survey: Tree) -> None:
    written = files(survey)
    tables = [at["data_files"] for at in front_of(written)["configs"]]
    assert tables == ["papers.csv", "positions.csv"]
    assert all(f"data/{table}" in written for table in tables)


def test_the_card_names_every_file_and_folder_that_there_is() -> None:
    written = _corpus()
    listed = written["data/README.md"].decode("utf-8").partition("## Files")[2].partition("\n## ")[0]
    named = {line.split("`")[1] for line in listed.splitlines() if line.startswith("- `")}
    inside = [address.removeprefix("data/") for address in written if address.startswith("data/")]
    parts = {f"{folder}/" if rest else folder for folder, _, rest in (address.partition("/") for address in inside)}
    assert named == parts - {"README.md"}


def test_a_column_of_a_declared_facet_is_described(survey: Tree) -> None:
    survey.write(SETTINGS, '[[facets]]\nkind = "dataset"\nfolder = "datasets"\ntitle = "Sets"\n')
    papers = of_json(files(survey), "datapackage.json")["resources"][1]
    (field,) = (at for at in papers["schema"]["fields"] if at["name"] == "datasets")
    assert field["description"] == "Ids of datasets; several are separated by '; '."


def test_text_of_the_home_page_is_no_markup_of_the_card(survey: Tree) -> None:
    survey.replace("docs/index.md", survey.read("docs/index.md").split("\n")[0], "# Heads | <b>a</b> `x` survey")
    text = files(survey)["data/README.md"].decode("utf-8")
    assert "\n# Heads \\| \\<b\\>a\\</b\\> x survey\n" in text


def test_a_negative_score_is_a_number_and_no_formula(survey: Tree) -> None:
    survey.replace("docs/papers/wu2024retrieval.md", "source: Figure 2", "source: Figure 2\n    scores: [-0.5, 0.25]")
    rows = list(csv.DictReader(io.StringIO(files(survey)["data/positions.csv"].decode("utf-8"))))
    assert {row["score"] for row in rows} >= {"-0.5", "0.25"}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('"2026.9"', '"2026.09"', 2, "'2026.09' is no version of data"),
        ('"2026.9"', '"2026.13"', 2, "'2026.13' is no version of data"),
        ('"2026.9"', "2026.9", 2, "the version of the data is not a text"),
        ('"CC-BY-4.0"', '"CC BY 4.0"', 3, "'CC BY 4.0' is no licence"),
        ('"We"', '""', 4, "the creator of the data is not a text"),
        ('["Attention heads", "survey"]', '"survey"', 5, "the keywords of the data are not a list of texts"),
        ('["Attention heads", "survey"]', '["a", 5]', 5, "the keywords of the data are not a list of texts"),
        ("keywords", "keyword", 5, "there is no setting 'keyword'"),
        ("[data]\n", "data = 5\n", 1, "'data' is not a table"),
    ],
    ids=[
        *("zero", "month", "number", "licence", "nobody", "text for keywords", "number for a keyword", "misspelt"),
        "no table",
    ],
)
def test_what_is_wrong_with_the_table_is_reported_at_its_line(
    survey: Tree, old: str, new: str, line: int, says: str
) -> None:
    survey.write(SETTINGS, DATA.replace(old, new))
    problem = next(problem for problem in survey.problems() if says in problem.message)
    assert (problem.path, problem.line, bool(problem.hint)) == (SETTINGS, line, True)
    assert of_json(files(survey), "survey.json")["data_version"] in (None, "2026.9")
