"""What is wrong with figures that pages declare or name: flows and attention patterns, in directives."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from survey.catalogue.problems import Problem, did_you_mean
from survey.catalogue.schema import flows, patterns
from survey.catalogue.schema.declarations import Declaration
from survey.catalogue.schema.fields import Fields, HeadFields, PaperFields, Pattern
from survey.catalogue.schema.flows import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set

    from survey.catalogue.checks.known_ids import Known
    from survey.catalogue.markup.body import Directive
    from survey.catalogue.records.files import Files, Page
    from survey.catalogue.schema.patterns import Fault

_Model = TypeVar("_Model", bound=Fields)
_MEND = "add its file, or mend the id"


def check(files: Files, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the figures of all pages."""
    positions: dict[str, set[tuple[str, str]]] | None = None
    for page in files.pages():
        for directive in page.body.drawn:
            if directive.name == "survey:pattern":
                yield from _pattern(page, directive, files, known)
                continue
            lines, first = _body(directive)
            declared, declaration = read_flow(lines, page.path, first)
            yield from declaration.problems
            if declared is not None:
                positions = _positions(files) if positions is None else positions
                given = positions.get(declared.model or "", set()) if _complete(files) else None
                models, heads = known.certain("model"), known.certain("head")
                yield from unknown_in_flow(declared, declaration, models, heads, given)


def read_flow(lines: Sequence[str], path: str, first: int) -> tuple[Flow | None, Declaration]:
    """Return what a directive declares, or None if it cannot be drawn; the declaration says why."""
    return _read(Declaration(lines, path, first, "flow"), Flow, flows.faults, "bad-value")


def read_pattern(lines: Sequence[str], path: str, first: int) -> tuple[Pattern | None, Declaration]:
    """Return what a directive declares, or None if it cannot be drawn; the declaration says why."""
    return _read(Declaration(lines, path, first, "pattern"), Pattern, patterns.faults, "bad-pattern")


def _read(
    declaration: Declaration, model: type[_Model], faults: Callable[[_Model], Iterable[Fault]], code: str
) -> tuple[_Model | None, Declaration]:
    declared = declaration.fields(model)
    if declared is not None:
        declaration.problems += [
            Problem(declaration.path, declaration.line(*at), code, message, hint)
            for at, message, hint in faults(declared)
        ]
    return (None if declaration.problems else declared), declaration


def unknown_in_flow(
    declared: Flow,
    declaration: Declaration,
    models: Collection[str] | None,
    heads: Collection[str] | None,
    positions: Set[tuple[str, str]] | None,
) -> Iterator[Problem]:
    """Yield what a flow names and the survey doesn't have: its model, heads, and positions, each of which has a source.

    ``positions`` are heads with what sources give in the flow's model. None stands for what cannot be known, since
    some file cannot be read.
    """
    path = declaration.path
    if declared.model is not None and models is not None and declared.model not in models:
        message = f"there is no model '{declared.model}'"
        hint = did_you_mean(declared.model, models, _MEND)
        yield Problem(path, declaration.line("model"), "unknown-model", message, hint)
        return
    for index, node in enumerate(declared.nodes):
        if node.head is None:
            continue
        if heads is not None and node.head not in heads:
            hint = did_you_mean(node.head, heads, _MEND)
            message = f"there is no head '{node.head}'"
            yield Problem(path, declaration.line("nodes", index, "head"), "unknown-head", message, hint)
            continue
        for number, at in enumerate(node.at):
            if positions is not None and (node.head, at) not in positions:
                line = declaration.line("nodes", index, "at", number)
                message = f"no source gives '{at}' as a position of '{node.head}' in '{declared.model}'"
                yield Problem(path, line, "bad-position", message, "add it to the paper's positions, or mend it")


def pattern_of_none(path: str, line: int, head: str, heads: Collection[str]) -> Problem:
    """Return what is wrong with naming a head type that has no pattern to draw, or that isn't there."""
    if head in heads:
        hint = "declare it in the head's file, or mend it there"
        return Problem(path, line, "bad-pattern", f"the head '{head}' has no pattern to draw", hint)
    return Problem(path, line, "unknown-head", f"there is no head '{head}'", did_you_mean(head, heads, _MEND))


def _pattern(page: Page, directive: Directive, files: Files, known: Known) -> Iterator[Problem]:
    if not directive.argument:
        lines, first = _body(directive)
        yield from read_pattern(lines, page.path, first)[1].problems
        return
    named = files.entries.get("head", {}).get(directive.argument)
    fields = named.fields if named is not None else None
    if isinstance(fields, HeadFields):
        drawable = fields.pattern is not None and not any(patterns.faults(fields.pattern))
    else:
        drawable = named is not None  # nothing can be said of a file that cannot be used
    heads = known.certain("head")
    if not drawable and heads is not None:
        yield pattern_of_none(page.path, directive.line, directive.argument, heads)


def _body(directive: Directive) -> tuple[list[str], int]:
    """Return the lines of a declaration and the line of the first, as MyST finds them: behind options and one blank."""
    lines, first = directive.content.splitlines(), directive.line + 1
    if directive.name == "survey:flow":  # it has no options and no argument: what stands there is declared
        if directive.argument:
            lines, first = [directive.argument, *lines], first - 1
        skip = 0
    elif lines and lines[0].startswith("---"):
        skip = next((at + 1 for at, line in enumerate(lines) if at and line.startswith("---")), len(lines))
    else:
        skip = next((at for at, line in enumerate(lines) if not _is_option(line)), len(lines))
    if skip < len(lines) and not lines[skip].strip():
        skip += 1
    return lines[skip:], first + skip


def _is_option(line: str) -> bool:
    stripped = line.lstrip()
    return stripped.startswith(":") and not stripped.startswith(":::")


def _positions(files: Files) -> dict[str, set[tuple[str, str]]]:
    """Return by model what positions sources give, with the head types that sit there."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for page in files.papers.values():
        if isinstance(page.fields, PaperFields):
            for group in page.fields.positions:
                if group.head is not None and not group.kv:
                    found[group.model] |= {(group.head, at) for at in group.at}
    for key, page in files.entries.get("head", {}).items():
        if isinstance(page.fields, HeadFields):
            for outside in page.fields.positions:
                found[outside.model] |= set() if outside.kv else {(key, at) for at in outside.at}
    return found


def _complete(files: Files) -> bool:
    """Say whether every file that may give positions could be used."""
    return all(page.fields is not None for page in (*files.papers.values(), *files.entries.get("head", {}).values()))
