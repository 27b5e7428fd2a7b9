"""``python -m survey new`` as a command: its usage, and which libraries the commands need."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from trees import EXTENSIONS

from survey.command import main

if TYPE_CHECKING:
    from trees import Tree

ENTRY = "@article{x, author={M{\\'u}ller, Ana}, title={A {T}itle}, journal={J}, year=2025}"
#: Runs the command in a Python in which the packages named first don't exist.
WITHOUT = """\
import sys
sys.modules.update(dict.fromkeys(sys.argv[1].split(",")))
from survey.command import main
sys.exit(main(sys.argv[2:]))
"""


def without(packages: str, survey: Tree, command: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command where packages are missing, with an entry on standard input."""
    run = [sys.executable, "-c", WITHOUT, packages, command, "--root", str(survey.root), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(EXTENSIONS)}
    return subprocess.run(run, input=ENTRY.encode(), env=environment, capture_output=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["2404.15574", "--head", "A"],
        ["--answer", "x", "2404.15574"],
        ["--stage", "x", "2404.15574"],
        ["--head", "A", "--key", "x"],
        ["no-such.bib"],
        ["--from-issue", "no-such"],
    ],
)
def test_wrong_usage_is_said_to_be(survey: Tree, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["new", "--root", str(survey.root), *arguments])
    assert ended.value.code == 2


def test_an_entry_is_added_without_what_asks_services(survey: Tree) -> None:
    done = without("httpx", survey, "new", "-")
    assert (done.returncode, done.stderr) == (0, b"")


def test_looking_up_without_it_says_what_to_install(survey: Tree) -> None:
    done = without("httpx", survey, "new", "2406.00001")
    assert done.returncode == 1
    assert b"needs the library httpx; install requirements/new.txt" in done.stderr


def test_checks_need_nothing_of_what_adding_needs(survey: Tree) -> None:
    done = without("httpx,survey.adding", survey, "check")
    assert (done.returncode, done.stderr) == (0, b"")
