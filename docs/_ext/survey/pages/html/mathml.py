"""Formulas as MathML in the page, written while building: no script, no font and nothing from another host."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.math import get_node_equation_number

from survey.catalogue.texts import formulas
from survey.translation import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

NAME = "survey_mathml"


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


def _choose(app: Sphinx, config: Config) -> None:
    config.html_math_renderer = config.html_math_renderer or NAME
