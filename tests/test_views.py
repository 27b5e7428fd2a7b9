"""What views answer about a survey that has something of everything: whole, as text that a person can read.

The answers are all that pages show of the catalogue. Whoever changes one sees here which words, numbers and orders
change with it; fields that are empty are left out.
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest
from comparing import linked_survey

from survey.catalogue import views
from survey.catalogue.records.modelheads import AT
from survey.catalogue.records.selecting import Selection
from survey.catalogue.views import (
    atlas,
    chosen,
    comparing,
    contested,
    contesting,
    declared_figures,
    depths,
    described_files,
    exploring,
    facts,
    listings,
    metadata,
    model_heads,
    sides,
    timeline,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syrupy.assertion import SnapshotAssertion
    from trees import Tree

    from survey.catalogue import Catalogue

QUEUE = """\
- {id: "2506.01234", title: Heads that count, seen: a listing, why: counts}
- {id: 10.1234/other, title: Heads that sing, seen: a program, why: sings, state: left-out, reason: tests no head}
"""
#: Lists of a paper that scores heads: of a detector, of key-value heads, of heads that have no type.
SCANNED = [
    {
        "model": "llama-2-7b",
        "head": "retrieval",
        "at": ["5.6", "16.19", "7.8"],
        "scores": [0.75, 0.5, 0.25],
        "ranked": True,
        "automatic": True,
        "source": "scores.json",
        "url": "https://example.org/scores.json",
        "measure": "copy score",
        "criterion": "score above 0.2",
        "of": 1024,
    },
    {
        "model": "llama-2-13b",
        "head": "retrieval",
        "at": ["1.0", "2.3"],
        "kv": True,
        "automatic": True,
        "source": "Figure 3",
        "caveat": "It is not known from which number these are counted.",
    },
    {"model": "llama-2-7b", "called": "acronym circuit", "at": ["9.9"], "source": "circuit.py", "inferred": True},
    {"model": "llama-2-13b", "head": "memory", "at": ["39.1", "0.2"], "source": "Table 3"},
]
DOUBTS = [
    {
        "head": "retrieval",
        "models": ["llama-2-13b"],
        "methods": ["probing"],
        "says": "disputes",
        "result": "masked heads keep the needle",
    },
    {"head": "memory", "says": "qualifies", "result": "only in the larger model"},
]
SHOWN = """\
  takeaway: Retrieval heads copy from the context.
  read: [full, code]
  findings:
  - {head: retrieval, models: [llama-2-7b], methods: [zero-ablation], result: masked heads lose the needle}
  positions:"""
RETRIEVAL = {
    "stage": "in-context-identification",
    "category": "long-context-retrieval",
    "aliases": ["Needle Head"],
    "first_described_in": "wu2024retrieval",
    "related": ["memory"],
    "parent": "previous-token",
    "reads": "the token to be written",
    "writes": "that token",
    "reads_kind": ["token"],
    "pattern": {"tokens": ["a", "b"], "attends": [{"from": 1, "to": 0}], "caption": "Back to a."},
    "text": "Retrieval heads copy.\n\n## How it is recognized\n\nBy masking {cite:p}`wu2024retrieval`.\n",
}


def told(tree: Tree) -> Tree:
    """Let papers of the linked survey contradict each other, score heads, and say what their pages rest on."""
    tree.replace("docs/models/llama-2.md", "    layers: 40\n", "    layers: 40\n    kv_heads: 8\n")
    first = next(iter(tree.load().layout.axes[0].ids))
    tree.head("retrieval", **{**RETRIEVAL, "reads_kind": [first]})  # type: ignore[arg-type]  # fields of all kinds
    tree.replace("docs/papers/wu2024retrieval.md", "  positions:", SHOWN)
    tree.replace("docs/papers/bell2023previous.md", "paper:\n", "paper:\n  read: [abstract]\n")
    tree.paper(
        "dunn2026doubt",
        title="Doubts",
        heads=["retrieval", "memory"],
        published="2026-02-01",
        models=["llama-2-13b"],
        methods=["probing"],
        findings=DOUBTS,
        relations=[{"to": "wu2024retrieval", "kind": "qualifies", "about": "the larger model differs"}],
        positions=[{"model": "llama-2-7b", "head": "memory", "at": ["11.15"], "source": "Table 1"}],
        bib={"author": "Dunn, Eve"},
    )
    tree.paper("doe2025scan", title="A Scan", heads=["retrieval"], published="2025-12", positions=SCANNED)
    tree.write("docs/queue.yaml", QUEUE)
    return tree


ALL = {
    "atlas": atlas.Atlas(),
    "the atlas of a family": atlas.Atlas("llama-2"),
    "chosen heads": chosen.Chosen(),
    "chosen heads of a model": chosen.Chosen("llama-2-7b"),
    "what can be compared": comparing.Comparable(),
    "contested claims": contesting.Contested(),
    "whether a head is contested": contesting.ContestedOf("retrieval"),
    "whether a head that one paper qualifies is": contesting.ContestedOf("memory"),
    "whether another head is": contesting.ContestedOf("previous-token"),
    "a pattern": declared_figures.PatternOf("retrieval"),
    "no pattern": declared_figures.PatternOf("memory"),
    "names in a flow": declared_figures.FlowNames("llama-2-7b", ("retrieval", "memory")),
    "names in a flow of no model": declared_figures.FlowNames(None, ("retrieval", "memory")),
    "depths of reading": depths.Depths(),
    "kinds": described_files.Kinds(),
    "exploration": exploring.Explore(),
    "a paper": facts.PaperPage("wu2024retrieval"),
    "a paper that doubts": facts.PaperPage("dunn2026doubt"),
    "a paper that scores": facts.PaperPage("doe2025scan"),
    "a paper of the background": facts.PaperPage("cole2022heads"),
    "a head": facts.HeadPage("retrieval"),
    "another head": facts.HeadPage("memory"),
    "a method": facts.EntryPage("method", "zero-ablation"),
    "a family": facts.EntryPage("model", "llama-2"),
    "a data set": facts.EntryPage("dataset", "needles"),
    "the name of a head": listings.Naming("head", "retrieval"),
    "the name of a member": listings.Naming("model", "llama-2-13b"),
    "the name of a position": listings.Naming(AT, "llama-2-7b 16.19"),
    "a year": listings.Year("2024"),
    "a year without papers": listings.Year("1999"),
    "standing of a paper": listings.Standing("papers/wu2024retrieval"),
    "standing of a page": listings.Standing("essay"),
    "a citation": listings.Citing("wu2024retrieval"),
    "a citation of a work without a page": listings.Citing("vaswani2017attention"),
    "all papers": listings.Listing(Selection()),
    "the taxonomy": listings.Taxonomy(),
    "the taxonomy in brief": listings.Taxonomy(brief=True),
    "a stage": listings.Taxonomy("knowledge-recalling"),
    "the index of heads": listings.Index("head"),
    "the index of methods": listings.Index("method"),
    "the index of models": listings.Index("model"),
    "the queue": listings.Queued(),
    "counts": listings.Counts(),
    "the day on which papers came last": listings.LastAdded(),
    "the metadata of a paper": metadata.PageMetadata("papers/wu2024retrieval"),
    "the metadata of a head": metadata.PageMetadata("heads/retrieval"),
    "the metadata of a family": metadata.PageMetadata("models/llama-2"),
    "the keywords of the data": metadata.Keywords(),
    "the metadata of a page of prose": metadata.PageMetadata("essay"),
    "heads of a model": model_heads.ModelHeads("llama-2-7b"),
    "heads of the other model": model_heads.ModelHeads("llama-2-13b"),
    "what heads read and write": sides.Sides(),
    "the timeline": timeline.Timeline(),
    "papers of a head by year": timeline.PapersByYear("retrieval"),
}


def lines(value: Any, name: str = "", depth: int = 0) -> Iterator[str]:
    """Yield a value as indented lines, without fields that are empty; what holds nothing but words is one line."""
    start = "  " * depth + (f"{name}: " if name else "- ")
    if _has_parts(value) or isinstance(value, Mapping) or _is_list(value):
        parts = _parts(value)
        if any(_is_list(part) or _has_parts(part) for _name, part in parts):
            yield start + (type(value).__name__ if _has_parts(value) else f"{len(parts)}")
            for what, part in parts:
                yield from lines(part, what, depth + 1)
        else:
            yield start + ", ".join(f"{what}={part}" if what else str(part) for what, part in parts)
    else:
        yield f"{start}{value}"


def _parts(value: Any) -> list[tuple[str, Any]]:
    if _has_parts(value):
        named = [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
        return [(name, part) for name, part in named if part or (part == 0 and part is not False)]
    return (
        [(str(key), part) for key, part in value.items()] if isinstance(value, Mapping) else [("", at) for at in value]
    )


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _has_parts(value: Any) -> bool:
    return dataclasses.is_dataclass(value) and not isinstance(value, type)


def text(value: Any) -> str:
    return "\n".join(lines(value))


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    found = told(linked_survey(tmp_path_factory.mktemp("survey"))).load()
    assert list(found.problems) == []
    return found


@pytest.mark.parametrize("name", ALL)
def test_an_answer_is_what_it_was(catalogue: Catalogue, name: str, snapshot: SnapshotAssertion) -> None:
    assert text(ALL[name].select(catalogue)) == snapshot


def test_every_view_is_asked() -> None:
    asked = {type(view) for view in ALL.values()} | {described_files.Described}  # which the reference shows
    for module in pkgutil.iter_modules(views.__path__, f"{views.__name__}."):
        for found in vars(importlib.import_module(module.name)).values():
            if isinstance(found, type) and hasattr(found, "select") and found.__module__ == module.name:
                assert found in asked


@pytest.mark.parametrize("head", ["retrieval", "memory", "previous-token"])
def test_a_head_type_is_compared_by_the_same(catalogue: Catalogue, head: str, snapshot: SnapshotAssertion) -> None:
    assert text(comparing.comparison(catalogue.entries["head"][head], catalogue)) == snapshot


def test_what_is_contested_is_in_the_order_of_what_is_held_against_it(catalogue: Catalogue) -> None:
    assert contested.contested_heads(catalogue) == ["retrieval", "memory"]
    assert [paper.key for paper, _finding in contested.findings_of("retrieval", catalogue)] == [
        "dunn2026doubt",
        "wu2024retrieval",
    ]
    assert list(contested.answered(catalogue)) == ["wu2024retrieval"]
    assert list(contested.several_roles(catalogue)) == [("llama-2-7b", 11, 15)]
    assert list(contested.parents("retrieval", catalogue)) == ["previous-token"]
