"""Formulas as MathML in the page, written while building: no script, no font and nothing from another host.

Browsers break lines at either side of a formula, so that a comma behind it could begin the next one: what belongs to a
formula stays on its line.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

from survey.catalogue.texts import formulas
from survey.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

NAME = "survey_mathml"
#: Signs that no line begins or ends with (https://www.unicode.org/reports/tr14/: CL, CP, EX, IS; OP).
_CLOSING, _OPENING = "])”’.,:;!?，。、；：？！）", "[(“‘（"
#: What is part of a formula's word: a short one, as in "n-gram" or "O(n)", or else the signs. Chinese has no spaces.
_REST = re.compile(rf"[^\s⺀-\uffff]{{1,12}}(?=\s|$)|[{re.escape(_CLOSING)}]+")
_START = re.compile(rf"(?<!\S)[^\s⺀-\uffff]{{1,12}}$|[{re.escape(_OPENING)}]+$")
UNBROKEN = "survey-unbroken"


class KeepWords(SphinxPostTransform):
    """Puts a formula and what is written to it without a space into one element, which is not broken."""

    default_priority = 500
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Look at every formula in a line of text."""
        for formula in list(self.document.findall(nodes.math)):
            line, at = formula.parent, formula.parent.index(formula)
            before, after = _text(line, at - 1), _text(line, at + 1)
            start, rest = _START.search(before), _REST.match(after)
            word = [start[0] if start else "", rest[0] if rest else ""]
            if not any(word):
                continue
            line[at] = nodes.inline("", "", nodes.Text(word[0]), formula, nodes.Text(word[1]), classes=[UNBROKEN])
            if start:
                line[at - 1] = nodes.Text(before.removesuffix(word[0]))
            if rest:
                line[at + 1] = nodes.Text(after.removeprefix(word[1]))


def _text(line: nodes.Element, at: int) -> str:
    """Return the text at a place of a line, if there is some."""
    return str(line[at]) if 0 <= at < len(line) and isinstance(line[at], nodes.Text) else ""


def _written(node: nodes.Element, display: str) -> str:
    """Return the MathML of a formula; of one that cannot be converted, which no page has, its LaTeX."""
    try:
        return formulas.mathml(node.astext(), display)
    except ValueError:  # of another extension: those of pages are replaced when they are read
        return f"<code>{escape(formulas.text(node.astext()))}</code>"


def _visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(translator.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    translator.body.append(f"{_written(node, 'inline')}</span>")
    raise nodes.SkipNode


def _visit_displaymath(translator: HTML5Translator, node: nodes.math_block) -> None:
    translator.body.append(translator.starttag(node, "div", CLASS="math notranslate nohighlight"))
    translator.body.append(_written(node, "block"))
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, _("Link to this equation"))
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the renderer and make it the default."""
    app.add_html_math_renderer(NAME, inline_renderers=(_visit_math, None), block_renderers=(_visit_displaymath, None))
    app.connect("config-inited", _choose)
    app.add_post_transform(KeepWords)


def _choose(app: Sphinx, config: Config) -> None:
    config.html_math_renderer = config.html_math_renderer or NAME
