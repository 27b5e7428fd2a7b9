"""Formulas as text and as MathML: what is taken, what is refused and why, and what is left of links and styles."""

from __future__ import annotations

import pytest

from survey.catalogue.texts import formulas

INLINE = '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><mrow>{}</mrow></math>'
X = "<mi>x</mi>"


@pytest.mark.parametrize(
    ("latex", "inside"),
    [
        ("x", X),
        ("  x ", X),
        (r"x \label{eq:a}", X),
        (r"x \tag*{A.1}", X),
        ("x^2", f"<msup>{X}<mn>2</mn></msup>"),
        (r"\frac{x}{2}", f"<mfrac><mrow>{X}</mrow><mrow><mn>2</mn></mrow></mfrac>"),
        ("x<2", f"{X}<mo>&lt;</mo><mn>2</mn>"),
        (r"x \& x", f"{X}<mtext>&amp;</mtext>{X}"),
        (r"\text{a b}", "<mtext>a\u00a0b</mtext>"),
    ],
)
def test_a_formula_is_mathml(latex: str, inside: str) -> None:
    assert formulas.mathml(latex, "inline") == INLINE.format(inside)
    assert formulas.mathml(latex, "block") == INLINE.format(inside).replace("inline", "block")
    assert formulas.fault(latex) is None


def test_aligned_lines_are_a_table_of_as_many_rows() -> None:
    found = formulas.mathml(r"\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}", "block")
    assert (found.count("<mtr>"), found.count("<mtd"), "aligned" in found) == (2, 4, False)


@pytest.mark.parametrize(
    ("latex", "why"),
    [
        ("x" * 5_001, "it has more than 5000 characters"),
        ("{" * 41 + "}" * 41, "its braces are nested more than 40 times"),
        ("{x", "its braces don't pair up"),
        ("x}", "its braces don't pair up"),
        ("}{", "its braces don't pair up"),
        ("x % y", "'%' is no mathematics"),
        ("x # y", "'#' is no mathematics"),
        (r"\\% y", r"'\\%' is no mathematics"),
        ("^^41", "'^^' is no mathematics"),
        (r"\unheardof x", r"'\unheardof' is not known"),
        (r"\newcommand{\x}{y}", r"'\newcommand' is not known"),
        (r"\def\x{y}", r"'\def' is not known"),
        (r"\href{https://example.org}{x}", r"'\href' is not known"),
        (r"\style{color:red}{x}", r"'\style' is not known"),
        (r"\class{a}{x}", r"'\class' is not known"),
        (r"\begin{document} x \end{document}", "the environment 'document' is not known"),
        (r"\begin {tikz} x \end{matrix}", "the environment 'tikz' is not known"),
        (r"\frac{x}", "an argument is missing"),
        (r"\color{javascript:x} y", "'mathcolor' cannot be 'javascript:x'"),
        (r"\color{" + "ab:" * 40 + "} y", f"'mathcolor' cannot be '{'ab:' * 20}'"),
        ("a^b^c", "DoubleSuperscriptsError"),
    ],
)
def test_what_is_no_formula_is_refused_with_the_reason(latex: str, why: str) -> None:
    assert formulas.fault(latex) == why
    with pytest.raises(ValueError) as refused:  # its words are compared
        formulas.mathml(latex, "inline")
    assert str(refused.value) == why


@pytest.mark.parametrize("latex", ["x" * 5_000, "{" * 40 + "x" + "}" * 40, r"\{ x", r"50\%", r"\#", r"\\ x"])
def test_what_is_just_within_the_bounds_is_taken(latex: str) -> None:
    assert formulas.fault(latex) is None


@pytest.mark.parametrize(
    ("latex", "left"),
    [
        (r" x \label{eq:a} ", "x"),
        (r"x \label{eq:a} + y \tag{A.1}", "x  + y"),
        (r"x \tag{\b}", r"x \tag{\b}"),
    ],
)
def test_as_text_it_has_no_labels(latex: str, left: str) -> None:
    assert formulas.text(latex) == left


@pytest.mark.parametrize(
    ("latex", "left"),
    [
        (r"\href{https://example.org}{x} + y", "{x} + y"),
        (r"\style {color:red}{x}", "{x}"),
        (r"a \class{b}{c}", "a {c}"),
        (r"\text{x}", r"\text{x}"),
    ],
)
def test_without_links_and_styles_what_they_are_put_on_stays(latex: str, left: str) -> None:
    assert formulas.without_looks(latex) == left
