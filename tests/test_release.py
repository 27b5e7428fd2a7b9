"""What is released: one version in all files, with its section of the changelog, and the same data for archives."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from trees import ROOT

import survey

SCRIPT = Path(".github", "scripts", "release.py")
#: The files that say the version or what it brings.
FILES = ("pyproject.toml", "docs/conf.py", "docs/_ext/survey/__init__.py", "CITATION.cff", "CHANGELOG.md")
DATA = "docs/survey.toml"
OLD, NEW = "0.1.0", "0.2.0"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a copy of the files, in which the newest version in the changelog is the old one."""
    for name in (*FILES, SCRIPT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for name in FILES[:-1]:
        path = tmp_path / name
        path.write_text(path.read_text("utf-8").replace(survey.__version__, OLD), "utf-8")
    citation = tmp_path / "CITATION.cff"
    lines = citation.read_text("utf-8").splitlines()
    dated = ['date-released: "2026-11-25"' if line.startswith("date-released") else line for line in lines]
    citation.write_text("\n".join(dated), "utf-8")
    (tmp_path / DATA).write_text('[data]\nversion = "2026.11"\n', "utf-8")
    changelog = "# Changelog\n\n## Unreleased\n\n- Not yet.\n\n## 0.1.0 - 2026-11-25\n\n### Added\n\n- All of it.\n"
    (tmp_path / "CHANGELOG.md").write_text(f"{changelog}\n## 0.0.1 - 2026-01-01\n\n- Less.\n", "utf-8")
    return tmp_path


def release(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(repository / SCRIPT), *arguments]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8", cwd=repository.parent)


def test_every_file_says_the_same_version() -> None:
    said = runpy.run_path(str(ROOT / SCRIPT))["versions"](ROOT)
    assert said == dict.fromkeys(said, survey.__version__)
    assert set(said) == set(FILES) - {"CHANGELOG.md"}


@pytest.mark.parametrize("version", [OLD, f"v{OLD}"])
def test_the_notes_are_the_versions_section_of_the_changelog(repository: Path, version: str) -> None:
    done = release(repository, version)
    assert (done.returncode, done.stdout) == (0, "### Added\n\n- All of it.\n")


def test_a_version_that_no_file_says_is_refused_with_a_line_for_each(repository: Path) -> None:
    done = release(repository, NEW)
    assert (done.returncode, done.stdout) == (1, "")
    assert sorted(line.partition(":")[0] for line in done.stderr.splitlines()) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_one_file_that_was_forgotten_is_named(repository: Path, name: str) -> None:
    path = repository / name
    path.write_text(path.read_text("utf-8").replace(OLD, "0.0.9"), "utf-8")
    done = release(repository, OLD)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: ")
    assert done.stderr.count("\n") == 1


def test_the_day_of_the_citation_is_that_of_the_changelog(repository: Path) -> None:
    path = repository / "CITATION.cff"
    path.write_text(path.read_text("utf-8").replace("2026-11-25", "2026-11-24"), "utf-8")
    done = release(repository, OLD)
    assert done.returncode == 1
    assert done.stderr == "CITATION.cff: says date-released '2026-11-24'; CHANGELOG.md says 2026-11-25\n"


@pytest.mark.parametrize("arguments", [(), ("1", "2")])
def test_without_one_version_the_usage_is_said(repository: Path, arguments: tuple[str, ...]) -> None:
    done = release(repository, *arguments)
    assert (done.returncode, done.stderr) == (2, "usage: release.py VERSION\n")


def test_the_citation_is_one_that_zenodo_archives_by() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["license"] == "CC-BY-4.0"  # a list of licences, and it refuses the file
    assert cited["authors"]
    assert not (ROOT / ".zenodo.json").exists()  # which would be read instead


# Where the site is: docs/conf.py by what Read the Docs says in the environment

PROJECT = {"READTHEDOCS_PROJECT": "heads", "READTHEDOCS_LANGUAGE": "en"}
PREVIEW = PROJECT | {
    "READTHEDOCS_VERSION_TYPE": "external",
    "READTHEDOCS_CANONICAL_URL": "https://heads--17.org.readthedocs.build/en/17/",
}
LATEST = PROJECT | {
    "READTHEDOCS_VERSION_TYPE": "branch",
    "READTHEDOCS_CANONICAL_URL": "https://heads.example.org/en/latest/",
}


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, ""),
        (LATEST, "https://heads.example.org/en/latest/"),
        (PREVIEW, "https://heads.readthedocs.io/en/latest/"),
        (PREVIEW | {"SURVEY_URL": "https://heads.example.org/"}, "https://heads.example.org/"),
        (LATEST | {"SURVEY_URL": "https://heads.example.org/"}, "https://heads.example.org/"),
    ],
    ids=["one's own machine", "site", "preview", "preview, own domain", "own domain"],
)
def test_pages_name_the_address_that_lasts(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], address: str
) -> None:
    for name in {*PREVIEW, "SURVEY_URL"}:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert runpy.run_path(str(ROOT / "docs" / "conf.py"))["html_baseurl"] == address


@pytest.mark.parametrize("given", ["", "https://github.com/owner/survey"])
def test_the_repository_can_be_another(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SURVEY_REPOSITORY", given)
    found = runpy.run_path(str(ROOT / "docs" / "conf.py"))["survey_repository"]
    assert found == (given or "https://github.com/IAAR-Shanghai/Awesome-Attention-Heads")


@pytest.mark.parametrize(("said", "right"), [("2026.11.1", True), ("2026.1", False), ("2026.12", False), ("", False)])
def test_the_version_of_the_data_is_the_month_of_the_release(repository: Path, said: str, right: bool) -> None:
    (repository / DATA).write_text(f'[data]\nversion = "{said}"\n', "utf-8")
    done = release(repository, OLD)
    assert (done.returncode == 0) is right
    assert right or done.stderr.startswith(f"{DATA}: says version '{said}' of the data; write '2026.11'")
