"""Figures as files of their own: complete without a style sheet, in the colours that the style sheets give."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import figures
import pytest
from figures import SVG
from trees import EXTENSIONS

from survey.catalogue.views.atlas import Cell
from survey.figures import atlas, legends, pattern, sparkline, taxonomy
from survey.figures.looks import INKS, LOOKS, TINTS, look
from survey.figures.standalone import picture
from survey.figures.svg import Target, drawing, link, text

STATIC = EXTENSIONS / "survey" / "pages" / "static"
HOSTILE = "<script>alert('&\"')</script>\x00\ud800"


def _grid():
    cells = [Cell(1, 2, (figures.role("induction", "a", "b"),)), Cell(3, 3, (figures.role("mover", "a", shade=2),))]
    data = figures.grid(cells)
    tags = (figures.tag("one", 1, "stage"), figures.tag("two", 2, "stage"))
    return [atlas.explanation(tags), *atlas.grid(data), atlas.cards(data)]


EACH = {
    "pattern": pattern.pattern(figures.pattern(["注意", "β", "c"], (2, 0, 0.5)), "X Head", 3),
    "grid": _grid(),
    "taxonomy": taxonomy.taxonomy([figures.stage("one", 1, [1, 40])]),
    "sparkline": [sparkline.sparkline([(2022, 1), (2023, 2)], 2)],
}


@pytest.mark.parametrize("kind", EACH)
def test_a_picture_is_complete_in_itself(kind):
    found = picture(EACH[kind])
    root = ET.fromstring(found.svg.encode())
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title").strip()
    assert {at.tag.removeprefix(SVG) for at in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "g",
        "path",
        "rect",
        "circle",
        "text",
    }
    names = {name for at in root.iter() for name in at.attrib}
    assert names.isdisjoint({"class", "href", "style", "aria-label", "id"})
    assert "var(" not in found.svg
    assert all(at.attrib["fill"].startswith("#") for at in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("kind", EACH)
def test_nothing_of_a_picture_is_black_by_oversight(kind):
    shapes = {f"{SVG}rect", f"{SVG}circle", f"{SVG}path"}
    drawn = [at for at in ET.fromstring(picture(EACH[kind]).svg.encode()).iter() if at.tag in shapes]
    assert drawn
    assert [at.attrib for at in drawn if not {"fill", "stroke"} & at.attrib.keys()] == []


def test_a_picture_has_the_wide_layout_its_legend_and_its_words():
    found = picture(_grid())
    texts = "".join(ET.fromstring(found.svg.encode()).itertext())
    assert "Two Head" in texts
    assert "Choose a mark" not in texts
    assert found.words.startswith("Known heads of M. 4 layers from top to bottom")
    wide, narrow = EACH["taxonomy"]
    assert picture([wide, narrow]) == picture([wide])


def test_a_legend_alone_is_a_picture_and_nothing_is_none():
    explanation = legends.legend(*legends.stages([figures.tag("one", 1, "stage")]))
    assert picture([explanation]).words == "One Head"
    assert picture([]) is None


def test_hostile_text_stays_text_in_a_picture():
    mark = link(Target("head", HOSTILE), HOSTILE, text(0, 0, HOSTILE, HOSTILE))
    found = picture([drawing(1, 1, HOSTILE, HOSTILE, mark, classes=HOSTILE)])
    assert "<script" not in found.svg
    assert ET.fromstring(found.svg.encode()).findtext(f"{SVG}title").startswith("<script>alert")


def _rules(css: str):
    """Yield the classes of a style sheet's simple rules with what they set; variables by their fallbacks."""
    sheet = re.sub(r"/\*.*?\*/|@media print.*", "", css, flags=re.DOTALL)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        given = dict(
            re.findall(r"(fill|stroke|stroke-width|stroke-dasharray|font-weight|font-style):\s*([^;]+);", body)
        )
        for selector in selectors.split(","):
            match = re.fullmatch(r"(?:\.survey-drawing )?\.?(text|survey-[\w-]+)", selector.strip())
            if match and given:
                yield (
                    match[1],
                    {name: re.sub(r"var\(--[\w-]+, (#\w+)\)", r"\1", value) for name, value in given.items()},
                )


def test_the_looks_are_those_of_the_style_sheet():
    written = {
        "var(--survey-ink)": "ink",
        "var(--survey-tint)": "tint",
        "var(--survey-ink-0)": INKS[0],
        "var(--survey-line-color)": LOOKS["survey-faint"]["fill"],  # paler: see the next test
    }
    found: dict[str, dict[str, str]] = {}
    for name, given in _rules((STATIC / "figures.css").read_text("utf-8")):
        found.setdefault(name, {}).update({key: written.get(value, value) for key, value in given.items()})
    ours = {name: dict(given) for name, given in LOOKS.items()}
    assert ours["survey-grid-lines"].pop("stroke-opacity") == "0.35"
    assert {name: given for name, given in found.items() if name in ours or name != "survey-swatch"} == ours


def test_lines_are_as_pale_and_stages_coloured_as_in_the_style_sheets():
    css = (STATIC / "figures.css").read_text("utf-8")
    assert "--survey-line-color: color-mix(in srgb, var(--survey-muted, #5a6570) 35%, transparent)" in css
    light = (STATIC / "survey.css").read_text("utf-8").partition('html[data-theme="dark"]')[0]
    for name, colours in (("ink", INKS), ("tint", TINTS)):
        assert tuple(re.findall(rf"--survey-{name}-\d: (#\w+);", light)) == colours


def test_a_later_class_wins_and_an_unknown_stage_has_no_colour_of_its_own():
    assert look("text", ["survey-faint", "survey-box-note"], 1)["fill"] == INKS[1]
    marks = sparkline.sparkline([(2022, 1)], 9)
    assert f'fill="{INKS[0]}"' in picture([marks]).svg
