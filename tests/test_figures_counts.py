"""Figures of this survey: what is drawn is what the catalogue has, each thing once; and far larger ones."""

from __future__ import annotations

import re

import figures
import pytest
from figures import chips, marks, name_of, named, size
from trees import ROOT

from survey.catalogue import load
from survey.catalogue.views import Taxonomy
from survey.catalogue.views.atlas import Atlas, Cell
from survey.catalogue.views.chosen import Chosen
from survey.catalogue.views.declared_figures import PatternOf
from survey.catalogue.views.timeline import Dot, PapersByYear, Quarter, Timeline, TimelineData
from survey.figures import atlas, chosen, pattern, sparkline, taxonomy, timeline
from survey.figures.atlas_filter import filters
from survey.figures.standalone import picture


@pytest.fixture(scope="module")
def catalogue():
    return load(ROOT)


def _targets(drawing) -> list[str]:
    return sorted(mark.attrib["href"] for mark in marks(drawing))


def test_the_taxonomy_has_every_head_type_with_its_papers(catalogue):
    expected = {f"head/{key}#": len(catalogue.papers_of("head", key)) for key in catalogue.entries["head"]}
    for drawing in taxonomy.taxonomy(Taxonomy(None, brief=True).select(catalogue)):
        names = {mark.attrib["href"]: name_of(mark) for mark in marks(drawing)}
        counts = {at: int(re.search(r": (\d+) paper", name)[1]) for at, name in names.items() if at in expected}
        assert counts == expected
        assert len(marks(drawing)) == len(expected) + len(catalogue.entries["stage"])


def test_the_timeline_has_every_paper_and_every_first_description(catalogue):
    data = Timeline().select(catalogue)
    described = {key for key, head in catalogue.entries["head"].items() if head.fields.first_described_in}
    for drawing in timeline.papers(data):
        assert _targets(drawing) == sorted(f"paper/{key}#" for key in catalogue.papers)
    for drawing in timeline.heads(data):
        assert _targets(drawing) == sorted(f"head/{key}#" for key in described)


def test_the_atlas_has_every_position_once(catalogue):
    grids = Atlas().select(catalogue).grids
    drawn = [at for grid in grids for wide in atlas.grid(grid)[:1] for at in _targets(wide)]
    sized = {key for key, (_family, member) in catalogue.members.items() if member.layers and member.heads}
    named = [place for place in catalogue.places if not place.automatic and not place.kv]
    places = [place for place in named if place.model in sized]  # others have no grid, only a table
    assert sorted(drawn) == sorted({f"/#{place.model}-{place.layer}.{place.head}" for place in places})
    claims = {
        (grid.tag.id, cell.label, role.tag.name, claim.words, claim.url, claim.inferred)
        for grid in grids
        for cell in grid.cells
        for role in cell.roles
        for claim in role.claims
    }
    assert claims == {_claim(place, catalogue) for place in named}


def _claim(place, catalogue):
    words = catalogue.papers[place.paper].entry.short if place.paper else place.source
    role = catalogue.name("head", place.role) if place.role else place.called
    return place.model, place.label, role, words, place.url, place.inferred


def test_chosen_heads_are_all_drawn_apart_from_those_that_sources_name(catalogue):
    grids = Chosen().select(catalogue).grids
    places = [place for place in catalogue.places if place.automatic]
    for kv in (False, True):
        marked = {
            (grid.tag.id, at) for grid in grids for mark in (grid.kv_marks if kv else grid.marks) for at in mark.at
        }
        assert marked == {(place.model, (place.layer, place.head)) for place in places if place.kv == kv}
    listed = sum(len(row.labels) for grid in grids for row in grid.lists)
    assert listed == len(places)
    assert all(figures.parsed(drawing) is not None for grid in grids for drawing in chosen.grids(grid))


def test_a_sparkline_has_every_paper_of_its_head_type(catalogue):
    for key in catalogue.entries["head"]:
        drawing = sparkline.sparkline(PapersByYear(key).select(catalogue), 1)
        counts = (
            re.findall(r"(\d+) in \d{4}", figures.parsed(drawing).findtext(f"{figures.SVG}title")) if drawing else []
        )
        assert sum(map(int, counts)) == len(catalogue.papers_of("head", key))


def test_every_drawing_and_every_mark_of_the_survey_has_a_name(catalogue):
    stages, time = Taxonomy(None, brief=True).select(catalogue), Timeline().select(catalogue)
    everything = [*taxonomy.taxonomy(stages), *timeline.papers(time), *timeline.heads(time)]
    for grid in Atlas().select(catalogue).grids:
        everything += atlas.grid(grid)[:1]  # the list for narrow screens is no drawing
    patterns = [found for key in catalogue.entries["head"] if (found := PatternOf(key).select(catalogue))]
    assert len(patterns) >= 25
    for tag, declared in patterns:
        everything += pattern.pattern(declared, tag.name, tag.shade)
    assert named(everything)


# Larger than any survey


def test_the_largest_grid_with_every_head_named_is_drawn_in_both_layouts_and_as_a_picture():
    cells = [Cell(layer, head, (figures.role("induction", "a"),)) for layer in range(96) for head in range(128)]
    wide, narrow = atlas.grid(figures.grid(cells, 96, 128))
    assert len(marks(wide)) == len(chips(narrow)) == 96 * 128
    assert size(wide)[0] <= 680
    assert picture([wide, narrow]).width <= 700


def test_two_hundred_head_types_are_filtered_and_dated():
    tags = [figures.tag(f"head-{at}", at % 4 + 1) for at in range(200)]
    cells = [Cell(at // 16, at % 16, (figures.role(tag.id, "a", shade=tag.shade),)) for at, tag in enumerate(tags)]
    grid = figures.grid(cells, 16, 16)
    navigation, *states = filters(type("Data", (), {"grids": (grid,), "stages": ()})())
    assert navigation.name == "nav"
    assert len(states) == 200
    quarter = Quarter(2024, 1, (Dot("p", "P", "T", "2024", (1,)),), tuple((tag, "P 2024") for tag in tags))
    for drawing in timeline.heads(TimelineData((), (quarter,))):
        assert len(marks(drawing)) == 200
        assert size(drawing)[0] <= 690
