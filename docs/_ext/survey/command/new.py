"""``new``: add a paper, or a head type, with what is known filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse


def add_to(commands: Any) -> argparse.ArgumentParser:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "new", help="add a paper or a head type: its files, with what is known filled in"
    )
    parser.add_argument(
        "identifier",
        metavar="IDENTIFIER",
        nargs="?",
        help="an arXiv number, a DOI, an address of arXiv, OpenReview or the ACL Anthology, a .bib file, - for an "
        "entry on standard input, or the key of a work that is cited but not surveyed",
    )
    parser.add_argument("--key", default="", help="the paper's key, if the one that would be made doesn't suit")
    parser.add_argument("--distinct", action="store_true", help="the paper is not the one with nearly the same title")
    parser.add_argument("--queue", action="store_true", help="put the work into docs/queue.yaml, without a page")
    parser.add_argument("--why", default="", help="with --queue: why it may belong, if not for its head types")
    parser.add_argument("--seen", default="", help="with --queue: where it was seen, if not where it is looked up")
    parser.add_argument("--left-out", metavar="REASON", default="", help="with --queue: why it is left out, if it is")
    parser.add_argument("--head", metavar="NAME", help="add a head type instead")
    parser.add_argument("--stage", default="", help="with --head: the id of its stage")
    parser.add_argument("--category", default="", help="with --head: the id of its category")
    parser.add_argument("--positions", metavar="FILE", type=Path, help="add the positions of a CSV table to a paper")
    parser.add_argument("--paper", metavar="KEY", default="", help="with --positions: the paper that gives them")
    parser.add_argument("--model", default="", help="with --positions: the model, where the table doesn't say it")
    parser.add_argument("--type", default="", help="with --positions: the head type, where the table doesn't say it")
    parser.add_argument("--source", default="", help="with --positions: section, figure, table or file that gives them")
    parser.add_argument("--inferred", action="store_true", help="with --positions: they are concluded, not stated")
    parser.add_argument("--automatic", action="store_true", help="with --positions: a detector or score chose them")
    parser.add_argument("--from-issue", metavar="FILE", type=Path, help="add the paper that an issue's text describes")
    parser.add_argument("--answer", metavar="FILE", type=Path, help="with --from-issue: where the Markdown answer goes")
    return parser


def run(options: argparse.Namespace) -> int:
    """Add what is asked for, and return 1 if nothing was added."""
    ways = (options.identifier, options.head, options.positions, options.from_issue)
    if sum(value is not None for value in ways) != 1:
        options.parser.error("give one of IDENTIFIER, --head NAME, --positions FILE and --from-issue FILE")
    if (options.positions is None) != (not options.paper):
        options.parser.error("--positions FILE and --paper KEY go with each other")
    said = (options.model, options.type, options.source, options.inferred, options.automatic)
    if any(said) and options.positions is None:
        options.parser.error("--model, --type, --source, --inferred and --automatic go with --positions")
    if options.answer is not None and options.from_issue is None:
        options.parser.error("--answer goes with --from-issue")
    if (options.stage or options.category) and options.head is None:
        options.parser.error("--stage and --category go with --head")
    if (options.key or options.distinct) and options.identifier is None:
        options.parser.error("--key and --distinct go with IDENTIFIER")
    if (options.why or options.seen or options.left_out) and not options.queue:
        options.parser.error("--why, --seen and --left-out go with --queue")
    if options.queue and (options.identifier is None or options.key or options.distinct):
        options.parser.error("--queue goes with IDENTIFIER, and neither with --key nor --distinct")
    # Checks, which also run as a pre-commit hook, need none of this.
    from survey.command.new_files import make  # noqa: PLC0415

    return make(options)
