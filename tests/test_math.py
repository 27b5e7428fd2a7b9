"""Formulas: MathML in the page, written while building; what cannot be converted is said, and shown as its source."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from bs4 import Tag
from trees import Built, Tree, small_survey

from survey.catalogue.texts.formulas import mathml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = r"""---
orphan: true
---

# Formulas

Inline $a_i < b$ and {math}`x^2`.

$$
E = mc^2
$$ (energy)

```{math}
:label: order
n \log n
```

$$
\begin{aligned} a &= b \\ c &= d \end{aligned}
$$

By {eq}`order` and {eq}`energy`.
"""

BROKEN = {
    "two exponents": "a^b^c",
    "no closing delimiter": r"\left( a",
    "an index without a base": "x_",
    "an environment without an end": r"\begin{matrix} a",
    # FAULT (pages/html/mathml.py, mathml): the converter takes these without an error; readers get a fraction with one
    # part (which browsers show as an error) or the name of a command in italics, and nobody is told.
    "an open brace": r"\frac{a",
    "a fraction with one part": r"\frac{a}",
    "an unknown command": r"\softmaxx{x}",
    "a brace too many": "a} b",
}


def words(part: Tag | None) -> str:
    assert part is not None
    return " ".join(part.get_text().replace("¶", "").split())


def page(text: str) -> str:
    return f"---\norphan: true\n---\n\n# Page\n\n{text}\n"


def about(built: Built, path: str) -> list[str]:
    return [line for line in built.warnings.splitlines() if line.startswith(path)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("math"))
    tree.write("docs/formulas.md", TEXT)
    summary = {"Innovation": "In $O(n^2)$.", "Tasks": "A task.", "Significant result": "A result."}
    tree.paper("dunn2025math", title="Math", heads=["memory"], published="2025-05-05", summary=summary)
    built = tree.build()
    assert built.warnings == ""
    return built


def test_formulas_are_mathml(built: Built) -> None:
    formulas = built.page("formulas").select("math")
    assert [item["display"] for item in formulas] == ["inline", "inline", "block", "block", "block"]
    assert formulas[0].select_one("msub") is not None
    assert words(formulas[0]) == "ai<b"
    assert words(formulas[2]) == "E=mc2"
    assert len(formulas[4].select("mtr")) == 2


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("of $n$, or", "n,"),
        ("the $k$-th head", "k-th"),
        ("in time (of $n$).", "n)."),
        ("in ($n$ heads)", "(n"),
        ("an O($n$) scan", "O(n)"),
        ("as $n$…", "n…"),
        ("there are $n$，而且", "n，"),
        ("of $n$ heads", None),
        ("of $n$而且 heads", None),
    ],
)
def test_a_formula_stays_on_the_line_of_what_is_written_to_it(tmp_path: Path, text: str, whole: str | None) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/formulas.md", page(text))
    found = tree.build().page("formulas")
    assert [words(one) for one in found.select(".survey-unbroken")] == ([whole] if whole else [])
    assert words(found.select_one("section p")) == text.replace("$", "")


def test_equations_are_numbered_and_referred_to(built: Built) -> None:
    found = built.page("formulas")
    numbers = {str(item.parent["id"]): words(item) for item in found.select(".eqno") if isinstance(item.parent, Tag)}
    assert numbers == {"equation-energy": "(1)", "equation-order": "(2)"}
    references = [(str(item["href"]), words(item)) for item in found.select("p a")]
    assert references == [("#equation-order", "(2)"), ("#equation-energy", "(1)")]


@pytest.mark.parametrize("docname", ["papers/dunn2025math", "chronology", "heads/memory"])
def test_formulas_in_a_summary_are_mathml_wherever_it_is_shown(built: Built, docname: str) -> None:
    assert "O(n2)" in [words(item) for item in built.page(docname).select("dd math")]


def addresses(built: Built) -> Iterator[tuple[str, str]]:
    for path in built.files:
        if path.endswith(".html"):
            for item in built.page(path.removesuffix(".html")).select("[src], link[rel=stylesheet], link[rel=icon]"):
                yield path, str(item.get("src") or item.get("href"))


@pytest.mark.parametrize("theme", ["basic", "sphinx_book_theme"])
def test_pages_load_nothing_from_another_host(survey: Tree, theme: str) -> None:
    survey.write("docs/formulas.md", TEXT)
    built = survey.build(confoverrides={"html_theme": theme})
    found = list(addresses(built))
    assert found
    assert [(path, address) for path, address in found if "//" in address] == []
    assert [path for path, text in built.files.items() if path.endswith(".html") and b"MathJax" in text] == []


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_formula_is_said_with_its_place_and_shown_as_its_source(survey: Tree, case: str) -> None:
    latex = BROKEN[case]
    survey.write("docs/inline.md", page(f"Before ${latex}$ after."))
    survey.write("docs/block.md", page(f"Before.\n\n$$\n{latex}\n$$"))
    built = survey.build()
    for docname, line in (("inline", 7), ("block", 9)):
        (said,) = about(built, f"docs/{docname}.md")
        assert said.startswith(f"docs/{docname}.md:{line}: WARNING: ")
        assert "formula" in said
        assert said.endswith("[survey.math]")
        assert latex in words(built.page(docname).select_one("section"))
        assert built.page(docname).select("math") == []


# FAULT (pages/html/mathml.py, mathml): a summary's formula is reported once for each page that shows it; and
# (catalogue/markup/body.py, _summary: the plugin's dd_open has the term's line for all parts but the first, the inline
# token is right) with the line of its term wherever it is shown but on its own page.
def test_a_broken_formula_in_a_summary_is_said_once_with_its_line(survey: Tree) -> None:
    summary = {"Innovation": "An idea.", "Tasks": "A task.", "Significant result": "In $a^b^c$."}
    path = survey.paper("dunn2025math", title="Math", heads=["memory"], published="2025-05-05", summary=summary)
    line = survey.read(path).splitlines().index(": In $a^b^c$.") + 1
    said = survey.build().warnings.splitlines()
    assert {warning.split(": WARNING")[0] for warning in said} == {f"{path}:{line}"}
    assert len(said) == 1


# FAULT (pages/html/mathml.py, mathml): latex2mathml undoes the escapes of its output, so that text in a formula is
# markup.
@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\text{<script>alert(1)</script>}", "<script>alert(1)</script>"),
        (r"\text{a < b & c}", "a < b & c"),
        (r"\mathrm{if } a < b", "if a<b"),
        (r"a \& b", "a&b"),
    ],
    ids=["a script", "an ampersand in text", "less than", "an ampersand"],
)
def test_text_in_a_formula_is_shown_and_never_run(survey: Tree, latex: str, shown: str) -> None:
    survey.write("docs/text.md", page(f"Before ${latex}$ after."))
    built = survey.build()
    assert about(built, "docs/text.md") == []
    (formula,) = built.page("text").select("math")
    assert words(formula).replace(" ", "") == shown.replace(" ", "")
    assert formula.select("script") == []
    source = built.text("text.html")
    ET.fromstring(source[source.index("<math") : source.index("</math>") + len("</math>")])


def test_a_broken_formula_is_escaped_where_it_is_shown(survey: Tree) -> None:
    survey.write("docs/text.md", page(r"Before $a^b^c < \text{<b>}$ after."))
    built = survey.build()
    found = built.page("text").select_one("section")
    assert found is not None
    assert r"a^b^c < \text{<b>}" in words(found)
    assert found.select("b") == []


@pytest.mark.parametrize(
    ("latex", "sign", "spaces"),
    [
        (r"-\infty", "∞", ("0", "0")),
        (r"u / k", "/", ("0", "0")),
        (r"p(u|w)", "|", ("0", "0")),
        (r"\mathbf{k}^\top", "⊤", ("0", "0")),
        (r"P = \operatorname{sparsemax}(u)", "sparsemax", ("0", "0")),
        (r"P = 2\operatorname{sparsemax}\left(\frac{u}{2}\right)", "sparsemax", ("0.167em", "0")),
        (r"\operatorname{rank} W", "rank", ("0", "0.167em")),
        (r"\operatorname{TE} = u", "TE", ("0", "0")),
        (r"0, \dots, k", "…", ("0", "0")),
        ("u = k", "=", (None, None)),
    ],
)
def test_signs_have_the_spaces_that_tex_gives_them(
    latex: str, sign: str, spaces: tuple[str | None, str | None]
) -> None:
    operators = ET.fromstring(mathml(latex, "inline")).iter("{http://www.w3.org/1998/Math/MathML}mo")
    (found,) = (one for one in operators if one.text == sign)
    assert (found.get("lspace"), found.get("rspace")) == spaces
