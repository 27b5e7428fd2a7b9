"""Positions: lists in tables, heads that only scored, KV heads, parts of lists, caveats, and roles of no type."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from trees import small_survey

from survey.catalogue.views.counting import Heads, count

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Built, Tree

TABLE = "docs/papers/doe2025scan.csv"
CAVEAT = "From which number these are counted is not known."
ROWS = """\
model,head,layer,index,score,rank
llama-2-7b,retrieval,5,6,-0.25,2
llama-2-7b,retrieval,16,19,0.75,1
llama-2-7b,retrieval,7,8,-1.5,3
"""
_PART = {"source": "scores.json", "url": "https://example.org/scores.json", "automatic": True}
_TABLED = {"table": "doe2025scan.csv", "measure": "copy score", "criterion": "score above -2", "of": 1024} | _PART
_SHARED = {"at": ["1.0", "2.3"], "kv": True, "scores": [0.5, 0.25], "caveat": CAVEAT} | _PART
_CIRCUIT = {"at": ["9.9"], "called": "acronym circuit", "source": "circuit.py"}


def scan(tree: Tree) -> Tree:
    """Add a paper that scores heads: a table, KV heads of another model with a caveat, and a circuit of no type."""
    members = [
        {"id": "llama-2-7b", "name": "Llama-2-7B", "layers": 32, "heads": 32},
        {"id": "llama-2-13b", "name": "Llama-2-13B", "layers": 40, "heads": 40, "kv_heads": 8},
    ]
    tree.model("llama-2", name="Llama 2", members=members)
    positions = [
        {"model": "llama-2-7b", "head": "retrieval"} | _TABLED,
        {"model": "llama-2-13b", "head": "retrieval"} | _SHARED,
        {"model": "llama-2-7b"} | _CIRCUIT,
    ]
    tree.paper("doe2025scan", title="A Scan", heads=["retrieval"], positions=positions)
    tree.write(TABLE, ROWS)
    tree.write("docs/atlas.md", "# Atlas\n\n```{survey:atlas}\n```\n")
    tree.write("docs/chosen.md", "# Chosen\n\n```{survey:atlas}\n:automatic:\n```\n")
    tree.replace("docs/index.md", "bibliography\n", "bibliography\natlas\nchosen\n")
    return tree


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return scan(small_survey(tmp_path_factory.mktemp("survey")))


@pytest.fixture(scope="module")
def built(tree: Tree) -> Built:
    return tree.build()


def test_it_is_a_good_survey(tree: Tree, built: Built) -> None:
    assert tree.problems() == []
    assert built.warnings == ""


def test_a_table_gives_positions_with_scores_and_ranks(tree: Tree) -> None:
    found = [at for at in tree.load().places_in["doe2025scan"] if at.measure]
    assert [(at.label, at.score, at.rank) for at in found] == [("5.6", -0.25, 2), ("7.8", -1.5, 3), ("16.19", 0.75, 1)]
    assert {(at.given, at.of, at.standing) for at in found} == {(3, 1024, "automatic")}


def test_a_head_counts_once_as_what_is_best_known_of_it_and_kv_heads_apart(tree: Tree) -> None:
    catalogue = tree.load()
    # 16.19 is stated by another paper; of no type is 9.9; 5.6 and 7.8 only scored
    assert count(catalogue.places_on["llama-2-7b"]) == Heads(stated=3, inferred=0, automatic=2, kv=0)
    assert count(catalogue.places_on["llama-2-13b"]).kv == 2


def test_a_papers_page_has_chosen_heads_folded_away_as_the_part_that_they_are(built: Built) -> None:
    section = built.page("papers/doe2025scan").select_one("#positions")
    folded = section.select_one("details")
    assert folded.get("open") is None
    assert folded.summary.get_text() == "Chosen by a detector or score: 3 heads and 2 KV heads in 2 lists"
    tabled, shared = (item.get_text(" ", strip=True) for item in folded.select("li"))
    if "KV" in tabled:
        tabled, shared = shared, tabled
    assert "3 heads of 1,024 in the source; score above -2; copy score: 0.75 to -1.5." in tabled
    heads = {at.get_text(): at["href"] for at in folded.select("li code a")}
    assert {heads[at] for at in ("16.19", "5.6")} == {f"../models/llama-2-7b.html#{at}" for at in ("16.19", "5.6")}
    assert heads["1.0"] == "../models/llama-2-13b.html#kv-1.0"
    assert "2 KV heads" in shared
    assert CAVEAT in shared
    assert "acronym circuit" in section.select_one("table").get_text()


def test_a_head_types_page_counts_them_apart(built: Built) -> None:
    page = built.page("heads/retrieval")
    assert "2 stated, 2 chosen by a detector or score, 2 KV heads" in page.select_one(".survey-glance").get_text()
    assert CAVEAT in page.select_one("#positions details").get_text()


def test_the_atlas_draws_named_heads_and_says_what_it_leaves_out(built: Built) -> None:
    page = built.page("atlas")
    marks = {mark["href"] for mark in page.select("a.survey-cell")}
    assert marks == {"#llama-2-7b-16.19", "#llama-2-7b-11.15", "#llama-2-7b-9.9"}
    text = page.get_text()
    assert "3 heads are named in 1 model" in text
    assert "Not shown: 2 other heads and 2 KV heads, chosen by a detector or score and not named." in text
    assert "In 1 further model only such heads are known." in text


def test_chosen_heads_have_a_page_with_a_path_for_each_shade(built: Built) -> None:
    page = built.page("chosen")
    assert "3 heads and 2 KV heads in 2 lists, in 2 models. Sources name 1 of these heads as well" in page.get_text()
    query, shared = page.select("svg.survey-grid")
    names = [drawing.find("title").get_text() for drawing in (query, shared)]
    assert sorted(names) == [
        "Heads chosen by a detector or score in Llama-2-7B",
        "Key-value heads chosen by a detector or score in Llama-2-13B",
    ]
    strengths = {name for path in page.select("svg.survey-grid path") for name in path["class"] if "strength" in name}
    assert strengths == {"survey-strength-4", "survey-strength-3", "survey-strength-2"}
    beside = page.select(".survey-atlas-chosen > details > p")
    assert CAVEAT in "".join(part.get_text() for part in beside)  # in sight where its grid is


def test_a_book_has_the_first_of_a_long_list_and_says_how_many_more(tmp_path: Path) -> None:
    tree = scan(small_survey(tmp_path))
    rows = "".join(f"llama-2-7b,retrieval,{at // 32},{at % 32},,\n" for at in range(100))
    tree.write(TABLE, ROWS.partition("\n")[0] + "\n" + rows)
    text = tree.build("latex").text("asmallsurvey.tex")
    assert "0.22, 0.23 and 76 more" in text
    assert "0.24" not in text


def test_the_data_say_of_each_position_what_is_known(built: Built) -> None:
    rows = {(row["layer"], row["head"]): row for row in csv.DictReader(io.StringIO(built.text("data/positions.csv")))}
    assert [rows["7", "8"][name] for name in ("score", "rank", "given", "of", "measure", "criterion", "kv")] == [
        *("-1.5", "3", "3", "1024", "copy score", "score above -2", "false")
    ]
    assert (rows["2", "3"]["kv"], rows["2", "3"]["caveat"]) == ("true", CAVEAT)
    assert (rows["9", "9"]["head_type"], rows["9", "9"]["called"]) == ("", "acronym circuit")


def test_pages_follow_the_table_and_no_other_page_is_read_again(tmp_path: Path) -> None:
    tree = scan(small_survey(tmp_path))
    tree.build()
    tree.write(TABLE, ROWS.replace("7,8,-1.5,3", "9,9,-1.5,3"))
    again = tree.build()
    assert "16.19, 5.6, 9.9" in again.page("papers/doe2025scan").get_text()
    assert {"papers/doe2025scan", "heads/retrieval", "chosen"} <= again.read
    assert not {"papers/wu2024retrieval", "papers/ahn2025memory", "heads/memory", "bibliography"} & again.read
    tree.remove(TABLE)
    assert "the table docs/papers/doe2025scan.csv is not there" in tree.build().warnings
