"""Compare a version with what the files say, and print its section of the changelog: ``release.py v1.2.0``.

Exit status 1, with a line for each file that says something else, if the version cannot be released.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CITATION = "CITATION.cff"
_DATA = "docs/survey.toml"
#: Where the version is written, and how, beside pyproject.toml.
_PLACES = {
    "docs/_ext/survey/__init__.py": r'^__version__ = "(.*)"$',
    "docs/conf.py": r'^version = release = "(.*)"$',
    _CITATION: r'^version: "(.*)"$',
}


def versions(root: Path) -> dict[str, str]:
    """Return the version by the file that says it; empty where a file says none."""
    found = {"pyproject.toml": str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])}
    return found | {path: _first(root, path, pattern) for path, pattern in _PLACES.items()}


def section(root: Path, version: str) -> tuple[str, str]:
    """Return the date and the text of a version's section in the changelog, or two empty texts."""
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    form = rf"^## {re.escape(version)} - (\d{{4}}-\d{{2}}-\d{{2}})\n(.*?)(?=^## |\Z)"
    match = re.search(form, changelog, re.MULTILINE | re.DOTALL)
    return (match[1], match[2].strip()) if match else ("", "")


def faults(root: Path, version: str) -> list[str]:
    """Return what keeps a version from being released, as lines that say what to do."""
    result = [
        f"{path}: says version '{said}'; write '{version}' there, or release that version"
        for path, said in versions(root).items()
        if said != version
    ]
    date, text = section(root, version)
    if not text:
        result.append(f"CHANGELOG.md: has nothing under '## {version} - <date>'; move what is unreleased there")
    elif (cited := _first(root, _CITATION, r'^date-released: "(.*)"$')) != date:
        result.append(f"{_CITATION}: says date-released '{cited}'; CHANGELOG.md says {date}")
    else:
        result += _of_the_data(root, date)
    return result


def _of_the_data(root: Path, date: str) -> list[str]:
    """Return what is wrong with the version of the data, which is the month of the release."""
    said = _first(root, _DATA, r'^version = "(.*)"$')
    month = f"{date[:4]}.{int(date[5:7])}"
    if said == month or said.startswith(f"{month}."):
        return []
    return [f"{_DATA}: says version '{said}' of the data; write '{month}', the month of the release in CHANGELOG.md"]


def _first(root: Path, path: str, pattern: str) -> str:
    match = re.search(pattern, (root / path).read_text("utf-8"), re.MULTILINE)
    return match[1] if match else ""


def main(arguments: list[str]) -> int:
    """Run the command line."""
    if len(arguments) != 1:
        print("usage: release.py VERSION", file=sys.stderr)
        return 2
    version = arguments[0].removeprefix("v")
    found = faults(ROOT, version)
    for fault in found:
        print(fault, file=sys.stderr)
    if not found:
        print(section(ROOT, version)[1])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
