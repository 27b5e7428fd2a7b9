"""Sizes without ``style`` attributes, which the content security policy forbids: as classes, or as an image's own size.

Docutils writes the widths of columns, tables, figures and images into ``style``. ``widths.css`` has a class for each
whole percentage and for each twentieth pixel; pages load it if they use one, and the index does (see
``templates/any``). What else an extension writes into ``style`` would have no effect in a browser, and is left out.
"""

from __future__ import annotations

import re
import types
from typing import TYPE_CHECKING, Any

from survey.pages.core.builders import is_site
from survey.pages.html.quick_tags import QuickTags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

STYLE_SHEET = "widths.css"
_CLASS = "survey-width-"
_SIZE = re.compile(r"\b(width|height):\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(%|[a-z]+)?")
#: Pixels of the units of lengths that docutils takes (https://www.w3.org/TR/css-values-4/#lengths).
_PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "em": 16, "rem": 16, "ex": 8}
_STEP, _MOST = 20, 1000  #: Of classes for widths in pixels.
_LENGTH = len("style")  #: Names of attributes are in any case.
_LARGEST = 10_000  #: Pixels of an image.


class _Sized:
    """Part of a translator: writes no ``style``."""

    def starttag(self, node: nodes.Node, tagname: str, suffix: str = "\n", empty: bool = False, **given: Any) -> str:
        """Write a start tag, as docutils' translator does but for ``style``."""
        styles = [given.pop(name) for name in list(given) if len(name) == _LENGTH and name.lower() == "style"]
        if not styles:
            plain: str = super().starttag(node, tagname, suffix, empty, **given)  # type: ignore[misc]  # a mixin
            return plain
        sizes = dict(size for style in styles for size in attributes_for(tagname, style))
        if (name := sizes.pop("class", None)) is not None:
            given["classes"] = [*given.get("classes", ()), name]
        tag: str = super().starttag(node, tagname, suffix, empty, **given, **sizes)  # type: ignore[misc]  # a mixin
        return tag


def attributes_for(tagname: str, style: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes that say what of a ``style`` is a size."""
    for side, number, unit in _SIZE.findall(style):
        if unit == "%" and side == "width":
            yield "class", f"{_CLASS}{_bounded(float(number), 100)}"
        elif pixels := float(number) * _PIXELS.get(unit or "px", 0):
            if tagname == "img":
                yield side, str(_bounded(pixels, _LARGEST))
            elif side == "width":
                yield "class", f"{_CLASS}{_STEP * _bounded(pixels / _STEP, _MOST // _STEP)}px"


def _bounded(number: float, most: int) -> int:
    return max(round(min(number, most)), 1)  # a number of hundreds of digits is infinite


def _translate(app: Sphinx) -> None:
    """Put our part before the translator that the theme or an extension has chosen."""
    if is_site(app.builder) and app.config.survey_content_security_policy:
        chosen = app.registry.get_translator_class(app.builder)
        app.set_translator(
            app.builder.name, types.new_class(chosen.__name__, (_Sized, QuickTags, chosen)), override=True
        )


def _load_style_sheet(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if (doctree is not None and _CLASS in context.get("body", "")) or templatename.startswith("genindex"):
        app.add_css_file(STYLE_SHEET, priority=900)  # after the theme's, which have widths of their own


def setup(app: Sphinx) -> None:
    """Connect both steps."""
    app.connect("builder-inited", _translate, priority=950)  # after themes have set theirs
    app.connect("html-page-context", _load_style_sheet)
