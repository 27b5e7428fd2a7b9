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
from survey.catalogue.schema import yaml_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r"---[ \t]*")
_TAG = re.compile(r"[^\s,\[\]{}]*")
_DEEPEST = 50  #: Lists and mappings inside each other; the fields need five.
_RESOLVER = yaml.resolver.Resolver()
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


def texts(value: Any, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text in a value of front matter, with its path."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*at, index))


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
    source = "\n" + source  # the line break in front makes lines count as in the file
    front, problems = FrontMatter(end=end), list[Problem]()
    try:
        root, aliases, tags = _compose(source)
    except RecursionError:
        problems.append(_syntax(path, 1, "the front matter is nested too deeply"))
    except yaml.YAMLError as error:
        index, message = yaml_errors.fault(error, source)
        problems.append(_syntax(path, _line(source, index), message))
    else:
        for index in aliases:
            message, hint = "an alias (*name) stands for a value", "write the value out"
            problems.append(Problem(path, _line(source, index), "yaml-alias", message, hint))
        for index in tags:
            message = f"a tag ({_word(source, index)}) stands in front of a value"
            problems.append(Problem(path, _line(source, index), "yaml-tag", message, "write the value without it"))
        if root is not None and not aliases:
            front.values = _Reader(front, path, source, problems).mapping_at_top(root)
    return front, problems


def _line(source: str, index: int) -> int:
    """Return the line of a character; YAML's own count knows other line breaks than editors do."""
    return source.count("\n", 0, index) + 1


def _compose(source: str) -> tuple[yaml.Node | None, list[int], list[int]]:
    """Compose a block, and say where it has aliases, at best unclear and at worst a bomb, and tags, which MyST refuses.

    With libyaml, where PyYAML has it, and again without if it fails: its messages say less.
    """
    if yaml.__with_libyaml__:
        with contextlib.suppress(yaml.YAMLError):
            return _compose_with(source, yaml.CSafeLoader)
    return _compose_with(source, yaml.SafeLoader)


def _compose_with(source: str, loader: Any) -> tuple[yaml.Node | None, list[int], list[int]]:
    depth, aliases, tags = 0, list[int](), list[int]()
    for event in yaml.parse(source, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:  # composing calls itself, and libyaml would crash
            raise RecursionError
        if isinstance(event, yaml.AliasEvent) and event.start_mark is not None:
            aliases.append(event.start_mark.index)
        elif getattr(event, "tag", None) is not None and event.start_mark is not None:
            tags.append(_after_anchor(source, event.start_mark.index))
    return yaml.compose(source, Loader=loader), aliases, tags


def _word(source: str, index: int) -> str:
    match = _TAG.match(source, index)
    return match[0] if match is not None else ""


def _after_anchor(source: str, index: int) -> int:
    """Return where a tag begins, in front of which an anchor may stand."""
    return source.index("!", index)


def _syntax(path: str, line: int, message: str) -> Problem:
    return Problem(path, line, "yaml-syntax", message, "mend the YAML; the file isn't used until it can be read")


class _Reader:
    """Turns composed YAML nodes into plain values and notes where they stand."""

    def __init__(self, front: FrontMatter, path: str, source: str, problems: list[Problem]) -> None:
        self.front, self.path, self.source, self.problems = front, path, source, problems

    def mapping_at_top(self, node: yaml.Node) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            line = self.line(node)
            self.problems.append(_syntax(self.path, line, "the front matter is not a list of 'key: value'"))
            return {}
        value = self.value(node, ())
        return value if isinstance(value, dict) else {}

    def line(self, node: yaml.Node) -> int:
        return _line(self.source, node.start_mark.index)

    def value(self, node: yaml.Node, at: Path) -> Any:
        line = self.line(node)
        self.front.lines.setdefault(at, line)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, at, line)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*at, index)) for index, item in enumerate(node.value)]
        return {key: self.value(child, (*at, key)) for key, child in self.pairs(node, at)}

    def pairs(self, node: yaml.Node, at: Path) -> Iterator[tuple[str, yaml.Node]]:
        known: dict[str, int] = {}
        for key_node, child in node.value:
            line = self.line(key_node)
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
        tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        kind = tag.rpartition(":")[2]  # what the text looks like, whatever tag stands in front of it
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
    try:
        return str(yaml.safe_load(text))
    except ValueError:  # it has the form of a number, but Python makes none of it: thousands of digits, or '0x_'
        return text
