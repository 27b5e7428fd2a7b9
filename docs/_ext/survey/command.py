"""The command line: ``python -m survey check`` and ``export``."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from survey.catalogue import Catalogue, Problem, load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status: 0 if all is well, 1 if there are problems, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):  # problems quote the files, whatever the locale can show
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="python -m survey", description="Work on the files of a survey.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="report every problem in the survey's files")
    check.add_argument("--root", type=Path, default=Path(), help="folder with references.bib and docs/ (default: here)")
    check.add_argument("--format", choices=sorted(FORMATS), default="text", help="how problems are printed")
    check.add_argument("files", nargs="*", help="ignored: pre-commit names the changed files, but checks need them all")
    export = commands.add_parser("export", help="write the survey's data files, as a build of the site has them")
    export.add_argument(
        "folder", metavar="DIR", type=Path, help="where they go; those of removed papers are deleted there"
    )
    export.add_argument(
        "--root", type=Path, default=Path(), help="folder with references.bib and docs/ (default: here)"
    )
    export.add_argument("--base-url", default="", help="address of the site (default: links in files are relative)")
    options = parser.parse_args(arguments)
    if not options.root.is_dir():
        parser.error(f"there is no folder '{options.root}'")
    if options.command == "export":
        if options.base_url and not options.base_url.startswith(("https://", "http://")):
            parser.error(f"'{options.base_url}' is not the address of a site; write https://…")
        return _export(options.root, options.folder, options.base_url)
    return _check(load(options.root), options.format)


def _check(catalogue: Catalogue, form: str) -> int:
    try:
        print(FORMATS[form](catalogue), flush=True)
    except BrokenPipeError:  # 'check | head': whoever read it has read enough, which is no fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python would write the rest when it ends
    return 1 if catalogue.problems else 0


def _export(root: Path, folder: Path, base: str) -> int:
    # Checks, which also run as a pre-commit hook, do without the libraries that write the files.
    from survey.exports import Site, data_files, write  # noqa: PLC0415

    catalogue = load(root)
    files = data_files(catalogue, root, Site.at(base))
    try:
        write(files, folder)
    except OSError as error:
        print(f"the files cannot be written to '{folder}': {error.strerror}", file=sys.stderr)
        return 1
    print(f"{len(files)} files of {len(catalogue.papers)} papers are in {folder}")
    if catalogue.problems:
        count = len(catalogue.problems)
        words = "a problem, which" if count == 1 else f"{count} problems, which"
        print(f"the survey has {words} 'python -m survey check' lists; the data may lack something", file=sys.stderr)
        return 1
    return 0


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
