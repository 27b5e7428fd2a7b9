"""``watch``: ask arXiv what is new, and put into the queue what may belong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

DAYS, _MOST_DAYS = 10, 90


def add_to(commands: Any) -> argparse.ArgumentParser:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "watch", help="ask arXiv what is new, and put into docs/queue.yaml what may belong"
    )
    parser.add_argument(
        "--days",
        type=int,
        default=DAYS,
        help=f"how many days back works are looked for; {DAYS}, a week and what arXiv lists late, if left out",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be put into the queue, and write nothing"
    )
    parser.add_argument("--answer", metavar="FILE", type=Path, help="where a list in Markdown goes, for a pull request")
    return parser


def run(options: argparse.Namespace) -> int:
    """Ask, and return 1 if there was no answer."""
    if not 1 <= options.days <= _MOST_DAYS:
        options.parser.error(f"--days is a number from 1 to {_MOST_DAYS}")
    # Checks, which also run as a pre-commit hook, need none of this.
    from survey.command.watching import look  # noqa: PLC0415  # other commands need none of it, and begin sooner

    return look(options)
