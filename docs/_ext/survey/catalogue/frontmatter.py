"""Front matter: read with PyYAML's ``compose``, so that every value keeps its line and the text as it was written.

YAML's own types would lose facts: ``2404.10570`` becomes the number 2404.1057, of two equal keys the first vanishes,
and a day of the calendar turns into an object. Scalars therefore stay text, and the fields decide what they mean.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from survey.catalogue.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r"---[ \t]*")
_DEEPEST = 50  #: Lists and mappings inside each other; the fields need five.
#: A path into the front matter: keys and indices from the outside in.
Path = tuple[str | int, ...]


@dataclass(slots=True)
class FrontMatter:
    """The YAML block at the top of a file."""

    values: dict[str, Any] = field(default_factory=dict)  #: Mappings, lists, text and None.
    lines: dict[Path, int] = field(default_factory=dict)  #: The line of each key and item.
    numbers: dict[Path, str] = field(default_factory=dict)  #: Unquoted values that YAML takes for a fraction.
    end: int = 0  #: The line of the closing fence; 0 if there's no front matter.

    def line(self, path: Path) -> int:
        """Return the line of ``path``, or of the nearest part around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def split(text: str) -> tuple[str, int] | None:
    """Return the YAML block of ``text`` and the line of its closing fence, or None if it has none."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0].rstrip("\r")):
        return None
    for number, line in enumerate(lines[1:], start=2):
        if _FENCE.fullmatch(line.rstrip("\r")):
            return "\n".join(lines[1 : number - 1]), number
    return None


def parse(text: str, path: str) -> tuple[FrontMatter, list[Problem]]:
    """Read the front matter at the top of ``text``, the content of the file ``path``.

    A file without front matter gives an empty one. What cannot be read is reported, never raised.
    """
    block = split(text)
    if block is None:
        if _FENCE.fullmatch(text.split("\n", 1)[0].rstrip("\r")):
            problem = Problem(path, 1, "yaml-syntax", "the front matter is not closed", "end it with a line '---'")
            return FrontMatter(), [problem]
        return FrontMatter(), []
    source, end = block
    front, problems = FrontMatter(end=end), list[Problem]()
    try:
        root = _compose(source)
        if root is not None:
            front.values = _Reader(front, path, problems).mapping_at_top(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.append(_syntax(path, mark.line + 1 if mark else 1, _words(error)))
    except yaml.YAMLError as error:
        problems.append(_syntax(path, 1, str(error).split("\n", maxsplit=1)[0]))
    except RecursionError:
        problems.append(_syntax(path, 1, "the front matter is nested too deeply"))
    return front, problems


def _compose(source: str) -> yaml.Node | None:
    """Compose a block with libyaml, where PyYAML has it, and again without if it fails: its messages say less."""
    text = "\n" + source  # the line break in front makes YAML count lines as the file does
    if yaml.__with_libyaml__:
        with contextlib.suppress(yaml.YAMLError):
            _check_depth(text)
            return yaml.compose(text, Loader=yaml.CSafeLoader)
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _check_depth(text: str) -> None:
    """Raise RecursionError where Python would: libyaml's composer calls itself, and would crash instead."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise RecursionError


def _syntax(path: str, line: int, message: str) -> Problem:
    return Problem(path, line, "yaml-syntax", message, "mend the YAML; the file isn't used until it can be read")


def _words(error: yaml.MarkedYAMLError) -> str:
    """Turn PyYAML's message into a sentence for someone who has never met a YAML scanner."""
    problem = error.problem or "the front matter is not YAML"
    if r"'\t'" in problem:
        return "a tab stands where YAML allows only spaces"
    if "mapping values are not allowed" in problem:
        return "a colon followed by a space inside a text that has no quotes"
    return f"{error.context}, {problem}" if error.context else problem


class _Reader:
    """Turns composed YAML nodes into plain values and notes where they stand."""

    def __init__(self, front: FrontMatter, path: str, problems: list[Problem]) -> None:
        self.front, self.path, self.problems = front, path, problems
        self.seen: set[int] = set()

    def mapping_at_top(self, node: yaml.Node) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            line = node.start_mark.line + 1
            self.problems.append(_syntax(self.path, line, "the front matter is not a list of 'key: value'"))
            return {}
        value = self.value(node, ())
        return value if isinstance(value, dict) else {}

    def value(self, node: yaml.Node, at: Path) -> Any:
        line = node.start_mark.line + 1
        self.front.lines.setdefault(at, line)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, at, line)
        if id(node) in self.seen:  # an alias: at best unclear, at worst a bomb
            hint = "write the value out"
            self.problems.append(Problem(self.path, line, "yaml-alias", "an alias (*name) stands for a value", hint))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*at, index)) for index, item in enumerate(node.value)]
        return {key: self.value(child, (*at, key)) for key, child in self.pairs(node, at)}

    def pairs(self, node: yaml.Node, at: Path) -> Iterator[tuple[str, yaml.Node]]:
        known: dict[str, int] = {}
        for key_node, child in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(_syntax(self.path, line, "a key is a list or a mapping"))
                continue
            key = key_node.value
            if key in known:
                message = f"'{key}' is already given at line {known[key]}"
                hint = "keep one; the second is not used"
                self.problems.append(Problem(self.path, line, "repeated-key", message, hint))
                continue
            known[key] = line
            self.front.lines[(*at, key)] = line
            yield key, child

    def scalar(self, node: yaml.ScalarNode, at: Path, line: int) -> str | None:
        text: str = node.value
        if node.style:  # quoted, or a block; plain is None, and with libyaml the empty text
            return text
        kind = node.tag.rpartition(":")[2]
        if kind == "null":
            return None
        if kind == "float":
            self.front.numbers[at] = text
        if kind in {"float", "int"} and (shown := _as_number(text)) != text and "pattern" not in at:
            message = f"YAML readers take {text} for the number {shown}"
            self.problems.append(Problem(self.path, line, "unquoted-number", message, f"put it in quotes: '{text}'"))
        return text


def _as_number(text: str) -> str:
    """Return what is left of ``text`` once a YAML reader has made a number of it."""
    value = yaml.safe_load(text)
    return str(value)
