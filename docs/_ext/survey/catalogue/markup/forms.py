"""Directives whose form is wrong though their names and options are allowed: what they lack, and tables that are none.

Which directives there are, with their options and the form of each value, says :mod:`survey.catalogue.markup.allowed`;
here stands what docutils and Sphinx ask for beyond that.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name
from pygments.token import Error
from pygments.util import ClassNotFound

from survey.catalogue.markup.faults import Fault
from survey.catalogue.markup.own_directives import OWN, PREFIX
from survey.catalogue.markup.parts import parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token
    from pygments.lexer import Lexer

    from survey.catalogue.markup.parts import DirectiveText

_BOXES = ("attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning")
#: What directives cannot do without: something behind their name, or something inside.
_NEEDS_ARGUMENT = frozenset(
    {"admonition", "figure", "image", *(f"{PREFIX}{name}" for name, own in OWN.items() if own.needs_argument)}
)
_NEEDS_CONTENT = frozenset(
    {*_BOXES, "admonition", "epigraph", "pull-quote", "table", "list-table", "csv-table", "math"}
)
#: Those that take no text: of ours all but what is declared in them.
_NO_CONTENT = frozenset(
    {"image", "bibliography", *(f"{PREFIX}{name}" for name, own in OWN.items() if not own.declares)}
)
_NO_ARGUMENT = _NO_CONTENT - _NEEDS_ARGUMENT
_ROW = 2  #: The level of markdown-it at which the list of a row stands.
_LONGEST_CODE = 20_000  #: Characters of an example that is tried with its lexer.
_RANGE = re.compile(r"([0-9]+)(?:-([0-9]*))?")
#: Names that mean that nothing is highlighted.
_PLAIN = frozenset({"", "none", "text", "default", "guess", "ipython3", "pycon3"})


def faults(found: DirectiveText) -> Iterator[Fault]:
    """Yield what is wrong with the form of a directive."""
    name, line = found.name, found.line
    if name in _NEEDS_ARGUMENT and not found.argument.strip():
        yield _bad(line, f"the directive '{name}' needs something behind its name", f"write '{{{name}}} …'")
    elif name in _NO_ARGUMENT and found.argument.strip():
        yield _bad(line, f"the directive '{name}' takes nothing behind its name", f"remove '{found.argument[:60]}'")
    if name in _NEEDS_CONTENT and not found.content.strip():
        yield _bad(line, f"the directive '{name}' is empty", "write what it shows, or remove it")
    elif name in _NO_CONTENT and found.content.strip():
        yield _bad(line, f"the directive '{name}' takes no text", "remove what stands inside it")
    else:
        yield from _inside(found)


def _inside(found: DirectiveText) -> Iterator[Fault]:
    if found.name == "list-table":
        yield from _list_table(found)
    elif found.name == "csv-table":
        yield from _csv_table(found)
    elif found.name == "table":
        yield from _table(found)
    elif found.name == "figure":
        yield from _figure(found)
    elif found.name in {"code", "code-block"}:
        yield from code(found.content, found.argument.strip(), found.line)
        yield from _lines(found)
    elif found.name == "glossary":
        yield from _glossary(found)


def _bad(line: int, message: str, hint: str) -> Fault:
    return Fault(line, "bad-directive", message, hint)


# Tables


def _list_table(found: DirectiveText) -> Iterator[Fault]:
    tokens = parser().parse(found.content)
    rows = _items(tokens, 0)
    line, hint = found.line, "write a list of rows, each a list of cells: '* - a' and below it '  - b'"
    outside = [token for token in tokens if token.level == 0]
    if [token.type for token in outside] != ["bullet_list_open", "bullet_list_close"]:
        yield _bad(line, "a list-table holds anything but one list", hint)
        return
    widths = []
    for row in rows:
        inner = [token.type for token in row if token.level == _ROW]
        if inner != ["bullet_list_open", "bullet_list_close"]:
            yield _bad(line, "a row of a list-table is not a list", hint)
            return
        widths.append(len(_items(row, _ROW)))
    if len(set(widths)) > 1:
        yield _bad(line, f"the rows of a list-table differ in length ({', '.join(map(str, widths[:20]))})", hint)
        return
    yield from _columns(found, len(rows), widths[0])


def _items(tokens: list[Token], level: int) -> list[list[Token]]:
    """Return the tokens inside each item of the list that begins at ``level``."""
    items: list[list[Token]] = []
    for token in tokens:
        if token.type == "list_item_open" and token.level == level + 1:
            items.append([])
        elif items and token.level > level + 1:
            items[-1].append(token)
    return items


def _csv_table(found: DirectiveText) -> Iterator[Fault]:
    rows, read = [], 0
    reader = csv.reader(found.content.splitlines(), skipinitialspace=True, strict=True)
    try:
        for row in reader:
            rows.append(row)
            read = reader.line_num
    except csv.Error as error:
        line = found.content_line + read
        yield _bad(line, f"the row is no CSV ({error})", "put a cell with commas or quotes in quotes, and double these")
        return
    yield from _columns(found, len(rows), max(map(len, rows), default=0))


def _columns(found: DirectiveText, rows: int, columns: int) -> Iterator[Fault]:
    for option, size, what in (("header-rows", rows, "rows"), ("stub-columns", columns, "columns")):
        value = found.options.get(option, "").strip()
        if value.isdecimal() and int(value[:9]) >= max(size, 1):
            yield _bad(found.line, f"'{option}' is {value}, of {size} {what}", f"leave some {what} for what they head")
    widths = [part for part in re.split(r"[ ,]+", found.options.get("widths", "").strip()) if part.isdecimal()]
    if widths and len(widths) != columns:
        yield _bad(found.line, f"'widths' gives {len(widths)} of {columns} columns", "give one number for each column")
    elif any(not int(width) for width in widths):
        yield _bad(found.line, "a width is 0", "widths are whole numbers above 0")


def _table(found: DirectiveText) -> Iterator[Fault]:
    outside = [token.type for token in parser().parse(found.content) if token.level == 0]
    if outside != ["table_open", "table_close"]:
        yield _bad(
            found.line, "the directive 'table' holds anything but one table", "write a table of lines '| a | b |'"
        )
        return
    columns = sum(token.type == "th_open" for token in parser().parse(found.content))
    yield from _columns(found, columns + 1, columns)


def _figure(found: DirectiveText) -> Iterator[Fault]:
    first = next((token.type for token in parser().parse(found.content) if token.type != "myst_line_comment"), "")
    if first not in {"", "paragraph_open"}:
        yield _bad(
            found.line, "the text of a figure begins with something else than a caption", "begin with a paragraph"
        )


# Examples of code


def code(text: str, language: str, line: int) -> Iterator[Fault]:
    """Yield what is wrong with an example: a language that Pygments doesn't know, or text that isn't of it."""
    if language in _PLAIN:
        return
    try:
        lexer: Lexer = get_lexer_by_name(language)
    except ClassNotFound:
        message = f"there is no language '{language}' that can be highlighted"
        yield _bad(line, message, "name one that Pygments knows, or 'text'")
        return
    if len(text) <= _LONGEST_CODE and any(kind is Error for kind, _text in lexer.get_tokens(text)):
        yield _bad(line, f"the example is not {language}: highlighting it fails", "mend it, or call it 'text'")


def _lines(found: DirectiveText) -> Iterator[Fault]:
    lines = found.content.splitlines()
    for match in _RANGE.finditer(found.options.get("emphasize-lines", "")):
        for end in match.groups():
            if end and not 1 <= int(end[:9]) <= len(lines):
                message = f"'emphasize-lines' names line {end} of {len(lines)}"
                yield _bad(found.line, message, "count the lines of the example")
                return
    dedent = found.options.get("dedent", "").strip()
    if dedent.isdecimal() and any(line[: int(dedent[:6])].strip() for line in lines):
        yield _bad(
            found.line, f"'dedent' would take away more than spaces ({dedent})", "lower it to the example's indent"
        )


# Glossaries


def _glossary(found: DirectiveText) -> Iterator[Fault]:
    """Follow the lines as Sphinx's glossary does: terms, below them an indented definition, and an empty line."""
    in_definition, was_empty, any_terms = True, True, False
    for number, line in enumerate(found.content.splitlines(), start=found.content_line):
        if not line or line.startswith(".. "):
            was_empty = not line or was_empty
            continue
        if not line[0].isspace():
            if in_definition and not was_empty:
                yield _bad(number, "a term of the glossary follows a definition directly", "put an empty line in front")
            elif not in_definition and was_empty:
                yield _bad(number, "a term of the glossary has no definition", "indent its definition below it")
            any_terms, in_definition = True, False
        elif not any_terms:
            yield _bad(number, "the glossary begins with a definition", "write its term above it, without indentation")
        else:
            in_definition = True
        was_empty = False
