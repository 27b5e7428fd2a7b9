"""The figures themselves, from records: what is drawn, named and linked, for small and for large input."""

from __future__ import annotations

import re
from dataclasses import replace

import figures
import pytest
from figures import SVG, chips, marks, name_of, named, parsed, size

from survey.catalogue.views import CategoryView, EntryCard
from survey.catalogue.views.atlas import Cell
from survey.catalogue.views.marks import Marks
from survey.catalogue.views.timeline import Dot, Quarter, TimelineData
from survey.figures import atlas, pattern, sparkline, taxonomy, timeline
from survey.figures.svg import render

SHARED = Cell(0, 1, (figures.role("induction", "a", "b"),))
SEVERAL = Cell(1, 2, (figures.role("induction", "a"), figures.role("mover", "b", shade=2)))
INFERRED = Cell(3, 3, (figures.role("mover", "a", shade=2, inferred=True),))


def _classes(element) -> list[str]:
    return [name for at in element.iter() for name in at.attrib.get("class", "").split()]


# Patterns


def test_a_pattern_has_an_arc_and_a_cell_for_each_arrow_in_both_layouts():
    drawings = pattern.pattern(figures.pattern(["a", "b", "c"], (2, 0, 0.5), (1, 1, 1.0)), "X Head", 3)
    assert len(drawings) == 2
    assert named(drawings)
    for drawing in drawings:
        classes = _classes(parsed(drawing))
        assert classes.count("survey-arc") == classes.count("survey-weight") == 2
        assert parsed(drawing).attrib["role"] == "img"
        assert "c (2) reads a (0) with weight 0.5 and b (1) reads b (1)" in parsed(drawing).findtext(f"{SVG}desc")


def test_tokens_that_read_the_same_one_alike_are_named_together():
    alike = figures.pattern(["a", "b", "c", "d"], (1, 0, 0.9), (2, 0, 0.9), (3, 0, 0.9), (3, 2, 0.1))
    words = pattern.sentence(alike)
    assert "b (1), c (2) and d (3) each read a (0) with weight 0.9" in words
    assert "d (3) reads c (2) with weight 0.1" in words


def _lines(drawing) -> list[str]:
    return [at.attrib["d"] for at in parsed(drawing).iter() if at.attrib.get("class") == "survey-arc"]


def test_the_lines_of_many_tokens_that_read_one_are_joined_and_the_others_stay_arcs():
    tokens = [*"abcdefg"]
    for drawing in pattern.pattern(figures.pattern(tokens, *((at, 0, 0.9) for at in range(1, 7)), (6, 3, 0.1)), "X", 1):
        *joined, arc = _lines(drawing)
        assert len(joined) == 6
        assert all("L" in line and "C" not in line for line in joined)
        assert "C" in arc
        corners = [re.findall(r"Q(\S+) (\S+)", line)[0] for line in joined]
        # all on one line, which is level where tokens stand in a row and upright where they stand in a column
        assert 1 in {len({corner[0] for corner in corners}), len({corner[1] for corner in corners})}


def test_lines_are_joined_on_both_sides_of_a_token_and_not_where_all_tokens_are_read_by_many():
    stripe = figures.pattern([*"abcdef"], *((at, 3, 0.9) for at in range(6) if at != 3), bidirectional=True)
    assert all("C" not in line for drawing in pattern.pattern(stripe, "X", 1) for line in _lines(drawing))
    pairs = ((origin, to, 0.1) for origin in range(6) for to in range(6) if origin != to)
    even = figures.pattern([*"abcdef"], *pairs, bidirectional=True)
    assert all("C" in line for drawing in pattern.pattern(even, "X", 1) for line in _lines(drawing))


def test_short_names_of_columns_stand_upright_and_long_ones_are_turned():
    drawing, _ = pattern.pattern(figures.pattern(["1", "plus", ","], (2, 0, 0.9)), "X", 1)
    labels = [at for at in parsed(drawing).iter(f"{SVG}text") if at.attrib["class"] == "survey-label"]
    turned = {at.text for at in labels if "rotate" in at.attrib.get("transform", "")}
    assert turned == {"plus"}
    assert [at.text for at in labels].count("1") == [at.text for at in labels].count(",") == 2


def test_a_heavier_weight_is_darker():
    drawing, _ = pattern.pattern(figures.pattern(["a", "b", "c"], (2, 0, 0.9), (2, 1, 0.1)), "X", 1)
    weights = [float(at.attrib["fill-opacity"]) for at in parsed(drawing).iter() if "fill-opacity" in at.attrib]
    assert len(weights) == 2
    assert weights[0] > weights[1]


@pytest.mark.parametrize("count", [1, 8, 60])
def test_a_pattern_fits_its_page_whatever_the_number_of_tokens(count):
    tokens = [f"a-rather-long-token-{at}" for at in range(count)]
    wide, narrow = pattern.pattern(figures.pattern(tokens, (count - 1, 0, 1.0)), "X", 1)
    assert size(wide)[0] <= 720
    assert size(narrow)[0] <= 340 or count > 30
    assert parsed(wide).attrib["viewBox"].startswith("0 0 ")


def test_arcs_that_run_ahead_lie_inside_the_picture_too():
    both = figures.pattern(["a", "b", "c"], (0, 2, 1.0), (2, 0, 1.0), bidirectional=True)
    for drawing in pattern.pattern(both, "X", 1):
        arcs = [at.attrib["d"] for at in parsed(drawing).iter() if at.attrib.get("class") == "survey-arc"]
        assert len(arcs) == 2
        for arc in arcs:
            x1, y1, x2, y2, x3, y3, x4, y4 = (float(number) for number in re.findall(r"-?[\d.]+", arc))
            assert 0 < (x1 + 3 * x2 + 3 * x3 + x4) / 8 < size(drawing)[0]  # the middle of the curve
            assert 0 < (y1 + 3 * y2 + 3 * y3 + y4) / 8 < size(drawing)[1]


# The atlas


def test_each_named_head_is_a_mark_that_says_roles_and_papers():
    drawing, *_ = atlas.grid(figures.grid([SHARED, SEVERAL, INFERRED]))
    found = {mark.attrib["href"]: name_of(mark) for mark in marks(drawing)}
    assert found == {
        "/#m-0.1": "0.1: Induction Head (a; b)",
        "/#m-1.2": "1.2: Induction Head (a); Mover Head (b)",
        "/#m-3.3": "3.3: Mover Head (a, inferred)",
    }


def test_stated_and_inferred_agreed_and_several_look_different():
    drawing, *_ = atlas.grid(figures.grid([SHARED, SEVERAL, INFERRED]))
    looks = [tuple(_classes(mark)[2 + len(mark.attrib["class"].split()) - 2 :]) for mark in marks(drawing)]
    assert looks == [
        ("survey-full", "survey-shade-1", "survey-mark"),
        ("survey-full", "survey-shade-1", "survey-full", "survey-shade-2", "survey-mark"),
        ("survey-hollow", "survey-shade-2"),
    ]


def test_the_cards_hold_what_the_marks_lead_to():
    data = figures.grid([SHARED, SEVERAL, INFERRED])
    written = render(atlas.cards(data), figures.address)
    for mark in marks(atlas.grid(data)[0]):
        assert f'<li id="{mark.attrib["href"].partition("#")[2]}">' in written
    assert written.count('href="paper/') == 5
    assert written.count("(inferred)") == 1


@pytest.mark.parametrize(("layers", "heads"), [(12, 12), (32, 32), (96, 128), (1, 1)])
def test_grids_of_any_size_fit_both_layouts(layers, heads):
    drawings = atlas.grid(figures.grid([Cell(layers - 1, heads - 1, SHARED.roles)], layers, heads))
    assert len(drawings) == (1 if heads <= 12 else 2)
    assert size(drawings[0])[0] <= 680
    assert len(marks(drawings[0])) == 1
    if len(drawings) == 1:  # on a narrow screen as it is, with cells for a finger
        assert size(drawings[0])[0] <= 335
    else:  # there as a list, with the same marks
        assert [name_of(mark) for mark in chips(drawings[1])] == [name_of(marks(drawings[0])[0])]


def test_a_model_of_unknown_size_has_no_grid():
    assert atlas.grid(figures.grid([SHARED], None, 12)) == ()


def test_a_position_outside_the_model_is_not_drawn():
    assert not marks(atlas.grid(figures.grid([Cell(9, 9, SHARED.roles)]))[0])


# The taxonomy


def test_every_stage_and_head_type_is_a_mark_and_discs_grow_with_papers():
    wide, narrow = taxonomy.taxonomy([figures.stage("one", 1, [1, 4]), figures.stage("two", 2, [9])])
    for drawing in (wide, narrow):
        names = [name_of(mark) for mark in marks(drawing)]
        assert names == [
            "One Head: stage with 2 head types",
            "One-1 Head: 4 papers",
            "One-0 Head: 1 paper",
            "Two Head: stage with 1 head types",
            "Two-0 Head: 9 papers",
        ]
        radii = [float(at.attrib["r"]) for at in parsed(drawing).iter(f"{SVG}circle")]
        assert radii[2] > radii[0] > radii[1]


def test_what_is_not_established_looks_so_and_is_said():
    located = Marks(named=True, observed=True, intervened=False, second_group=True, located=True)
    alone = replace(located, second_group=False, located=False)
    cards = [
        EntryCard(figures.tag(key, 1), count, None, marks=marks)
        for key, count, marks in [
            ("known", 4, located),
            ("found", 1, located),
            ("many", 3, replace(located, located=False)),
            ("alone", 1, alone),
        ]
    ]
    stage = (figures.tag("one", 1, "stage"), (CategoryView("c", "Category", "What it is.", tuple(cards)),))
    looks = {}
    for mark in marks(taxonomy.taxonomy([stage])[0])[1:]:
        (disc,), (*_, name) = mark.iter(f"{SVG}circle"), mark.iter(f"{SVG}text")
        looks[name.text] = (disc.attrib["class"], name.attrib["class"])
        assert "; named, observed" in "".join(mark.itertext())
    assert looks == {
        "Known": ("survey-full", "survey-name"),
        "Many": ("survey-hollow", "survey-name"),
        "Found": ("survey-full", "survey-tentative"),
        "Alone": ("survey-hollow", "survey-tentative"),
    }
    assert "rests on one paper" in "".join(parsed(taxonomy.key()).itertext())


def test_two_hundred_head_types_stay_inside_the_figure():
    stages = [figures.stage(f"stage{at}", at, [count % 7 for count in range(50)]) for at in range(1, 5)]
    for drawing in taxonomy.taxonomy(stages):
        width, height = size(drawing)
        assert len(marks(drawing)) == 204
        assert width <= 690
        assert height > 100
    assert taxonomy.taxonomy([]) == ()


# Time


def _quarters(count: int, papers: int) -> TimelineData:
    dots = tuple(Dot(f"p{at}", f"P {at}", "Title", "2024", (1, 2)[: at % 3]) for at in range(papers))
    heads = ((figures.tag("induction"), "a"),)
    quarters = tuple(Quarter(2000 + at // 4, at % 4 + 1, dots, heads) for at in range(count))
    return TimelineData((figures.tag("one", 1, "stage"),), quarters)


def test_every_paper_is_a_square_with_the_colours_of_its_stages():
    data = _quarters(2, 3)
    for drawing in timeline.papers(data):
        found = marks(drawing)
        assert [mark.attrib["href"] for mark in found] == ["paper/p0#", "paper/p1#", "paper/p2#"] * 2
        assert [len(list(mark.iter(f"{SVG}rect"))) for mark in found] == [1, 1, 2] * 2
        assert _classes(found[0])[-2:] == ["survey-hollow", "survey-shade-0"]


@pytest.mark.parametrize(("count", "papers"), [(1, 1), (43, 26), (100, 200)])
def test_the_timeline_fits_however_much_there_is(count, papers):
    wide, narrow = timeline.papers(_quarters(count, papers))
    assert size(wide)[0] <= 690
    assert size(wide)[1] <= 340
    assert size(narrow)[0] <= 340


@pytest.mark.parametrize(("first", "years"), [(4, ["2000", "2001"]), (2, ["2000", "2001"]), (1, ["2001"])])
def test_the_numbers_of_years_do_not_run_into_each_other(first, years):
    quarters = tuple(Quarter(2000 + at // 4, at % 4 + 1, (), ()) for at in range(4 - first, 36))
    data = TimelineData((figures.tag("one", 1, "stage"),), quarters)
    wide = parsed(timeline.papers(data)[0])
    shown = [text for text in wide.itertext() if text in {"2000", "2001"}]
    assert shown == years


def test_head_types_stand_at_their_quarter_with_who_described_them():
    data = _quarters(1, 0)
    for drawing in timeline.heads(data):
        assert [name_of(mark) for mark in marks(drawing)] == ["Induction Head, first described in a"]
        assert "2000 Q1" in "".join(parsed(drawing).itertext())


def test_a_sparkline_says_its_numbers_and_skips_empty_years():
    drawing = sparkline.sparkline([(2022, 1), (2023, 0), (2024, 5)], 2)
    assert drawing is not None
    assert parsed(drawing).findtext(f"{SVG}title") == "Papers per year: 1 in 2022, 5 in 2024"
    assert _classes(parsed(drawing)).count("survey-full") == 2
    assert sparkline.sparkline([(2022, 0)], 2) is None
    assert sparkline.sparkline([], 2) is None
