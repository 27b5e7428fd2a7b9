"""The survey's own text, marked as being in its language where the interface is in another: screen readers read both.

``survey_text_language`` says in which language the survey is written. Text is marked only where the interface is in
Chinese: only then can the two be told apart by their characters. (WCAG 3.1.2; docutils makes a ``lang`` of the class.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from survey.pages.figures.drawings import drawn_inline

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[A-Za-z]{2}")
#: What is in no language, or says itself in which.
_UNSPOKEN = (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.math_block, nodes.raw)


class MarkLanguage(SphinxPostTransform):
    """Marks paragraphs, headings, links and other pieces of text."""

    default_priority = 900  # when links have their texts
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Mark what has words and none in Chinese, the largest pieces that there are."""
        language = self.config.survey_text_language
        if language and self.config.language.startswith("zh") and not language.startswith("zh"):
            _mark(self.document, f"language-{language}")


def _mark(tree: nodes.Element, name: str) -> None:
    for child in tree.children:
        if not isinstance(child, nodes.Element) or isinstance(child, _UNSPOKEN):
            continue
        text = child.astext()
        if isinstance(child, nodes.TextElement) and not _HAN.search(text) and not _draws(child):
            if _WORD.search(text):
                child["classes"].append(name)
        else:
            _mark(child, name)


def _draws(node: nodes.Element) -> bool:
    """Tell whether something is drawn in a line of text, with a name of its own."""
    return any(True for _ in node.findall(drawn_inline))


def setup(app: Sphinx) -> None:
    """Register the configuration and the transform."""
    described = "The language in which the survey is written, marked where the interface is in another."
    app.add_config_value("survey_text_language", "", "html", types=frozenset({str}), description=described)
    app.add_post_transform(MarkLanguage)
