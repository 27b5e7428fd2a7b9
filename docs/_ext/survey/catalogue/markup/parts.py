"""What stands in the text of a page, at any depth: roles, directives, links, images and formulas.

Directives are taken apart as MyST does it (``myst_parser.parsers.directives``): options in lines that begin with a
colon or between lines of dashes, then the content, which is Markdown again for those of which
:mod:`survey.catalogue.markup.allowed` says so.
"""

from __future__ import annotations

import csv
import re
import textwrap
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import yaml

from survey.catalogue.markup.allowed import Content, Form
from survey.catalogue.markup.allowed import form as form_of
from survey.catalogue.markup.syntax import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST = 20  #: Directives inside each other that are read; nobody writes more, and each level is parsed again.
BOX = ":::"  #: Begins the name, for our purposes, of a fence of colons that has no directive's name in braces.
_OPTION = re.compile(r"""\s*(?:(["'])(?P<quoted>.*?)\1|(?P<name>[^\s:"'][^:]*?))\s*:(?:\s+(?P<value>.*)|$)""")
_FORMULAS = frozenset({"math_inline", "math_inline_double", "math_single", "math_block", "math_block_label", "amsmath"})


@dataclass(frozen=True, slots=True)
class RoleText:
    """A role and what stands in its backticks."""

    name: str
    content: str
    line: int


@dataclass(frozen=True, slots=True)
class DirectiveText:
    """A directive, taken apart."""

    name: str
    argument: str  #: What stands behind its name.
    options: Mapping[str, str]
    content: str
    line: int
    content_line: int  #: The line of the file at which the content begins.
    written: str  #: All that stands inside its fence.

    @property
    def form(self) -> Form | None:
        """How it is to be written; None if pages may not use it."""
        return form_of(self.name)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in Markdown."""

    address: str
    line: int


@dataclass(frozen=True, slots=True)
class Image:
    """An image in Markdown."""

    address: str
    line: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, as LaTeX."""

    latex: str
    line: int


Part = RoleText | DirectiveText | Link | Image | Formula


@cache
def parser() -> MarkdownIt:
    """Return the parser that only reads."""
    return markdown()


def parts(tokens: Sequence[Token], start: int = 1, depth: int = 0) -> Iterator[Part]:
    """Yield what the tokens of a text hold; ``start`` is the line where the text begins."""
    line = start
    for token in tokens:
        if token.map:  # the cells of a table have none: they stand in the row that was met last
            line = start + token.map[0]
        if token.type in _FORMULAS:
            yield Formula(token.content, line)
        elif token.type in {"fence", "colon_fence"}:
            yield from _fence(token, line, depth)
        yield from _inline(token.children or [], line)


def _inline(children: Iterable[Token], line: int) -> Iterator[Part]:
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            line += 1
        elif child.type == "myst_role":
            yield RoleText(child.meta["name"], child.content, line)
            if child.meta["name"] == "math":
                yield Formula(child.content, line)
        elif child.type == "link_open":
            yield Link(str(child.attrGet("href") or ""), line)
        elif child.type == "image":
            yield Image(str(child.attrGet("src") or ""), line)
            yield from _inline(child.children or [], line)
        elif child.type in _FORMULAS:
            yield Formula(child.content, line)


def _fence(token: Token, line: int, depth: int) -> Iterator[Part]:
    name, argument = (*token.info.split(maxsplit=1), "", "")[:2]
    if name.startswith("{") and name.endswith("}"):
        found = directive(name[1:-1], argument.strip(), token.content, line)
        yield found
        if found.name == "math":
            yield Formula(found.content, found.content_line)
        if depth < DEEPEST:
            yield from _inside(found, depth + 1)
    elif token.type == "colon_fence":  # to MyST a box, of any class that stands there
        yield directive(f"{BOX}{name}", argument.strip(), token.content, line)


def directive(name: str, argument: str, text: str, line: int) -> DirectiveText:
    """Take a directive apart, given what stands behind its name and inside its fence."""
    form = form_of(name) or Form()
    options, content, lines = _options(text)
    if form.argument is Content.NOTHING and form.content is not Content.NOTHING and argument:
        content, argument, lines = f"{argument}\n{content}", "", lines - 1
    if content.startswith("\n"):
        content, lines = content[1:], lines + 1
    return DirectiveText(name, argument, options, content, line, line + 1 + lines, text)


def _options(text: str) -> tuple[dict[str, str], str, int]:
    """Return the options at the top of a directive, the text below them, and how many lines they take."""
    lines = text.splitlines()
    if text.startswith("---"):
        end = next((at for at, line in enumerate(lines[1:], start=1) if line.startswith("---")), len(lines))
        rest = lines[end].lstrip("-").removeprefix(" ") if end < len(lines) else ""
        below = [*([rest] if rest else []), *lines[end + 1 :]]
        return _mapping("\n".join(lines[1:end])), "\n".join(below), end + (0 if rest else 1)
    count = 0
    if text.lstrip().startswith(":"):
        count = next((at for at, line in enumerate(lines) if not _is_option(line)), len(lines))
    block = "\n".join(line.lstrip()[1:] for line in lines[:count])
    return _mapping(block), "\n".join(lines[count:]), count


def _is_option(line: str) -> bool:
    return line.lstrip().startswith(":") and not line.lstrip().startswith(":::")


def _mapping(block: str) -> dict[str, str]:
    """Return options as text; those that are no YAML line by line, as they look."""
    try:
        found = yaml.load(textwrap.dedent(block), Loader=yaml.BaseLoader) or {}  # makes text only
        if isinstance(found, dict) and all(isinstance(at, str) for pair in found.items() for at in pair):
            return found
    except (yaml.YAMLError, RecursionError, ValueError):
        pass
    matches = (_OPTION.match(line) for line in block.splitlines())
    return {at["quoted"] or at["name"] or "": (at["value"] or "").strip() for at in matches if at is not None}


def _inside(found: DirectiveText, depth: int) -> Iterator[Part]:
    """Yield what the Markdown in a directive holds."""
    form = found.form
    if form is None:
        return
    if form.argument is Content.MARKDOWN:
        yield from parts(parser().parseInline(found.argument), found.line, depth)
    for name, text in found.options.items():
        if name in form.options and form.options[name].content is Content.MARKDOWN:
            yield from parts(parser().parse(text), found.line + 1, depth)
    for text, line in texts(found, form):
        yield from parts(parser().parse(text), line, depth)


def texts(found: DirectiveText, form: Form) -> Iterator[tuple[str, int]]:
    """Yield the pieces of Markdown in a directive's content, with their lines."""
    if form.content is Content.MARKDOWN:
        yield found.content, found.content_line
    elif form.content is Content.ROWS:
        yield from _cells(found)
    elif form.content is Content.TERMS:
        yield from _terms(found)


def _cells(found: DirectiveText) -> Iterator[tuple[str, int]]:
    """Yield the cells of a table, in docutils' dialect of CSV; what cannot be read has none in the build either."""
    rows = csv.reader(found.content.splitlines(), skipinitialspace=True, strict=True)
    try:
        for row in rows:
            for cell in row:
                yield cell, found.content_line + rows.line_num - 1
    except csv.Error:
        return


def _terms(found: DirectiveText) -> Iterator[tuple[str, int]]:
    """Yield the terms and definitions of a glossary; a definition's first line says how far it is indented."""
    block: list[str] = []
    indent = 0
    for number, line in enumerate(found.content.splitlines(), start=found.content_line):
        if line and not line[0].isspace():
            yield "\n".join(block), number - len(block)
            block = []
            yield line, number
        else:
            indent = len(line) - len(line.lstrip()) if line and not any(block) else indent
            block.append(line[indent:])
    yield "\n".join(block), found.content_line + found.content.count("\n") + 1 - len(block)
