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
from survey.figures.looks import INKS, LOOKS, TINTS, look, shade_class
from survey.figures.standalone import picture
from survey.figures.svg import Target, drawing, element, link, rect, text

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


def _stage_colours(css: str) -> tuple[list[str], ...]:
    """Return the inks and the tints of stages in a part of the style sheet."""
    return tuple(re.findall(rf"--survey-{name}-\d+: (#\w+);", css) for name in ("ink", "tint"))


def test_lines_are_as_pale_and_stages_coloured_as_in_the_style_sheets():
    css = (STATIC / "figures.css").read_text("utf-8")
    assert "--survey-line-color: color-mix(in srgb, var(--survey-muted, #5a6570) 35%, transparent)" in css
    sheet = (STATIC / "survey.css").read_text("utf-8")
    light, _, rest = sheet.partition('html[data-theme="dark"]')
    assert _stage_colours(light) == ([*INKS], [*TINTS])
    assert [len(colours) for colours in _stage_colours(rest)] == [len(INKS)] * 2
    rules = re.findall(r"\.survey-shade-(\d+) \{ --survey-ink: (\S+); --survey-tint: (\S+); \}", sheet)
    assert rules == [(f"{at}", f"var(--survey-ink-{at})", f"var(--survey-tint-{at})") for at in range(len(INKS))]


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, relative luminance)."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return max(lights) / min(lights)


@pytest.mark.parametrize(("part", "page"), [(0, "#ffffff"), (1, "#121212")], ids=["light", "dark"])
def test_words_in_the_colours_of_every_stage_can_be_read_in_both_modes(part, page):
    inks, tints = _stage_colours((STATIC / "survey.css").read_text("utf-8").split('html[data-theme="dark"]')[part])
    assert len(set(inks)) == len(set(tints)) == len(inks)
    for ink, tint in zip(inks, tints, strict=True):
        assert min(_contrast(ink, tint), _contrast(ink, page)) >= 7


def test_stages_beyond_the_colours_have_them_again_and_what_has_no_stage_keeps_its_own():
    assert [shade_class(at) for at in (0, 1, 5, 8, 9, 17)] == [f"survey-shade-{at}" for at in (0, 1, 5, 8, 1, 1)]
    for shade in range(1, 40):
        written = picture([sparkline.sparkline([(2022, 1)], shade)]).svg
        assert f'fill="{INKS[(shade - 1) % 8 + 1]}"' in written
        assert f'fill="{INKS[0]}"' not in written


def test_a_later_class_wins_and_an_unknown_stage_has_no_colour_of_its_own():
    assert look("text", ["survey-faint", "survey-box-note"], 1)["fill"] == INKS[1]
    bar = element("g", rect(0, 0, 1, 1, "survey-full"), class_="survey-shade-99")
    marks = drawing(1, 1, "t", "d", bar, classes="")
    assert f'fill="{INKS[0]}"' in picture([marks]).svg
