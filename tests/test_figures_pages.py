"""Figures on pages: where they stand, what they link to, and what other builders show."""

from __future__ import annotations

import re
from urllib.parse import urldefrag

import pytest
from trees import small_survey

_SHADE = re.compile(r"\bsurvey-shade-(\d+)")
PATTERN = {
    "tokens": ["red", "blue", "red"],
    "attends": [{"from": 2, "to": 1, "weight": 0.75}],
    "caption": "Red reads what followed red.",
}
FLOW = """\
```{survey:flow}
title: Finding the needle
model: llama-2-7b
nodes:
  - {id: memory, head: memory, token: the subject}
  - {id: retrieval, head: retrieval, at: ['16.19', '11.15']}
  - {id: output, text: Output}
edges:
  - {from: memory, to: retrieval, moves: a cue}
  - {from: retrieval, to: output, moves: the needle}
```
"""


def figured(root):
    """Return a small survey with every figure."""
    tree = small_survey(root)
    tree.head("previous-token", stage="in-context-identification", category="overall-structure", pattern=PATTERN)
    tree.write("docs/atlas.md", "# Atlas\n\n```{survey:atlas}\n```\n")
    tree.write("docs/timeline.md", "# Timeline\n\n```{survey:timeline}\n```\n")
    tree.write("docs/flow.md", f"# Flow\n\n{FLOW}")
    tree.write("docs/pattern.md", "# Pattern\n\n```{survey:pattern} previous-token\n```\n")
    tree.write("docs/brief.md", "# Brief\n\n```{survey:taxonomy}\n:brief:\n```\n")
    tree.replace("docs/index.md", "chronology\n", "chronology\natlas\ntimeline\nflow\npattern\nbrief\n")
    return tree


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return figured(tmp_path_factory.mktemp("figures")).build()


def drawings(page):
    return page.select("svg.survey-drawing")


PAGES = ("atlas", "timeline", "flow", "pattern", "brief", "taxonomy", "heads/retrieval", "models/llama-2-7b")


def test_it_builds_without_warnings(built):
    assert built.warnings == ""


@pytest.mark.parametrize("docname", PAGES)
def test_every_drawing_and_every_mark_has_a_name(built, docname):
    found = drawings(built.page(docname))
    assert found
    for drawing in found:
        assert drawing.find("title", recursive=False).get_text(strip=True)
        assert drawing.find("desc", recursive=False).get_text(strip=True)
        for mark in drawing.select("a"):
            assert mark.find("title").get_text(strip=True)


@pytest.mark.parametrize("docname", PAGES)
def test_every_link_of_a_figure_leads_somewhere(built, docname):
    page = built.page(docname)
    for mark in page.select("figure a, .survey-filter a"):
        address, anchor = urldefrag(mark["href"])
        if address.startswith("https:"):
            continue
        parts = [*docname.split("/")[:-1], *address.split("/")] if address else [*docname.split("/")]
        while ".." in parts:
            at = parts.index("..")
            del parts[at - 1 : at + 1]
        target = "/".join(parts).removesuffix(".html")
        assert f"{target}.html" in built.files
        assert not anchor or built.page(target).find(id=anchor)


@pytest.mark.parametrize("docname", PAGES)
def test_no_script_no_other_host_and_no_id_twice(built, docname):
    page = built.page(docname)
    for figure in page.select("figure, .survey-filter"):
        assert not figure.select("script, image, use, foreignObject")
        assert not any(name.startswith("on") for at in figure.find_all(True) for name in at.attrs)
    ids = [at["id"] for at in page.select("article [id], .body [id]")]
    assert len(ids) == len(set(ids))


def test_the_style_sheet_is_loaded_where_there_is_a_figure(built):
    assert "figures.css" in built.text("atlas.html")
    assert "figures.css" not in built.text("chronology.html")


def test_every_stage_has_a_colour_on_every_page_however_many_there_are(tmp_path):
    tree = figured(tmp_path)
    for at in range(3, 13):
        tree.stage(f"stage-{at}", categories=["some"], order=at)
        tree.head(f"kind-{at}", stage=f"stage-{at}", category="some")
    tree.paper("lu2025many", heads=[f"kind-{at}" for at in range(3, 13)])
    built = tree.build()
    assert built.warnings == ""
    used = {shade for name in built.files if name.endswith(".html") for shade in _SHADE.findall(built.text(name))}
    assert used == {str(shade) for shade in range(9)} == {*_SHADE.findall(built.text("_static/survey.css"))}


def test_a_head_s_page_draws_its_pattern_after_the_facts_and_its_papers_a_year_in_them(built):
    page = built.page("heads/previous-token")
    facts = page.find("aside")
    figure = facts.find_next_sibling()
    assert figure.name == "figure"
    assert figure.find("figcaption").get_text(strip=True) == "Red reads what followed red."
    assert [cell.get_text() for cell in figure.select("tbody td")] == ["red (2)", "blue (1)", "0.75"]
    assert facts.select_one("svg.survey-sparkline title").get_text() == "Papers per year: 1 in 2023"


def test_a_head_without_a_pattern_has_no_figure(built):
    assert not built.page("heads/memory").select("figure")


def test_the_atlas_has_a_grid_a_summary_a_filter_and_a_table(built):
    page = built.page("atlas")
    text = page.get_text(" ", strip=True)
    assert "2 heads are named in 1 model, in 1 role: 2 stated by a source, 0 only inferred from one." in text
    section = page.find(id="llama-2-7b")
    assert "survey-has-retrieval" in section["class"]
    labels = [mark.find("title").get_text() for mark in section.select("svg.survey-wide a")]
    assert labels == ["11.15: Retrieval Head (Wu and Wang 2024)", "16.19: Retrieval Head (Wu and Wang 2024)"]
    assert section.select("details table")
    assert page.find(id="only-retrieval") in section.find_previous_siblings("p")
    assert page.find(id="only-retrieval").get_text() == "Only Retrieval Head, 2 positions: show all head types"
    assert "#only-retrieval:target~.survey-atlas-model .survey-role-retrieval{opacity:1}" in built.text(
        "_static/survey-atlas.css"
    )


def test_the_page_about_a_model_s_heads_has_its_grid_and_the_family_leads_there(built):
    marks = built.page("models/llama-2-7b").select("svg.survey-wide a")
    assert [mark["href"] for mark in marks] == ["#11.15", "#16.19"]
    family = built.page("models/llama-2")
    assert not family.select("svg.survey-grid")
    assert family.find(id="llama-2-7b").select_one("a[href='llama-2-7b.html']").get_text() == "2 stated"


def test_the_timeline_counts_what_the_catalogue_has(built):
    page = built.page("timeline")
    assert len(page.select("svg.survey-papers-chart.survey-wide a")) == 4
    assert len(page.select("svg.survey-first.survey-wide a")) == 1
    assert [cell.get_text(" ") for cell in page.select("tbody tr")[-1].select("td")] == ["2025 Q1", "1", "1", "1", ""]


def test_the_taxonomy_draws_every_head_type_once_a_layout(built):
    for name in ("taxonomy", "brief"):
        heads = [mark for mark in built.page(name).select("svg.survey-wide a") if "heads/" in mark["href"]]
        assert len(heads) == 3
    assert built.page("brief").select("details .survey-entries-brief")


def test_a_flow_is_drawn_and_listed(built):
    page = built.page("flow")
    items = [" ".join(item.get_text().split()) for item in page.select("figure ol li")]
    assert items == [
        "Memory Head → Retrieval Head (16.19, 11.15): a cue",
        "Retrieval Head → Output: the needle",
    ]
    assert len(page.select("svg.survey-wide .survey-arrow")) == 2
    assert [mark.find("title").get_text() for mark in page.select("svg.survey-wide a")] == [
        "Memory Head at the subject",
        "Retrieval Head: 16.19, 11.15",
    ]


def test_other_builders_show_the_same_in_words(tmp_path):
    built = figured(tmp_path).build("text")
    assert built.warnings == ""
    assert "<svg" not in "".join(text.decode() for text in built.files.values())
    assert "red (2)" in built.text("heads/previous-token.txt")
    assert "16.19" in built.text("atlas.txt")
    assert "2024 Q2" in built.text("timeline.txt")
    assert "Retrieval Head → Output: the needle" in built.text("flow.txt")


@pytest.mark.parametrize("builder", ["latex", "epub", "man", "texinfo", "xml", "singlehtml", "dirhtml"])
def test_no_builder_fails(tmp_path, builder):
    built = figured(tmp_path).build(builder, confoverrides={"epub_show_urls": "no", "version": "1"})
    assert built.warnings == ""


def test_serial_and_parallel_builds_are_the_same(tmp_path):
    tree = figured(tmp_path)
    assert tree.build(fresh=True).files == tree.build(fresh=True, parallel=2).files


def test_an_edited_pattern_and_a_new_position_show_where_they_are_drawn(tmp_path):
    tree = figured(tmp_path)
    tree.build()
    tree.replace("docs/heads/previous-token.md", "weight: 0.75", "weight: 0.25")
    tree.replace("docs/papers/wu2024retrieval.md", "16.19", "16.20")
    built = tree.build()
    assert "0.25" in built.text("pattern.html")
    assert "16.20" in built.text("atlas.html")
    assert {"pattern", "atlas", "heads/previous-token", "flow", "models/llama-2-7b"} <= built.read
    assert "brief" not in built.read
    assert "docs/flow.md:8: bad-position: no source gives '16.19'" in built.warnings.replace(": WARNING", "")
