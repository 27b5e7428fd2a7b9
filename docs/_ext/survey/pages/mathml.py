"""Formulas as MathML in the page, written while building: no script, no font and nothing from another host."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from docutils import nodes
from latex2mathml.converter import convert_to_element
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from survey.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

LOGGER = logging.getLogger(__name__)
NAME = "survey_mathml"
_LABELS = re.compile(r"\\(?:label|tag)\{[^{}]*\}")


def mathml(latex: str, display: str) -> str:
    """Return the MathML of a formula.

    :raises ValueError: if it cannot be converted, or would come out as something else than it says.
    """
    # latex2mathml knows align* but not aligned, which differs only in text that stands beside it; and it makes the same
    # of \\& as of an & that stands where it separates nothing.
    known = _LABELS.sub("", latex).strip().replace("{aligned}", "{align*}").replace(r"\&", r"\text{&}")
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", known):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        raise ValueError("its braces don't pair up")
    try:
        result = convert_to_element(known, display=display)
    except Exception as error:  # the converter raises what its parser meets: IndexError, KeyError, …
        raise ValueError(f"{type(error).__name__} {error}".strip()) from error
    for part in result.iter():
        part.text = html.unescape(part.text) if part.text else part.text
        if part.tag == "mi" and (part.text == "&" or (part.text or "").startswith("\\")):
            raise ValueError(f"'{part.text}' is not known")
        if part.tag in _CHILDREN and len(part) != _CHILDREN[part.tag]:
            raise ValueError("an argument is missing")
    return ET.tostring(result, encoding="unicode")


#: How many parts these elements of MathML have.
_CHILDREN = {"mfrac": 2, "msub": 2, "msup": 2, "mroot": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}


class CheckFormulas(SphinxTransform):
    """Reports the formulas of a page that cannot be converted, once, where they are written."""

    default_priority = 400  # before fragments add the summaries of other pages (500)

    def apply(self, **kwargs: Any) -> None:
        """Try every formula of the page's own text."""
        for node in [*self.document.findall(nodes.math), *self.document.findall(nodes.math_block)]:
            if node.get("survey_shown"):
                continue
            try:
                mathml(node.astext(), "inline")
            except ValueError as error:
                message = "math: this formula cannot be turned into MathML (%s); simplify it"
                LOGGER.warning(message, error, location=node, type="survey", subtype="math")


def _written(node: nodes.Element, display: str) -> str:
    """Return the MathML of a formula; one that cannot be converted is shown as its LaTeX."""
    try:
        return mathml(node.astext(), display)
    except ValueError:  # reported when its page was read
        return f"<code>{html.escape(_LABELS.sub('', node.astext()).strip())}</code>"


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
    app.add_transform(CheckFormulas)
    app.connect("config-inited", _choose)


def _choose(app: Sphinx, config: Config) -> None:
    config.html_math_renderer = config.html_math_renderer or NAME
