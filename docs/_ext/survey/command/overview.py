"""``list``: for each paper what its page rests on, its models, methods and takeaway, and the tallies of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.catalogue import load
from survey.catalogue.views.overview import rows, tallies
from survey.command.printing import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from survey.catalogue import Catalogue

_NOTHING = "-"


def add_to(commands: Any) -> argparse.ArgumentParser:
    """Declare the command."""
    words = "list what each paper's page rests on: read, models, methods, takeaway; and count it"
    parser: argparse.ArgumentParser = commands.add_parser("list", help=words)
    parser.add_argument("--format", choices=("text", "csv"), default="text", help="how the papers are printed")
    parser.add_argument("--tallies", action="store_true", help="print the counts only")
    return parser


def run(options: argparse.Namespace) -> int:
    """Print the list, and return 1 if it cannot be written."""
    catalogue = load(options.root)
    if options.format == "csv" and not options.tallies:
        from survey.exports import tables  # noqa: PLC0415  # checks do without the libraries that write files

        return 0 if say([tables.overview(catalogue).removesuffix("\n")]) else 1
    lines = [] if options.tallies else list(_lines(catalogue))
    return 0 if say([*lines, *tallies(catalogue)]) else 1


def _lines(catalogue: Catalogue) -> Iterator[str]:
    for row in rows(catalogue):
        read, models, methods = (value or _NOTHING for value in (row.read, row.models, row.methods))
        findings = f"{row.findings} finding{'' if row.findings == 1 else 's'}"
        yield f"{row.key}: {read} | {models} | {methods} | {findings}"
        yield f"    {row.takeaway or _NOTHING}"
