"""Drawings as trees: what is written is well-formed, escaped, and the same each time."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from survey.figures import svg
from survey.figures.svg import Target, drawing, element, link, render

HOSTILE = "<script>alert('&\"')</script>\x00\x1f\ud800"


def somewhere(target: Target) -> str | None:
    return f"../{target.kind}/{target.key}.html"


def nowhere(target: Target) -> str | None:
    return None


def test_hostile_text_stays_text_everywhere():
    tree = drawing(
        1,
        1,
        HOSTILE,
        HOSTILE,
        link(Target("head", HOSTILE), HOSTILE, svg.text(0, 0, HOSTILE, HOSTILE)),
        classes=HOSTILE,
    )
    written = render(tree, somewhere)
    assert "<script" not in written
    root = ET.fromstring(written)
    name = root.find("{*}title")
    assert name is not None
    assert name.text == "<script>alert('&\"')</script>\ufffd\ufffd\ufffd"
    assert root.attrib["class"].endswith(name.text)


def test_a_mark_has_a_name_and_an_address():
    root = ET.fromstring(render(drawing(1, 1, "t", "d", link(Target("head", "x"), "X Head"), classes=""), somewhere))
    mark = root.find("{*}a")
    assert mark is not None
    assert mark.attrib == {"href": "../head/x.html"}
    assert mark.findtext("{*}title") == "X Head"


def test_a_mark_without_a_page_is_no_link_and_keeps_its_tooltip():
    written = render(drawing(1, 1, "t", "d", link(Target("head", "x"), "X Head"), classes=""), nowhere)
    assert "<g><title>X Head</title></g>" in written
    assert "aria-label" not in written


def test_text_without_a_page_is_a_span_in_html():
    assert render(element("p", element("a", "x", href=Target("head", "x"))), nowhere) == "<p><span>x</span></p>"


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.001, "0"), (1.5, "1.5"), (10, "10"), (100.0, "100"), (1 / 3, "0.33"), (-2.25, "-2.25")],
)
def test_numbers_are_short(value, written):
    assert svg.number(value) == written


@pytest.mark.parametrize("words", ["Induction Head", "WWWWWWWWWWWWWWWWWW", "注意力头注意力头注意力头", "iiii", ""])
def test_a_clipped_text_fits(words):
    assert svg.text_width(svg.clipped(words, 12, 60), 12) <= 60


def test_wrapped_text_keeps_every_word_in_order():
    lines = svg.wrapped("Negative Name Mover Head", 13, 90)
    assert len(lines) > 1
    assert " ".join(lines) == "Negative Name Mover Head"


LONG = {
    "Chinese": "这是一个非常长的类别名称用于测试换行是否正常工作",
    "Japanese": "インダクションヘッドの形成に関する分類のためのカテゴリー名",
    "Chinese and English": "用于GPT-2模型的previous-token注意力头与归纳头",
    "spaces too": "注意力头 与 归纳头 在大语言模型之中的形成过程",
    "a long word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "parts": "self-suppression/anti-induction/copy-suppression_heads",
    "accents": "e\u0301" * 40,
    "wide letters": "W" * 60,
}


@pytest.mark.parametrize("words", LONG.values(), ids=LONG)
@pytest.mark.parametrize("most", [60, 100, 200])
def test_long_words_and_texts_without_spaces_are_wrapped_and_lose_nothing(words, most):
    lines = svg.wrapped(words, 12, most)
    assert len(lines) > 1
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(svg.text_width(line, 12) <= most for line in lines)
    assert not any(line.startswith("\u0301") for line in lines)


@pytest.mark.parametrize(
    ("words", "most", "lines"),
    [
        ("归纳头和复制头", 50, ["归纳头", "和复制", "头"]),
        ("归纳头（复制）", 51, ["归纳头", "（复制）"]),  # no bracket alone at the end or start of a line
        ("归纳头，复制", 39, ["归纳", "头，复", "制"]),
        ("ヘッダー", 39, ["ヘッ", "ダー"]),
        ("GPT模型", 36, ["GPT", "模型"]),
        ("the 归纳头", 60, ["the 归纳", "头"]),
        ("copy-suppression", 60, ["copy-", "suppress", "ion"]),
        ("注", 5, ["注"]),
        ("", 60, []),
    ],
)
def test_lines_end_where_readers_expect_it(words, most, lines):
    assert svg.wrapped(words, 12, most) == lines
