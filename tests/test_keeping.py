"""What is kept of a catalogue between builds is the catalogue that is read anew, after any edit, or isn't used."""

from __future__ import annotations

import copy
import dataclasses
import os
import re
import shutil
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from changes import CHANGES
from comparing import linked_survey

from survey.catalogue import inputs, keeping, load, load_kept, loading
from survey.catalogue.bibliography import references
from survey.catalogue.checks import prose
from survey.catalogue.records import files

if TYPE_CHECKING:
    from pathlib import Path

    from comparing import Change
    from trees import Tree

    from survey.catalogue import Catalogue

CATALOGUE, PAGES = "catalogue.pickle", "texts.pickle"
PAPER = "docs/papers/wu2024retrieval.md"
_SET = re.compile(r"(?<=frozenset\(\{)[^}]*")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, Path]:
    """Return a survey, and the folder with what is kept of it."""
    folder = tmp_path_factory.mktemp("known")
    tree = linked_survey(folder / "survey")
    load_kept(tree.root, folder / "kept")
    return tree, folder / "kept"


@pytest.fixture
def survey(known: tuple[Tree, Path], tmp_path: Path) -> tuple[Tree, Path]:
    """Return a copy of both, to be changed."""
    tree, kept = known
    shutil.copytree(kept, tmp_path / "kept")
    shutil.copytree(tree.root, tmp_path / "survey", symlinks=True)
    copied = copy.copy(tree)
    copied.root, copied.works = tmp_path / "survey", dict(tree.works)
    return copied, tmp_path / "kept"


def said(catalogue: Catalogue) -> list[str]:
    """Return all that a catalogue says: the classes of fields that a survey declares are new ones at each reading."""
    names = [field.name for field in dataclasses.fields(catalogue) if field.name != "layout"]
    return [_SET.sub(_in_order, f"{name}: {getattr(catalogue, name)!r}") for name in names]


def _in_order(found: re.Match[str]) -> str:
    return ", ".join(sorted(found[0].split(", ")))


def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the paths of the facts are added that are read from now on."""
    found: list[str] = []
    own = files._read_fact

    def read(path: str, *rest: object) -> object:
        found.append(path)
        return own(path, *rest)

    monkeypatch.setattr(files, "_read_fact", read)
    return found


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_after_any_change_it_is_what_reading_gives(survey: tuple[Tree, Path], change: Change):
    tree, kept = survey
    change.do(tree)
    assert said(load_kept(tree.root, kept)[0]) == said(load(tree.root))
    assert said(load_kept(tree.root, kept)[0]) == said(load(tree.root))


def test_nothing_is_read_where_nothing_has_changed(survey: tuple[Tree, Path], monkeypatch: pytest.MonkeyPatch):
    tree, kept = survey
    expected = said(load(tree.root))
    monkeypatch.setattr(loading, "read_files", None)
    assert said(load_kept(tree.root, kept)[0]) == expected


def test_only_the_page_with_another_text_is_read(survey: tuple[Tree, Path], monkeypatch: pytest.MonkeyPatch):
    tree, kept = survey
    found = read_anew(monkeypatch)
    tree.write(PAPER, tree.read(PAPER) + "\nMore.\n")
    load_kept(tree.root, kept)
    assert found == [PAPER]


def test_a_change_of_what_the_survey_declares_has_all_pages_read(
    survey: tuple[Tree, Path], monkeypatch: pytest.MonkeyPatch
):
    tree, kept = survey
    found = read_anew(monkeypatch)
    tree.replace("docs/survey.toml", "Data sets", "Corpora")
    load_kept(tree.root, kept)
    assert {PAPER, "docs/heads/retrieval.md", "docs/datasets/needles.md"} <= set(found)


def test_problems_of_a_kept_page_are_reported_again(survey: tuple[Tree, Path]):
    tree, kept = survey
    tree.write(PAPER, tree.read(PAPER).replace("published:", "publisched:"))
    once = load_kept(tree.root, kept)[0].problems
    tree.write("docs/index.md", tree.read("docs/index.md") + "\nMore.\n")
    assert load_kept(tree.root, kept)[0].problems == once
    assert any(problem.path == PAPER for problem in once)


def test_what_is_found_on_a_page_alone_is_looked_for_once(survey: tuple[Tree, Path], monkeypatch: pytest.MonkeyPatch):
    tree, kept = survey
    tree.write("docs/survey.toml", tree.read("docs/survey.toml") + '\n[avoid]\n"in order to" = "write to"\n')
    tree.replace(PAPER, "A new idea.", "A new idea in order to see.")
    before = [str(problem) for problem in load_kept(tree.root, kept)[0].problems]
    assert sum("avoided-words" in problem for problem in before) == 1
    asked: list[str] = []
    passages = prose.passages
    monkeypatch.setattr(prose, "passages", lambda page: asked.append(page.path) or passages(page))
    tree.write("docs/papers/bell2023previous.md", tree.read("docs/papers/bell2023previous.md") + "\nMore.\n")
    assert [str(problem) for problem in load_kept(tree.root, kept)[0].problems] == before
    assert asked == ["docs/papers/bell2023previous.md"]


def test_the_bibliography_is_read_where_its_text_is_another(survey: tuple[Tree, Path], monkeypatch: pytest.MonkeyPatch):
    tree, kept = survey
    read = Mock(wraps=references.read_all)
    monkeypatch.setattr(references, "read_all", read)
    tree.replace(PAPER, "A new idea.", "A newer idea.")
    load_kept(tree.root, kept)
    assert not read.called
    tree.replace("references.bib", "Journal of Heads", "Journal of Tails")
    assert said(load_kept(tree.root, kept)[0]) == said(load(tree.root))
    assert read.called


@pytest.mark.parametrize("name", [CATALOGUE, PAGES])
@pytest.mark.parametrize(
    "damage",
    [lambda content: b"", lambda content: content[:40], lambda content: content[:-1], lambda content: b"x" * 64],
    ids=["empty", "cut", "a byte short", "other"],
)
def test_a_damaged_file_is_not_used(survey: tuple[Tree, Path], name: str, damage):
    tree, kept = survey
    (kept / name).write_bytes(damage((kept / name).read_bytes()))
    if name == PAGES:
        (kept / CATALOGUE).unlink()
    assert said(load_kept(tree.root, kept)[0]) == said(load(tree.root))


def test_the_day_is_judged_anew(survey: tuple[Tree, Path], monkeypatch: pytest.MonkeyPatch):
    tree, kept = survey
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(2**33))  # in the year 2242
    tree.write(PAPER, re.sub(r"published: .*", "published: 2241-01-01", tree.read(PAPER)))
    early = " ".join(problem.message for problem in load_kept(tree.root, kept)[0].problems)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    late = " ".join(problem.message for problem in load_kept(tree.root, kept)[0].problems)
    assert ("in the future" in early, "in the future" in late) == (False, True)


def test_where_nothing_can_be_written_everything_is_read(known: tuple[Tree, Path], tmp_path: Path):
    tree, _kept = known
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert said(load_kept(tree.root, tmp_path / "file")[0]) == said(load(tree.root))


def test_what_cannot_be_pickled_is_not_kept(known: tuple[Tree, Path], tmp_path: Path):
    layout = load(known[0].root).layout
    keeping.write(tmp_path / "kept", "a", layout, "first")
    assert keeping.read(tmp_path / "kept", "a", layout) == "first"
    keeping.write(tmp_path / "kept", "b", layout, lambda: None)
    assert keeping.read(tmp_path / "kept", "b", layout) is None
    assert keeping.read(tmp_path / "kept", "a", layout) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "docs/_static/new.png").write_bytes(b""),
        lambda root: (root / "docs/notes.txt").write_bytes(b""),
        lambda root: (root / "docs/link.md").symlink_to("index.md"),
        lambda root: (root / "CITATION.bib").write_text("@misc{a,}", "utf-8"),
        lambda root: (root / "docs/papers/_ext").mkdir(),
        lambda root: os.mkdir(root / "docs/papers.md"),  # noqa: PTH102 -- a lambda of one line
        lambda root: (root / os.fsdecode(b"docs/\xff.md")).write_bytes(b""),
    ],
    ids=[
        "an image",
        "a file that is no page",
        "a link",
        "a citation",
        "a folder of papers",
        "a folder",
        "a name that is no text",
    ],
)
def test_the_digest_tells_of_all_that_is_read(survey: tuple[Tree, Path], change):
    tree, _kept = survey
    (tree.root / "docs/_static").mkdir(exist_ok=True)
    before = inputs.digest(tree.root)
    change(tree.root)
    assert inputs.digest(tree.root) != before


def test_a_folder_that_has_moved_is_another(survey: tuple[Tree, Path]):
    tree, _kept = survey
    (tree.root / "docs/heads/drafts").mkdir()
    before = inputs.digest(tree.root)
    (tree.root / "docs/heads/drafts").rename(tree.root / "docs/papers/drafts")
    assert inputs.digest(tree.root) != before


def test_what_a_build_leaves_makes_no_difference(survey: tuple[Tree, Path]):
    tree, _kept = survey
    before = inputs.digest(tree.root)
    tree.write("docs/_build/html/index.html", "built")
    assert inputs.digest(tree.root) == before
