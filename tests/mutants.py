"""Mutation testing of what reads and writes facts: ``nox -s mutants``, or ``mutants.py FOLDER [MODULE …]``.

mutmut changes one thing after the other in the code and looks whether a test notices. It wants the code in ``src``, so
the repository is copied into a folder in which it is. Tests that build or start a command are left out: they take a
second each, and facts are read and written without. MODULEs are paths below ``docs/_ext/survey``, by default all of
``catalogue`` and ``adding``. What ``mutmut results`` lists in FOLDER has survived; ``mutmut show NAME`` shows how.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("catalogue/*", "adding/*")
#: The tests that read and write facts, in half a minute; whoever survives them all has taken that long.
KILLERS = (
    *("bibliography", "body", "catalogue", "dates", "evidence", "exports", "exports_kinds", "explore", "facets"),
    *("figures_counts", "figures_wrong", "frontmatter", "limits", "metadata", "problems", "selecting", "venues"),
    *("from_issue", "from_issue_hostile", "new_entries", "new_failing", "new_heads", "new_identifiers"),
    *("new_lookups", "new_papers", "new_writing", "new_keys", "new_reading", "new_exported"),
    *("claims", "labels", "markup", "queue"),
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
#: Skips a test where it builds. The tests' own folder is on Python's path.
_PLUGIN = """
import pytest
import trees


def build(*_, **__):
    pytest.skip("builds")


trees.Tree.build = build
"""


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
    (folder / "tests" / "mutants_plugin.py").write_text(_PLUGIN, "utf-8")
    settings = (
        (ROOT / "pyproject.toml").read_text("utf-8").replace('pythonpath = ["docs/_ext",', 'pythonpath = ["src",')
    )
    mutated = [f"src/survey/{module}" for module in modules]
    tests = [f"tests/test_{name}.py" for name in KILLERS]
    lists = {"modules": mutated, "copied": list(_COPIED[1:]), "tests": tests, "chosen": _CHOSEN}
    settings += _SETTINGS.format(**{name: json.dumps(value) for name, value in lists.items()})  # as TOML has them
    (folder / "pyproject.toml").write_text(settings, "utf-8")


def main(arguments: list[str]) -> int:
    """Run mutmut in a folder, and list what has survived."""
    folder, modules = Path(arguments[0]), arguments[1:] or list(PACKAGES)
    stage(folder, modules)
    environment = {**os.environ, "PYTHONPATH": str((folder / "tests").resolve())}
    status = subprocess.run(["mutmut", "run"], check=False, cwd=folder, env=environment).returncode
    subprocess.run(["mutmut", "results"], check=False, cwd=folder, env=environment)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
