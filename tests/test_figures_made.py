"""The figures themselves, from records: what is drawn, named and linked, for small and for large input."""

from __future__ import annotations

import re
from dataclasses import replace

import figures
import pytest
from figures import SVG, chips, marks, misdrawn, name_of, named, parsed, size

from survey.catalogue.schema.flows import Flow, faults
from survey.catalogue.views import CategoryView, EntryCard
from survey.catalogue.views.atlas import Cell
from survey.catalogue.views.declared_figures import FlowData
from survey.catalogue.views.marks import Marks
from survey.catalogue.views.timeline import Dot, Quarter, TimelineData
from survey.figures import atlas, flow, pattern, sparkline, taxonomy, timeline
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


def _crowded(categories: int, papers: int) -> tuple:
    """Return a stage of many categories, one with far more head types than the others and with the most papers."""
    views = tuple(
        CategoryView(
            f"c{at}",
            f"Category {at} of rather many things",
            "",
            tuple(EntryCard(figures.tag(f"head-{at}-{n}"), papers // (n + 1), None) for n in range(1 if at else 40)),
        )
        for at in range(categories)
    )
    return figures.tag("one", 1, "stage"), views


@pytest.mark.parametrize("categories", [1, 7, 8, 11, 60])
def test_a_stage_of_any_number_of_categories_is_drawn_in_rows(categories):
    for drawing in taxonomy.taxonomy([_crowded(categories, 9), figures.stage("two", 2, [4])], broad=True):
        assert len(marks(drawing)) == 40 + categories - 1 + 1 + 2
        assert not misdrawn(drawing)
        panels = [at for at in parsed(drawing).iter(f"{SVG}rect") if at.attrib["class"] == "survey-panel"]
        assert float(panels[0].attrib["height"]) + float(panels[1].attrib["height"]) < size(drawing)[1] or (
            size(drawing)[0] == 680  # side by side
        )


def test_categories_go_on_in_a_row_below_once_they_would_be_too_narrow():
    def tops(categories: int) -> list[float]:
        broad = parsed(taxonomy.taxonomy([_crowded(categories, 9)], broad=True)[0])
        names = [at for at in broad.iter(f"{SVG}text") if "Category" in at.text]
        return sorted({float(at.attrib["y"]) for at in names})

    assert tops(7) == [52]
    assert len(tops(8)) == 2
    assert len(tops(22)) == 4


@pytest.mark.parametrize("papers", [80, 10_000])
def test_discs_of_very_many_papers_fit_their_column_and_keep_their_order(papers):
    for drawing in taxonomy.taxonomy([_crowded(9, papers)], broad=True):
        assert not misdrawn(drawing)
        radii = [float(at.attrib["r"]) for at in parsed(drawing).iter(f"{SVG}circle")][:40]
        assert radii[0] <= 30
        assert radii == sorted(radii, reverse=True)


# Flows


def _flow(count: int, arrows: list[tuple[int, int]]) -> Flow:
    """Return a flow of steps with arrows between them."""
    return Flow.model_validate(
        {
            "title": "What is handed on",
            "nodes": [{"id": f"n{at}", "text": f"Step number {at}"} for at in range(count)],
            "edges": [{"from": f"n{start}", "to": f"n{end}", "moves": "x"} for start, end in arrows],
        }
    )


CROWDED = {
    "two steps": (2, [(0, 1)]),
    "many in a layer": (35, [(0, at) for at in range(1, 35)]),
    "many arrows past a layer": (13, [(0, 1), *((start, at) for start in (0, 1) for at in range(2, 13))]),
    "all that may be": (60, [(at, at + far) for far in (1, 2, 3, 7) for at in range(60 - far)][:200]),
    "a long line": (60, [(at, at + 1) for at in range(59)]),
}


@pytest.mark.parametrize(("count", "arrows"), CROWDED.values(), ids=CROWDED)
def test_a_flow_of_any_size_has_boxes_for_its_words_and_every_arrow(count, arrows):
    declared = _flow(count, arrows)
    assert not list(faults(declared))
    for drawing, most in zip(flow.flow(declared, FlowData(None, (), (), (), ())), (680, 340), strict=True):
        assert not misdrawn(drawing)
        assert size(drawing)[0] <= most
        boxes = [float(at.attrib["width"]) for at in parsed(drawing).iter(f"{SVG}rect")]
        assert len(boxes) == count
        assert min(boxes) >= 100
        assert _classes(parsed(drawing)).count("survey-arrow") == len(arrows)
        assert not re.search(r"\b(nan|inf)\b", render(drawing, figures.address))


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


def _dated(*papers: tuple[int, int]) -> TimelineData:
    """Return the time from the first to the last of papers that are given by year and quarter."""
    (first, start), (last, end) = min(papers), max(papers)
    every = [(year, at) for year in range(first, last + 1) for at in range(1, 5)]
    quarters = [
        Quarter(*at, tuple(Dot(f"p{n}", f"P {n}", "T", "x", (1, 2)) for n, when in enumerate(papers) if when == at), ())
        for at in every
        if (first, start) <= at <= (last, end)
    ]
    return TimelineData((figures.tag("one", 1, "stage"),), tuple(quarters))


RECENT = [(year, quarter) for year in range(2017, 2027) for quarter in range(1, 5)]
LONG_AGO = {
    "one old paper": [(1943, 4), *RECENT],
    "two": [(1637, 1), (1943, 4), *RECENT],
    "a century of quarters": [(year, quarter) for year in range(1927, 2027) for quarter in range(1, 5)],
    "a paper every third year": [(year, 2) for year in range(1000, 2026, 3)],
    "all years": [(year, 1) for year in range(1, 2027)],
}


@pytest.mark.parametrize("papers", LONG_AGO.values(), ids=LONG_AGO)
def test_papers_of_long_ago_are_squares_that_can_be_seen(papers):
    for drawing in timeline.papers(_dated(*papers)):
        assert len(marks(drawing)) == len(papers)
        assert not misdrawn(drawing)
        assert size(drawing)[0] <= 690
        assert size(drawing)[1] <= 1800
        squares = [mark.find(f"{SVG}rect") for mark in marks(drawing)]
        assert min(2 * float(square.attrib["width"]) for square in squares) > 3


def test_long_times_without_papers_are_left_out_and_quarters_stay():
    wide, narrow = timeline.papers(_dated((1943, 4), *RECENT))
    assert timeline.by_quarter(_dated((1943, 4), *RECENT))
    for drawing in (wide, narrow):
        texts = [at.text for at in parsed(drawing).iter(f"{SVG}text")]
        assert texts.count("⋯") == 1
        assert "Long times without papers are left out." in parsed(drawing).findtext(f"{SVG}desc")
    assert {"1943", "2017", "2026"} <= {at.text for at in parsed(wide).iter(f"{SVG}text")}
    assert "2017 Q1" in {at.text for at in parsed(narrow).iter(f"{SVG}text")}


def test_a_time_of_too_many_quarters_has_columns_of_years():
    data = _dated(*LONG_AGO["a century of quarters"])
    drawing = timeline.papers(data)[1]
    assert not timeline.by_quarter(data)
    assert parsed(drawing).findtext(f"{SVG}title") == "Papers by year and stage"
    assert [at.text for at in parsed(drawing).iter(f"{SVG}text")] == [str(year) for year in range(1927, 2027)]
    drawing = timeline.papers(_dated(*LONG_AGO["all years"]))[1]
    assert parsed(drawing).findtext(f"{SVG}title") == "Papers by 20 years and stage"
    assert {"0–19", "1980–99", "2020–39"} <= {at.text for at in parsed(drawing).iter(f"{SVG}text")}


def test_the_number_of_a_year_lies_inside_the_picture():
    wide = timeline.papers(_dated(*RECENT, (2027, 1)))[0]
    (last,) = (at for at in parsed(wide).iter(f"{SVG}text") if at.text == "2027")
    assert float(last.attrib["x"]) + 25 <= 680


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


@pytest.mark.parametrize(
    ("since", "bars", "words"),
    [
        (2003, 24, "One bar a year from 2003 to 2026."),
        (1943, 84, "One bar a year from 1943 to 2026."),
        (1637, 79, "One bar for 5 years, from 1637 to 2026."),
        (1, 102, "One bar for 20 years, from 1 to 2026."),
    ],
)
def test_a_sparkline_stays_within_a_line_however_long_the_time(since, bars, words):
    drawing = sparkline.sparkline([(year, 2) for year in range(since, 2027)], 1)
    assert size(drawing)[0] <= 272
    assert not misdrawn(drawing)
    assert len(list(parsed(drawing).iter(f"{SVG}rect"))) == bars
    assert parsed(drawing).findtext(f"{SVG}desc") == words


# Other scripts


CHINESE = "这是一个非常长的类别名称用于测试换行是否正常工作以及其他各种各样的事情"


def test_names_in_chinese_are_wrapped_where_there_is_room_for_lines():
    stage = (figures.tag("one", 1, "stage"), (CategoryView("c", CHINESE, "", _crowded(1, 2)[1][0].heads),))
    for drawing in taxonomy.taxonomy([stage], broad=True)[1:]:
        names = [at.text for at in parsed(drawing).iter(f"{SVG}text") if at.attrib["class"] == "survey-subheading"]
        assert len(names) > 1
        assert "".join(names) == CHINESE
    declared = Flow.model_validate(
        {
            "title": "x",
            "nodes": [{"id": "a", "text": CHINESE}, {"id": "b", "text": "b"}],
            "edges": [{"from": "a", "to": "b", "moves": "x"}],
        }
    )
    for drawing in flow.flow(declared, FlowData(None, (), (), (), ())):
        names = [at.text for at in parsed(drawing).iter(f"{SVG}text") if at.attrib["class"] == "survey-box-name"]
        assert len(names) > 2
        assert "".join(names) == f"{CHINESE}b"
