"""Each kind of figure for a small input, as files to read and to look at in a difference.

They are what pages show before a style sheet colours it; ``--snapshot-update`` writes them anew.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

import figures
import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from survey.catalogue.schema.flows import Flow
from survey.catalogue.views.atlas import Cell
from survey.catalogue.views.declared_figures import FlowData
from survey.catalogue.views.timeline import Dot, Quarter, TimelineData
from survey.figures import atlas, flow, pattern, sparkline, taxonomy, timeline
from survey.figures.standalone import picture
from survey.figures.svg import NAMESPACE, render

ONE, TWO = figures.tag("one", 1, "stage"), figures.tag("two", 2, "stage")
CELLS = [
    Cell(0, 1, (figures.role("induction", "a", "b"),)),
    Cell(1, 2, (figures.role("induction", "a"), figures.role("mover", "b", shade=2))),
    Cell(2, 0, (figures.role("mover", "a", shade=2, inferred=True),)),
]
TIME = TimelineData(
    (ONE, TWO),
    (
        Quarter(2023, 4, (Dot("p1", "P 2023", "First", "2023-11", (1, 2)),), ((figures.tag("induction"), "P 2023"),)),
        Quarter(2024, 1, (Dot("p2", "P 2024", "Second", "2024-01", ()),), ()),
    ),
)
FLOW = Flow.model_validate(
    {
        "title": "Finding the needle",
        "nodes": [{"id": "a", "head": "memory"}, {"id": "b", "text": "Output", "token": "the end"}],
        "edges": [{"from": "a", "to": "b", "moves": "the needle"}],
    }
)
NAMES = FlowData(None, (figures.tag("memory", 1),), (ONE, TWO), (), ())

DRAWINGS = {
    "atlas": atlas.grid(figures.grid(CELLS, 3, 3)),
    "flow": flow.flow(FLOW, NAMES),
    "pattern": pattern.pattern(figures.pattern(["red", "blue", "red"], (2, 1, 0.75)), "Induction Head", 1),
    "sparkline": [sparkline.sparkline([(2022, 1), (2023, 0), (2024, 5)], 2)],
    "taxonomy": taxonomy.taxonomy([figures.stage("one", 1, [1, 16]), figures.stage("two", 2, [0])]),
    "time-of-heads": timeline.heads(TIME),
    "time-of-papers": timeline.papers(TIME),
}
EACH = [(kind, layout) for kind, found in DRAWINGS.items() for layout in range(len(found))]


class SvgFile(SingleFileSnapshotExtension):
    """A file of SVG for each figure."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"


@pytest.fixture
def golden(snapshot):
    return snapshot.use_extension(SvgFile)


def _readable(written: str) -> str:
    ET.register_namespace("", NAMESPACE)
    root = ET.fromstring(written)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


@pytest.mark.parametrize(
    ("kind", "layout"), EACH, ids=[f"{kind}-{('wide', 'narrow')[layout]}" for kind, layout in EACH]
)
def test_a_small_figure_is_drawn_as_before(kind, layout, golden):
    assert _readable(render(DRAWINGS[kind][layout], figures.address)) == golden


def test_a_small_picture_for_books_is_drawn_as_before(golden):
    found = picture([atlas.explanation((ONE, TWO)), *DRAWINGS["atlas"]])
    assert _readable(found.svg.partition("\n")[2]) == golden
