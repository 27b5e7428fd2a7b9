"""The command line: ``python -m survey check``, ``export``, ``list`` and ``new``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from survey.command import check, export, new, overview, printing

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = (check, export, overview, new)
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status: 0 if all is well, 1 if there are problems, 2 for wrong usage.

    Whoever interrupts it gets 130, as from a shell.
    """
    for stream in (sys.stdout, sys.stderr):  # problems quote the files, whatever the locale can show
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(_options(arguments))
    finally:
        printing.finish()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m survey", description="Work on the files of a survey.")
    commands = parser.add_subparsers(dest="command", required=True)
    for module in _COMMANDS:
        command = module.add_to(commands)
        command.add_argument(
            "--root", type=Path, default=Path(), help="folder with references.bib and docs/ (default: here)"
        )
        command.set_defaults(run=module.run, parser=command)
    options = parser.parse_args(arguments)
    if not options.root.is_dir():
        parser.error(f"there is no folder '{options.root}'")
    return options


def _run(options: argparse.Namespace) -> int:
    try:
        status: int = options.run(options)
    except KeyboardInterrupt:
        printing.warn("interrupted; run it again to finish")
        return _INTERRUPTED
    except OSError as error:  # a folder that may not be read, a disk that is full
        where = f"'{error.filename}'" if error.filename else "a file"
        printing.warn(f"{where} cannot be used: {error.strerror or error}; mend its permissions, or free some space")
        return 1
    return status
