"""HTML, JATS and MathML as text: what publishers, and those who ask them, leave in titles, venues and abstracts."""

from __future__ import annotations

import html
import re
from html.entities import html5

#: Tags that are meant when they stand in a text; all others, '<BOS>' and '<think>', are words of it.
_INLINE = (
    "i|b|u|em|strong|italic|bold|sc|scp|tt|code|span|small|big|font|underline|a|abbr|monospace|roman|sans-serif|"
    "inline-formula|tex-math|alternatives|math|mrow|mi|mn|mo|ms|mtext|msub|msup|msubsup|mfrac|msqrt|mover|munder|"
    "munderover|mstyle|mfenced|semantics|named-content|styled-content|ext-link|xref|title-group|article-title"
)
#: Those that stand between words.
_BLOCK = "br|p|div|title|sec|list|list-item|ul|ol|li|h[1-6]|blockquote|abstract"
_ATTRIBUTES = r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*\s*"
_PREFIX = r"(?:jats:|mml:|m:)?"
_TAG = re.compile(
    rf"<(?P<end>/?){_PREFIX}(?:(?P<block>{_BLOCK})|(?P<raised>sup)|(?P<lowered>sub)|(?:{_INLINE})){_ATTRIBUTES}/?>",
    re.IGNORECASE,
)
_RAISED = re.compile(rf"<{_PREFIX}sup{_ATTRIBUTES}>(?=\s*[-+−–]?[0-9]+\s*</{_PREFIX}sup\s*>)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST = 4  #: Times that text was escaped: '&amp;amp;lt;'.


def text_of(source: str) -> str:
    """Return the text of what may hold tags and entities; numbers above the line are powers, '10^6'."""
    if "<" not in source and "&" not in source:
        return source
    text = source
    for _ in range(_MOST):
        before, text = text, _ENTITY.sub(_character, _without_tags(text))
        if text == before:
            break
    return text


def _without_tags(text: str) -> str:
    return _TAG.sub(lambda match: " " if match["block"] else "", _RAISED.sub("^", text))


def _character(match: re.Match[str]) -> str:
    """Return what an entity stands for; one that nobody knows is text."""
    entity = match[0]
    if entity[1] != "#":
        return html5.get(entity[1:], entity)
    found = html.unescape(entity)
    return found if found and found != "\ufffd" and found.isprintable() else entity
