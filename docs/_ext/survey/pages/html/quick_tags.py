"""Start tags and text written faster than docutils does, which puts each attribute through three functions.

``starttag`` and ``encode`` of docutils' translator (:mod:`docutils.writers._html_base`) are called for each element,
attribute and text of a page; few of them hold a sign that is written in another way. Ours write the same, and leave to
the translator's own what is unusual: several ids, a text in another language, addresses of mail, headings by role.
Where another theme or extension has a ``starttag`` of its own, all is left to it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from docutils import nodes
from docutils.writers._html_base import HTMLTranslator

#: Translators whose ``starttag`` is known: they only add a level to headings by role, and we leave those to them.
_KNOWN = ("pydata_sphinx_theme.translator.BootstrapHTML5TranslatorMixin",)
_UNUSUAL = frozenset({"ids", "style", "role"})
#: Classes of tables that docutils itself uses.
_INTERNAL = frozenset({"colwidths-auto", "colwidths-given", "colwidths-grid"})
_SIGNS = "".join(map(chr, HTMLTranslator.special_characters))
_needs_encoding = re.compile(f"[{re.escape(_SIGNS)}]").search
_needs_care = re.compile(f"[{re.escape(_SIGNS)}\n\r\t\v\f]").search


class QuickTags:
    """Part of a translator: see above."""

    def __init__(self: Any, *given: Any) -> None:
        """Begin; docutils would look for style sheets in its folders, of which Sphinx's pages show none."""
        for document in given[:1]:
            document.settings.stylesheet_path = None
        _next(self).__init__(*given)

    def starttag(self: Any, node: Any, tagname: str, suffix: str = "\n", empty: bool = False, **given: Any) -> str:
        """Write a start tag."""
        attributes = {name.lower(): value for name, value in given.items()}
        ids = node.get("ids", ())
        is_usual = not ids[1:] and _UNUSUAL.isdisjoint(attributes) and is_known(self.__class__)
        names = _classes(node, attributes) if is_usual else None
        if names is None:
            tag: str = _next(self).starttag(node, tagname, suffix, empty, **given)
            return tag
        if names:
            attributes["class"] = " ".join(names)
        if ids:
            attributes["id"] = ids[0]
        written = [f' {name}="{_value(self, attributes[name])}"' for name in sorted(attributes)]
        return f"<{tagname.lower()}{''.join(written)}{' /' if empty else ''}>{suffix}"

    def encode(self: Any, text: Any) -> str:
        """Write text."""
        plain = str(text)
        encoded: str = plain
        if _needs_encoding(plain) or not is_known(self.__class__):
            encoded = _next(self).encode(plain)
        return encoded


def _next(translator: Any) -> Any:
    return super(QuickTags, translator)


def _classes(node: Any, attributes: dict[str, Any]) -> list[str] | None:
    """Take the classes out of the attributes, and return all once; None if one of them names a language."""
    names = [*attributes.pop("classes", ())]
    for name in (*node.get("classes", ()), *attributes.pop("class", "").split()):
        if name.startswith("language-"):
            return None
        if name not in names and name.strip():
            names.append(name)
    return [name for name in names if name not in _INTERNAL] if isinstance(node, nodes.table) else names


def _value(translator: Any, value: Any) -> str:
    """Write the value of an attribute; a list is written with spaces."""
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    encoded: str = translator.attval(text) if translator.in_mailto or _needs_care(text) else text
    return encoded


@cache
def is_known(kind: Any) -> bool:
    """Tell whether docutils' own start tags are what a class of translators writes, but for what is known."""
    behind = kind.__mro__[kind.__mro__.index(QuickTags) + 1 :]
    writers = [one for one in behind if {"starttag", "attval", "encode", "special_characters"} & set(vars(one))]
    names = [f"{one.__module__}.{one.__qualname__}" for one in writers if one is not HTMLTranslator]
    return set(names) <= set(_KNOWN) and HTMLTranslator in writers
