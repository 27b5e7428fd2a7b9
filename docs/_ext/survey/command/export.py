"""``export``: the survey's data files, with the same bytes as a build of the site has them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from survey import translation
from survey.catalogue import load
from survey.command.printing import say, warn

if TYPE_CHECKING:
    import argparse


def add_to(commands: Any) -> argparse.ArgumentParser:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "export", help="write the survey's data files, as a build of the site has them"
    )
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="where they go; those of removed papers are deleted there"
    )
    parser.add_argument("--language", default="en", help="that of the feeds' own words, as in a build (default: en)")
    parser.add_argument("--base-url", default="", help="address of the site (default: links in files are relative)")
    return parser


def run(options: argparse.Namespace) -> int:
    """Write the files, and return 1 if the survey has problems or they cannot be written."""
    base, folder = options.base_url, options.folder
    if base and not _is_address(base):
        options.parser.error(f"'{base}' is not the address of a site; write https://…")
    # Checks, which also run as a pre-commit hook, do without the libraries that write the files.
    from survey.exports import Site, each_file, write  # noqa: PLC0415  # other commands need none of it, and begin sooner

    catalogue = load(options.root)
    translation.use(translation.spoken_in(options.language))
    try:
        files = write(each_file(catalogue, options.root, Site.at(base)), folder)
    except OSError as error:
        warn(f"the files cannot be written to '{folder}': {error.strerror}")
        return 1
    finally:
        translation.use()
    say([f"{len(files)} files of {len(catalogue.papers)} papers are in {folder}"])
    if catalogue.problems:
        count = len(catalogue.problems)
        problems = "a problem, which" if count == 1 else f"{count} problems, which"
        warn(f"the survey has {problems} 'python -m survey check' lists; the data may lack something")
        return 1
    return 0


def _is_address(base: str) -> bool:
    """Tell whether a site can be at an address."""
    try:
        parts = urlsplit(base)
        complete = bool(parts.scheme in {"https", "http"} and parts.hostname and parts.port != 0)
    except ValueError:
        return False
    return complete and not (parts.query or parts.fragment or re.search(r"[\s\"'<>]", base))
