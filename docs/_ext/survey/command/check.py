"""``check``: every problem in a survey's files, for people and for tools."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from survey.catalogue import Catalogue, Problem, load
from survey.command.printing import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def add_to(commands: Any) -> argparse.ArgumentParser:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser("check", help="report every problem in the survey's files")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="how problems are printed")
    parser.add_argument(
        "files", nargs="*", help="ignored: pre-commit names the changed files, but checks need them all"
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Print the problems, and return 1 if there are any."""
    catalogue = load(options.root)
    said = say([FORMATS[options.format](catalogue)])
    return 1 if catalogue.problems or not said else 0


def _as_text(catalogue: Catalogue) -> str:
    lines = [str(problem) for problem in catalogue.problems]
    count = len(lines)
    heads = len(catalogue.entries.get("head", {}))
    lines.append(
        f"{len(catalogue.papers)} papers, {heads} head types, {len(catalogue.bibliography)} bibliography entries: "
        + (f"{count} problem{'s' if count != 1 else ''}" if count else "no problems")
    )
    return "\n".join(lines)


def _as_json(catalogue: Catalogue) -> str:
    return json.dumps([dataclasses.asdict(problem) for problem in catalogue.problems], ensure_ascii=False, indent=1)


def _as_github(catalogue: Catalogue) -> str:
    return "\n".join(_annotation(problem) for problem in catalogue.problems)


def _annotation(problem: Problem) -> str:
    """One workflow command of GitHub Actions (see "Workflow commands" at docs.github.com for the escapes)."""

    def escape(text: str, more: str = "") -> str:
        for character in "%\r\n" + more:
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    path, title = escape(problem.path, ":,"), escape(problem.code, ":,")
    return f"::error file={path},line={problem.line},title={title}::{escape(problem.explanation)}"


FORMATS: dict[str, Callable[[Catalogue], str]] = {"text": _as_text, "json": _as_json, "github": _as_github}
