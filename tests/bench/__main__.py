"""Measure builds, print a table and, with ``--write``, keep it in docs/development/performance.md.

Machines differ and are noisy: ratios within one run count, not seconds. Builds to be compared are made in turn.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import peers, reporting, surveys
from bench.measuring import Cost, cost_of

if TYPE_CHECKING:
    from bench.surveys import Survey

SIZES = (178, 700, 1400)


def build(docs: Path, output: Path, *options: str) -> Cost:
    """Build with Sphinx on top of what is there, and return what it cost."""
    doctrees = output.with_name(f"{output.name}-doctrees")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-b",
        "html",
        "-d",
        str(doctrees),
        *options,
        str(docs),
        str(output),
    ]
    return cost_of(command, docs)


def edits(survey: Survey, output: Path) -> dict[str, Cost]:
    """Return what builds cost on top of a full one: without a change, and after one each."""
    found = {"no change": build(survey.docs, output)}

    def edit(name: str, path: str, old: str, new: str) -> None:
        file = survey.root / path
        text = file.read_text("utf-8")
        if old not in text:
            raise RuntimeError(f"{path} has no {old!r}")
        file.write_text(text.replace(old, new, 1), "utf-8")
        found[name] = build(survey.docs, output)

    edit("one paper's summary", survey.paper, "Tasks\n: ", "Tasks\n: Changed: ")
    edit("one entry's year", "references.bib", "year", "note = {Changed},\n  year")
    edit("one head renamed", survey.head, "name: ", "name: New ")
    return found


def measure(survey: Survey, work: Path) -> dict[str, Cost]:
    """Return all that is measured of one survey."""
    output = work / "ours"
    plain_docs = surveys.plain(survey, work / "plain")
    found = {"full": build(survey.docs, output), "plain Sphinx": build(plain_docs, work / "plain-out")}
    found["plain Sphinx, no change"] = build(plain_docs, work / "plain-out")
    found["full again"] = build(survey.docs, work / "again", "-E")
    shutil.rmtree(work / "again")
    found["two processes"] = build(survey.docs, work / "two", "-j", "2")
    shutil.rmtree(work / "two")
    found |= edits(survey, output)
    env = {"PYTHONPATH": str(surveys.EXTENSION)}
    check = [sys.executable, "-m", "survey", "check", "--root", str(survey.root)]
    found["check"] = cost_of(check, survey.root, env, worst=1)  # papers that are repeated say the same twice
    return found


def machine() -> str:
    """Return what this ran on."""
    model = next((line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), "")
    name = model or platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text("utf-8").splitlines() if path.is_file() else []


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="numbers of papers")
    parser.add_argument("--made-up", action="store_true", help="measure made-up papers instead of this survey's own")
    parser.add_argument("--peers", action="store_true", help="also MkDocs and Hugo, where they are installed")
    parser.add_argument("--write", action="store_true", help="keep the table and a picture in docs/development")
    arguments = parser.parse_args()
    compileall.compile_dir(surveys.EXTENSION, quiet=1)
    make = surveys.made_up if arguments.made_up else surveys.of_the_corpus
    results: dict[int, dict[str, Cost]] = {}
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            survey = make(work / "survey", size)
            results[size] = measure(survey, work)
            if arguments.peers:
                results[size] |= peers.measure(survey, work)
        print(reporting.table({size: results[size]}), flush=True)
    if len(results) > 1:
        print(f"exponent of growth of a full build: {reporting.exponent(results):.2f}")
    if arguments.write:
        reporting.write(results, machine(), surveys.ROOT / "docs" / "development")


if __name__ == "__main__":
    main()
