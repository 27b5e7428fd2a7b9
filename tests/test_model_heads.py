"""What is known of a model's heads: its page with cards, what leads there, its file, and the role that names a head."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from sphinx.util.inventory import InventoryFile
from trees import Built, Tree

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

HEADS = "models/toy-small"
PROSE = """\
---
orphan: true
---

# Prose

Head {survey:at}`toy-small 2.1` copies, {survey:at}`this one <toy-small 3.3>` does nothing, and {survey:at}`bert 0.3` is
of another model; of {survey:at}`toy-large 1.1` nothing is known.
"""


def toy_survey(root: Path) -> Tree:
    """Return a survey of two head types in three models, one of which has the id of its family."""
    tree = Tree(root)
    tree.stage("reading", categories=["copying"], order=1)
    tree.head("copy", stage="reading", category="copying", text="A copy head copies. It does so often.\n")
    tree.head("skip", stage="reading", category="copying", text="A skip head skips.\n")
    tree.method("ablation", name="Ablation")
    tree.method("scoring", name="Scoring")
    size = {"layers": 4, "heads": 4}
    small = {"id": "toy-small", "name": "Toy small", "kv_heads": 2, "huggingface": "maker/toy-s-hf", **size}
    tree.model("toy", name="Toy", members=[{"id": "toy-large", "name": "Toy large"}, small])
    tree.model("bert", name="BERT", members=[{"id": "bert", "name": "BERT base", **size}])
    tree.paper(
        "gold2023copies",
        heads=["copy"],
        models=["toy-small"],
        methods=["ablation"],
        positions=[_said("copy")],
        bib={"author": "Gold, Ann"},
    )
    tree.paper(
        "lead2024skips",
        published="2024-05-01",
        heads=["skip", "copy"],
        models=["toy-small", "bert"],
        methods=["ablation", "scoring"],
        findings=[{"head": "skip", "models": ["toy-small"], "methods": ["scoring"], "result": "it skips"}],
        positions=[
            _said("skip") | {"inferred": True, "source": "Table 2"},
            _said("copy", at=["0.3"], model="bert"),
            _said("copy", at=["1.2", "2.1"], source="scores.csv") | {"automatic": True, "scores": [0.75, 0.5]},
        ],
        bib={"author": "Lead, Bob"},
    )
    tree.write("docs/prose.md", PROSE)
    return tree


def _said(
    head: str, *, at: list[str] | None = None, model: str = "toy-small", source: str = "Section 3"
) -> dict[str, Any]:
    return {"model": model, "head": head, "at": at or ["2.1"], "source": source}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the survey, built with the theme of ours."""
    tree = toy_survey(tmp_path_factory.mktemp("toy"))
    found = tree.build(confoverrides={"html_theme": "sphinx_book_theme"})
    assert found.warnings == ""
    return found


def words(node: Tag | None) -> str:
    """Return the text of a part of a page, in one line."""
    assert node is not None
    return " ".join(node.get_text().split())


def test_a_card_says_what_a_head_does_and_who_says_so(built: Built) -> None:
    card = built.page(HEADS).find(id="2.1")
    assert words(card.find(["h2", "h3"])).startswith("2.1: Copy Head, Skip Head")
    roles = [words(role) for role in card.select(".survey-head-role")]
    assert roles[0].startswith("Copy Head A copy head copies. (Gold 2024")
    assert "Lead 2024, chosen by a detector" in roles[0]
    assert roles[1] == "Skip Head A skip head skips. (Lead 2024, inferred)"
    assert [link["href"] for link in card.select(".survey-head-role strong a")] == [
        "../heads/copy.html",
        "../heads/skip.html",
    ]
    assert "../papers/gold2023copies.html" in {link["href"] for link in card.select("a")}
    assert "Reads key–value head 0." in words(card)


def test_a_card_says_where_and_by_which_methods(built: Built) -> None:
    said = [words(item) for item in built.page(HEADS).find(id="2.1").select(".survey-statements li")]
    assert said == [
        "Copy Head: Gold 2024: Section 3 · by Ablation · stated",
        "Copy Head: Lead 2024: scores.csv · by Ablation, Scoring · chosen by a detector · score 0.5",
        "Skip Head: Lead 2024: Table 2 · by Scoring · inferred",
    ]


def test_heads_that_only_a_detector_has_chosen_have_no_card_but_a_place_with_their_score(built: Built) -> None:
    page = built.page(HEADS)
    assert [card["id"] for card in page.select(".survey-head-card")] == ["2.1"]
    place = page.find(id="1.2")
    assert place.find_parent("details") is not None
    assert words(place.find_parent("p")) == "1.2 (0.75), 2.1 (0.5)"
    assert page.select_one(".survey-marks a")["href"] == "#2.1"


@pytest.mark.parametrize(
    ("by_paper", "said"), [(True, "1 surveyed paper"), (False, "sources outside the surveyed papers")]
)
def test_a_page_without_named_heads_says_whose_detectors_chose_some(
    tmp_path: Path, *, by_paper: bool, said: str
) -> None:
    tree = toy_survey(tmp_path)
    scan = _said("copy", model="toy-large", at=["1.1"]) | {"automatic": True}
    if by_paper:
        tree.paper("scan2025heads", heads=["copy"], models=["toy-large"], methods=["scoring"], positions=[scan])
    else:
        outside = {**scan, "url": "https://example.org/list.json"}
        del outside["head"]
        tree.head("copy", stage="reading", category="copying", positions=[outside])
    text = words(tree.build().page("models/toy-large"))
    assert f"No head of this model has been named yet; {said} chose some by a detector." in text


def test_the_grid_leads_to_the_cards(built: Built) -> None:
    assert [cell["href"] for cell in built.page(HEADS).select("svg a.survey-cell")] == ["#2.1"]


def test_the_page_says_what_it_means_that_a_head_has_no_card(built: Built) -> None:
    page = built.page(HEADS)
    assert "No source in this survey names a head that has no card" in words(page.find("article"))
    status = page.select_one(".survey-head-status")
    assert (status["data-model"], status["data-layers"], status["data-heads"]) == ("Toy small", "4", "4")
    assert {"notation.js", "heads.js"} <= {
        str(at["src"]).partition("?")[0].rpartition("/")[2] for at in page.select("script[src]")
    }


def test_the_family_leads_to_the_page_of_a_member(built: Built) -> None:
    section = built.page("models/toy").find(id="toy-small")
    assert [link["href"] for link in section.select("dd a") if "toy-small" in link["href"]] == ["toy-small.html"]


def test_members_stand_in_the_order_of_what_is_known_of_them(built: Built) -> None:
    headings = [words(at.find(["h2", "h3"])) for at in built.page("models/toy").select("section section")]
    assert [heading.rstrip("#¶") for heading in headings[:2]] == ["Toy small", "Toy large"]


def test_a_member_with_the_id_of_its_family_has_its_cards_on_the_family_s_page(built: Built) -> None:
    card = built.page("models/bert").find(id="0.3")
    assert card.find_parent(id="bert") is not None
    assert "models/toy-large.html" not in built.files


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("2.1", "models/toy-small.html#2.1"),
        ("this one", "models/toy-small.html#3.3"),
        ("0.3", "models/bert.html#0.3"),
        ("1.1", "models/toy.html#toy-large"),
    ],
)
def test_the_role_leads_to_a_head_and_else_to_its_model(built: Built, text: str, address: str) -> None:
    links = {words(link): link["href"] for link in built.page("prose").select("article p a")}
    assert links[text] == address


@pytest.mark.parametrize("docname", ["papers/gold2023copies", "heads/copy"])
def test_lists_of_positions_lead_to_the_cards(built: Built, docname: str) -> None:
    links = [link["href"] for link in built.page(docname).select("table.survey-places a") if words(link) == "2.1"]
    assert links == ["../models/toy-small.html#2.1"]


def test_the_page_is_in_sitemap_inventory_and_search(built: Built) -> None:
    assert "https://example.org/survey/models/toy-small.html" in built.text("sitemap.xml")
    inventory = InventoryFile.loads(built.files["objects.inv"], uri="").data["survey:at"]
    assert {name: item.uri.lstrip("/") for name, item in inventory.items()} == {
        "toy-small 2.1": "models/toy-small.html#2.1",
        "bert 0.3": "models/bert.html#0.3",
    }
    named = {hit["title"]: hit["url"] for hit in json.loads(built.files["search-names.json"])}
    assert named["Heads of Toy small"] == "models/toy-small.html"
    assert built.page(HEADS).select_one("article[data-pagefind-body]")
    description = built.page(HEADS).select_one("meta[name=description]")
    assert "each attention head of Toy small" in description["content"]


def test_the_search_gets_the_heads_with_all_names_of_their_models(built: Built) -> None:
    found = {model["name"]: model for model in json.loads(built.files["search-heads.json"])}
    assert set(found["Toy small"].pop("names")) == {"Toy small", "toy-small", "maker/toy-s-hf", "toy-s-hf", "toy-s"}
    assert found["Toy small"] == {
        "name": "Toy small",
        "at": "models/toy-small.html#",
        "layers": 4,
        "heads": 4,
        "kv_heads": 2,
        "named": {"2.1": ["Copy Head", "Skip Head"]},
        "chosen": ["1.2"],
    }


def test_the_file_of_a_model_says_the_same_and_keeps_to_its_schema(built: Built) -> None:
    schema = json.loads(built.files["data/model-heads.schema.json"])
    found = json.loads(built.files["data/models/toy-small.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(found, schema, jsonschema.Draft202012Validator)
    assert found["$schema"] == schema["$id"] == "https://example.org/survey/data/model-heads.schema.json"
    assert found["$id"] == "https://example.org/survey/data/models/toy-small.json"
    assert [(at["layer"], at["head"], at["named"], at["page"]) for at in found["heads"]] == [
        (1, 2, False, "models/toy-small.html#1.2"),
        (2, 1, True, "models/toy-small.html#2.1"),
    ]
    claims = found["heads"][1]["claims"]
    assert [(at["role"], at["paper"], at["inferred"], at["automatic"], at["score"]) for at in claims] == [
        ("copy", "gold2023copies", False, False, None),
        ("copy", "lead2024skips", False, True, 0.5),
        ("skip", "lead2024skips", True, False, None),
    ]
    assert claims[2]["methods"] == ["scoring"]


def test_a_page_and_its_file_come_and_go_with_what_is_known(tmp_path: Path) -> None:
    tree = toy_survey(tmp_path)
    options = {"html_theme": "sphinx_book_theme"}
    first = tree.build(confoverrides=options)
    for path in ("docs/papers/gold2023copies.md", "docs/papers/lead2024skips.md"):
        tree.write(path, tree.read(path).replace("model: toy-small", "model: toy-large"))
    second = tree.build(confoverrides=options)
    assert "models/toy-small.html" not in second.files
    assert "data/models/toy-small.json" not in second.files
    assert second.page("models/toy-large").find(id="2.1") is not None
    assert second.page("prose").select_one("article p a")["href"] == "models/toy.html#toy-small"
    assert second.files == tree.build(fresh=True, confoverrides=options).files
    for path in ("docs/papers/gold2023copies.md", "docs/papers/lead2024skips.md"):
        tree.write(path, tree.read(path).replace("model: toy-large", "model: toy-small"))
    third = tree.build(confoverrides=options)
    assert third.files == first.files
    assert tree.build(confoverrides=options).read == set()


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "dirhtml", "singlehtml"])
def test_other_builders_say_it_too(tmp_path: Path, builder: str) -> None:
    tree = toy_survey(tmp_path)
    found = tree.build(builder, confoverrides={"epub_show_urls": "no", "version": "1"})
    assert found.warnings == ""
    if builder in {"text", "epub", "dirhtml"}:
        path = {"text": f"{HEADS}.txt", "epub": f"{HEADS}.xhtml", "dirhtml": f"{HEADS}/index.html"}[builder]
        assert "A copy head copies." in found.text(path)


@pytest.mark.parametrize(
    ("role", "problem"),
    [
        ("{survey:at}`toy-smal 2.1`", "unknown-model: there is no model 'toy-smal'; did you mean 'toy-small'?"),
        (
            "{survey:at}`2.1`",
            "bad-position: '2.1' names no head of a model, write model, layer and head, counted from 0",
        ),
        ("{survey:at}`toy-small 02.1`", "bad-position: 'toy-small 02.1' names no head of a model"),
        ("{survey:at}`toy-small 4.1`", "bad-position: '4.1' lies outside 'toy-small', which has 4 layers"),
        ("{survey:at}`toy-small 1.4`", "bad-position: '1.4' lies outside 'toy-small', which has 4 heads per layer"),
        (
            "{survey:at}`toy-small KV 1.2`",
            "bad-position: '1.2' lies outside 'toy-small', which has 2 KV heads per layer",
        ),
    ],
)
def test_the_role_is_checked(tmp_path: Path, role: str, problem: str) -> None:
    tree = toy_survey(tmp_path)
    tree.write("docs/prose.md", f"---\norphan: true\n---\n\n# Prose\n\n{role}\n")
    found = tree.problems()
    assert [(at.path, at.line, at.code) for at in found] == [("docs/prose.md", 7, problem.partition(":")[0])]
    assert problem.partition(", write")[0] in f"{found[0].code}: {found[0].explanation}"
