"""Formulas as MathML in the page, written while building: no script, no font and nothing from another host."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

LOGGER = logging.getLogger(__name__)
NAME = "survey_mathml"
_LABELS = re.compile(r"\\(?:label|tag)\{[^{}]*\}")


def mathml(node: nodes.Element, display: str) -> str:
    """Return the MathML of a formula; one that cannot be converted is shown as its LaTeX, with a warning."""
    latex = _LABELS.sub("", node.astext()).strip()
    # latex2mathml knows align* but not aligned, which differs only in text that stands beside it.
    known = latex.replace("{aligned}", "{align*}")
    try:
        result = convert(known, display=display)
        if "<mi>&</mi>" in result:
            raise ValueError("an & outside a table")  # the converter passes it on as text
        return result
    except Exception as error:  # noqa: BLE001  # the converter raises what its parser meets: IndexError, KeyError, …
        reason = f"{type(error).__name__} {error}".strip()
        LOGGER.warning(
            "math: this formula cannot be turned into MathML (%s); simplify it",
            reason,
            location=node,
            type="survey",
            subtype="math",
        )
        return f"<code>{nodes.Text(latex).astext().replace('&', '&amp;').replace('<', '&lt;')}</code>"


def _visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(translator.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    translator.body.append(f"{mathml(node, 'inline')}</span>")
    raise nodes.SkipNode


def _visit_displaymath(translator: HTML5Translator, node: nodes.math_block) -> None:
    translator.body.append(translator.starttag(node, "div", CLASS="math notranslate nohighlight"))
    translator.body.append(mathml(node, "block"))
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
