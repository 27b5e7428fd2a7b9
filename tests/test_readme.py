"""The README in Chinese says what the README says: the same commands, files, sessions and links, in the same order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGLISH = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")


def code(text: str, language: str) -> list[str]:
    """Return the blocks of a language, without comments."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [re.sub(r" *# .*", "", block) for block in blocks]


def sections(text: str) -> list[str]:
    """Return the text of each section, from its heading on."""
    return re.split(r"^## ", text, flags=re.MULTILINE)


def paths(text: str) -> list[str]:
    """Return the files and folders of the overview."""
    return re.findall(r"^([\w./]+) {2,}", "".join(code(text, "text")), re.MULTILINE)


@pytest.mark.parametrize("language", ["sh", "python", "toml"])
def test_the_code_is_the_same(language: str) -> None:
    assert code(ENGLISH, language)
    assert code(CHINESE, language) == code(ENGLISH, language)


def test_the_same_files_and_sessions_are_explained() -> None:
    assert paths(ENGLISH)
    assert paths(CHINESE) == paths(ENGLISH)
    rows = r"^\| `(\w+)` \|"
    assert re.findall(rows, CHINESE, re.MULTILINE) == re.findall(rows, ENGLISH, re.MULTILINE)


def test_each_section_names_and_links_the_same() -> None:
    assert len(sections(CHINESE)) == len(sections(ENGLISH))
    for mine, other in zip(sections(CHINESE), sections(ENGLISH), strict=True):
        for form in (r"`[^`\n]+`", r"\]\(([^)]*)\)", r"^\d\."):
            named = sorted(re.findall(form, mine, re.MULTILINE)), sorted(re.findall(form, other, re.MULTILINE))
            ours, theirs = ({name for name in names if not name.startswith("README")} for names in named)
            assert ours == theirs, other.partition("\n")[0]


def test_each_leads_to_the_other() -> None:
    assert "](README.zh-CN.md)" in ENGLISH.partition("## ")[0]
    assert "](README.md)" in CHINESE.partition("## ")[0]


def test_every_session_of_the_table_exists() -> None:
    sessions = set(
        re.findall(r"^@nox\.session.*\n(?:@.*\n)*def (\w+)", (ROOT / "noxfile.py").read_text("utf-8"), re.MULTILINE)
    )
    assert set(re.findall(r"^\| `(\w+)` \|", ENGLISH, re.MULTILINE)) == sessions
