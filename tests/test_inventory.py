"""``objects.inv``: other sites, another survey among them, can refer to everything in this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sphinx.util.inventory import InventoryFile
from trees import Built, Tree, small_survey

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://heads.example.org"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A survey that others refer to."""
    tree = small_survey(tmp_path_factory.mktemp("first"))
    tree.model("bert", name="BERT", members=[{"id": "bert", "name": "BERT base"}])
    tree.write("docs/role.md", "---\norphan: true\n---\n\n# Role\n\n{survey:model}`bert`\n")
    return tree.build()


def objects(built: Built) -> dict[tuple[str, str], tuple[str, str]]:
    """Return address and name of each object of the survey, by type and id."""
    inventory = InventoryFile.loads(built.files["objects.inv"], uri=SITE)
    return {
        (kind.removeprefix("survey:"), key): (item.uri.removeprefix(f"{SITE}/"), item.display_name)
        for kind, items in inventory.data.items()
        if kind.startswith("survey:")
        for key, item in items.items()
    }


def options(first: Built, *extensions: str) -> dict[str, Any]:
    mapping = {"heads": (SITE, str(first.outdir / "objects.inv"))}
    return {"extensions": [*extensions, "sphinx.ext.intersphinx"], "intersphinx_mapping": mapping}


def links(built: Built, docname: str) -> list[tuple[str, str]]:
    return [(str(item["href"]), item.get_text()) for item in built.page(docname).select("section p a")]


@pytest.mark.parametrize(
    ("kind", "key", "address", "title"),
    [
        ("paper", "wu2024retrieval", "papers/wu2024retrieval.html", "Retrieval Heads"),
        ("head", "retrieval", "heads/retrieval.html", "Retrieval Head"),
        ("stage", "knowledge-recalling", "stages/knowledge-recalling.html", "Knowledge Recalling"),
        ("method", "zero-ablation", "methods/zero-ablation.html", "Zero ablation"),
        ("model", "llama-2", "models/llama-2.html", "Llama 2"),
        ("model", "llama-2-7b", "models/llama-2.html#llama-2-7b", "Llama-2-7B"),
    ],
)
def test_every_kind_of_object_is_in_the_inventory(first: Built, kind: str, key: str, address: str, title: str) -> None:
    assert objects(first)[kind, key] == (address, title)


def test_the_inventory_leads_to_pages_and_anchors_that_exist(first: Built) -> None:
    for address, _ in objects(first).values():
        path, _, anchor = address.partition("#")
        assert path in first.files
        assert not anchor or f'id="{anchor}"' in first.text(path)


def test_the_inventory_leads_where_a_role_leads(first: Built) -> None:
    assert objects(first)["model", "bert"] == links(first, "role")[0]


def test_a_site_without_the_extension_can_refer_to_a_survey(first: Built, tmp_path: Path) -> None:
    plain = Tree(tmp_path)
    for name in ("chronology", "taxonomy", "bibliography"):
        plain.remove(f"docs/{name}.md")
    plain.write(
        "docs/index.md", "# Plain\n\n<inv:heads#retrieval>, [the small one](inv:heads:survey:model#llama-2-7b)\n"
    )
    built = plain.build(confoverrides=options(first, "myst_parser"))
    assert built.warnings == ""
    assert links(built, "index") == [
        (f"{SITE}/heads/retrieval.html", "Retrieval Head"),
        (f"{SITE}/models/llama-2.html#llama-2-7b", "the small one"),
    ]


@pytest.mark.parametrize(
    ("role", "address", "text"),
    [
        ("{external:survey:head}`retrieval`", "heads/retrieval.html", "Retrieval Head"),
        ("{external+heads:survey:head}`fetching <retrieval>`", "heads/retrieval.html", "fetching"),
        ("{external+heads:survey:paper}`wu2024retrieval`", "papers/wu2024retrieval.html", "Retrieval Heads"),
        ("{external+heads:survey:model}`llama-2-7b`", "models/llama-2.html#llama-2-7b", "Llama-2-7B"),
    ],
    ids=["head", "own text", "paper", "member"],
)
def test_another_survey_can_refer_to_a_survey(first: Built, tree: Tree, role: str, address: str, text: str) -> None:
    tree.write("docs/other.md", f"---\norphan: true\n---\n\n# Other\n\nSee {role}.\n")
    built = tree.build(confoverrides=options(first, "survey"))
    assert built.warnings == ""
    assert links(built, "other") == [(f"{SITE}/{address}", text)]


def test_an_external_id_that_does_not_exist_is_said_once(first: Built, tree: Tree) -> None:
    tree.write("docs/other.md", "---\norphan: true\n---\n\n# Other\n\nSee {external+heads:survey:head}`nonesuch`.\n")
    built = tree.build(confoverrides=options(first, "survey"))
    (said,) = built.warnings.splitlines()
    assert said.startswith("docs/other.md:7: WARNING: ")
    assert "nonesuch" in said
