"""Mutation testing of what reads and writes facts: ``nox -s mutants``, or ``mutants.py FOLDER [MODULE …]``.

mutmut changes one thing after the other in the code and looks whether a test notices. It wants the code in ``src``, so
the repository is copied into a folder in which it is. Tests that start a command are left out, and so are most of those
that build: they take a second each, and facts are read and written without. MODULEs are paths below
``docs/_ext/survey``, by default all of ``catalogue`` and ``adding``. What ``mutmut results`` lists in FOLDER has
survived; ``mutmut show NAME`` shows how.

All of it takes a night. ``--sample 200 --seed 7`` draws that many mutants at random and
prints the share of those killed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("catalogue/*", "adding/*")
#: The tests that read and write facts, in half a minute; whoever survives them all has taken that long.
KILLERS = (
    *("bibliography", "body", "catalogue", "dates", "evidence", "exports", "exports_kinds", "explore", "facets"),
    *("figures_counts", "figures_wrong", "frontmatter", "limits", "metadata", "problems", "selecting", "venues"),
    *("from_issue", "from_issue_hostile", "new_entries", "new_failing", "new_heads", "new_identifiers"),
    *("new_lookups", "new_papers", "new_writing", "new_keys", "new_reading", "new_exported", "new_rare"),
    *("claims", "hostile_words", "labels", "markup", "queue"),
    *("explore", "figures_checked", "listed", "pages", "pages_entries", "pages_heads", "reference"),
    *("compare", "contested", "keeping", "math", "model_heads", "new_positions", "new_queue", "overview"),
    *("axes", "formulas", "new_said", "pieces", "policy", "positions", "settings", "views", "watch", "work_links"),
)
#: Those that may build: what pages show of a survey is chosen by the catalogue, and seen on pages alone.
BUILDING = (
    *("compare", "contested", "explore", "figures_checked", "listed", "model_heads", "overview", "pages"),
    *("pages_entries", "pages_heads", "positions", "queue", "reference"),
)
#: Left out: what starts commands, and what compares the code with itself.
_CHOSEN = "not command and not services_are_those_of_the_code"
_COPIED = ("tests", "docs", ".github", "references.bib", "CITATION.bib", "CITATION.cff", "CONTRIBUTING.md")
_LEFT_OUT = shutil.ignore_patterns("_build", "__pycache__", "browser")
_SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {modules}
also_copy = {copied}
pytest_add_cli_args = ["-p", "mutants_plugin", "-p", "no:xdist", "-q", "-k", {chosen}]
pytest_add_cli_args_test_selection = {tests}
"""
#: Skips a test where it builds and is none of the few that may. The tests' own folder is on Python's path.
_PLUGIN = """
import os

import hypothesis
import pytest
import trees

hypothesis.settings.register_profile(
    "mutants", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)  # a slow machine is no reason to run nothing
hypothesis.settings.load_profile("mutants")
_build = trees.Tree.build


def build(tree, builder="html", **options):
    if builder in {books}:
        pytest.skip("Typst stops in a process that is forked")
    if os.environ["PYTEST_CURRENT_TEST"].split("::")[0].rsplit("test_", 1)[-1].removesuffix(".py") not in {building}:
        pytest.skip("builds")
    return _build(tree, builder, **options)


trees.Tree.build = build
"""
#: What mutmut writes down of a mutant, by the status of its tests.
_OUTCOMES = {0: "survived", 5: "no tests", 33: "no tests", None: "not run"}
#: A name that no mutant has: everything is generated, and nothing run but the tests that tell which test reaches what.
_NONE = "survey.catalogue.none__mutmut_0"


def stage(folder: Path, modules: list[str]) -> None:
    """Copy the repository into a folder, with the extension in ``src``; what mutmut knows from before stays there."""
    for name in ("src", *_COPIED):
        shutil.rmtree(folder / name, ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "_ext" / "survey", folder / "src" / "survey", ignore=_LEFT_OUT)
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=_LEFT_OUT)
        else:
            shutil.copy(ROOT / name, folder / name)
    plugin = _PLUGIN.format(building=BUILDING, books=("latex", "epub"))
    (folder / "tests" / "mutants_plugin.py").write_text(plugin, "utf-8")
    settings = (
        (ROOT / "pyproject.toml").read_text("utf-8").replace('pythonpath = ["docs/_ext",', 'pythonpath = ["src",')
    )
    mutated = [f"src/survey/{module}" for module in modules]
    tests = [f"tests/test_{name}.py" for name in KILLERS]
    lists = {"modules": mutated, "copied": list(_COPIED[1:]), "tests": tests, "chosen": _CHOSEN}
    settings += _SETTINGS.format(**{name: json.dumps(value) for name, value in lists.items()})  # as TOML has them
    (folder / "pyproject.toml").write_text(settings, "utf-8")


def _outcomes(folder: Path) -> dict[str, int | None]:
    """Return the status of the tests of each mutant, None where they haven't run."""
    found: dict[str, int | None] = {}
    for file in sorted(folder.glob("mutants/src/survey/**/*.meta")):
        found |= json.loads(file.read_text("utf-8"))["exit_code_by_key"]
    return found


def _tally(outcomes: dict[str, int | None]) -> str:
    """Say how many were killed, and of how many."""
    tally = Counter(_OUTCOMES.get(status, "killed") for status in outcomes.values())
    run = tally.total() - tally["not run"]
    counts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(tally.items()))
    return f"{counts}; {tally['killed'] / max(run, 1):.1%} of {run} killed"


def main(arguments: list[str]) -> int:
    """Run mutmut in a folder, and list what has survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("modules", nargs="*", default=list(PACKAGES))
    parser.add_argument("--sample", type=int, default=0, help="how many mutants to draw at random; all by default")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    folder = options.folder
    stage(folder, options.modules)
    environment = {**os.environ, "PYTHONPATH": str((folder / "tests").resolve())}
    chosen: list[str] = []
    if options.sample:
        subprocess.run(["mutmut", "run", _NONE], check=False, cwd=folder, env=environment)
        drawn = random.Random(options.seed)  # a sample that can be drawn again
        names = sorted(_outcomes(folder))
        chosen = drawn.sample(names, min(options.sample, len(names)))
    status = subprocess.run(["mutmut", "run", *chosen], check=False, cwd=folder, env=environment).returncode
    outcomes = _outcomes(folder)
    chosen = chosen or sorted(outcomes)
    sys.stdout.writelines(f"{_OUTCOMES[outcomes[name]]}: {name}\n" for name in chosen if outcomes[name] in _OUTCOMES)
    sys.stdout.write(f"{_tally({name: outcomes[name] for name in chosen})}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
