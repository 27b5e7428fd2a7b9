"""The same survey gives the same bytes: again, in another folder, with more processes, after what changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from changes import BELL, CHANGES, WU
from comparing import MODES, SEARCH_INDEX, Rebuilder, codes, differences, linked_survey, rebuilder_in
from trees import small_survey

if TYPE_CHECKING:
    from pathlib import Path

by_mode = pytest.mark.parametrize("mode", MODES)
BY_NAME = {change.name: change for change in CHANGES}


@pytest.fixture(scope="module")
def rebuilder(tmp_path_factory: pytest.TempPathFactory) -> Rebuilder:
    """Return a survey that has been built."""
    return rebuilder_in(tmp_path_factory.getbasetemp().resolve())


def test_parallel_build_gives_the_same_bytes(rebuilder: Rebuilder):
    serial, parallel = rebuilder.first["serial"], rebuilder.first["parallel"]
    assert parallel.files == serial.files
    assert parallel.warnings == serial.warnings == ""


def test_build_in_another_folder_gives_the_same_bytes(rebuilder: Rebuilder, tmp_path: Path):
    elsewhere = linked_survey(tmp_path / "a longer path" / "to the survey").build()
    assert elsewhere.files == rebuilder.first["serial"].files


@by_mode
def test_build_without_a_change_reads_and_writes_nothing(rebuilder: Rebuilder, mode: str):
    built = rebuilder.restored(mode).build(parallel=MODES[mode])
    assert (built.read, built.written, built.warnings) == (set(), set(), "")
    assert built.files == rebuilder.first[mode].files


@pytest.mark.parametrize(
    ("path", "read"),
    [("references.bib", set()), (f"docs/{WU}.md", {WU}), ("docs/index.md", {"index"})],
    ids=["bibliography", "paper", "home"],
)
def test_saving_a_file_as_it_was_gives_the_same_bytes(rebuilder: Rebuilder, path: str, read: set[str]):
    tree = rebuilder.restored()
    tree.write(path, tree.read(path))
    built = tree.build()
    assert built.read == read
    assert built.files == rebuilder.first["serial"].files


@pytest.mark.parametrize(
    "name",
    ["a paper removed", "a page in no toctree removed", "a citation added", "an uncited entry", "a facet's title"],
)
def test_build_after_a_rebuild_has_nothing_left_to_do(rebuilder: Rebuilder, name: str):
    tree = rebuilder.restored()
    BY_NAME[name].do(tree)
    second, third = tree.build(), tree.build()
    assert (third.read, third.written) == (set(), set())
    assert "0 added, 0 changed, 0 removed" in third.log
    assert third.files == second.files


def test_change_that_is_undone_gives_the_same_bytes(rebuilder: Rebuilder):
    tree = rebuilder.restored()
    source = tree.read(f"docs/{BELL}.md")
    tree.write(f"docs/{BELL}.md", source.replace("- previous-token", "- memory"))
    tree.build()
    tree.write(f"docs/{BELL}.md", source)
    assert differences(tree.build().files, rebuilder.first["serial"].files) == []


@by_mode
def test_problems_of_the_catalogue_are_warned_of_by_every_build(rebuilder: Rebuilder, mode: str):
    tree = rebuilder.restored(mode)
    tree.work("zhu2020unused", url="http://example.org/")
    warned = [tree.build(parallel=MODES[mode]).warnings for _ in range(3)]
    assert sorted(codes(warned[0])) == ["not-https", "unused-entry"]
    assert warned[1:] == warned[:2]


def test_unreadable_page_of_one_survey_is_not_missing_from_another(tmp_path: Path):
    # Fault: loading._configure adds to the list in config.exclude_patterns, the default of all builds of the process.
    pages = [b"# Notes\n\nA byte: \xff.\n", b"---\norphan: true\n---\n\n# Notes\n"]
    trees = [small_survey(tmp_path / name) for name in ("one", "another")]
    for tree, page in zip(trees, pages, strict=True):
        tree.write("docs/notes-of-one-survey.md", page)
    unreadable, readable = (tree.build() for tree in trees)
    assert codes(unreadable.warnings) == ["not-utf-8"]
    assert "notes-of-one-survey" in readable.read


def test_search_index_forgets_words(rebuilder: Rebuilder):
    """Words of a page that is gone make the index of every later build another than a clean build's."""
    # Fault: Sphinx leaves words without pages in the index that it updates; nothing in survey.pages takes them out.
    tree = rebuilder.restored()
    BY_NAME["a paper removed"].do(tree)
    assert tree.build().files[SEARCH_INDEX] == tree.build(fresh=True).files[SEARCH_INDEX]


@pytest.mark.parametrize("builder", ["html", "dirhtml", "text"])
def test_removed_paper_leaves_nothing_in_the_output(tmp_path: Path, builder: str):
    # Fault: rebuilding._suffix takes the source of a removed page for .rst, so _sources/papers/….md.txt stays;
    # rebuilding._remove_output does nothing for text.
    tree = linked_survey(tmp_path)
    tree.replace("docs/conf.py", "html_copy_source = False", "html_copy_source = True")
    assert any("bell2023previous" in path for path in tree.build(builder).files)
    BY_NAME["a paper removed"].do(tree)
    assert [path for path in tree.build(builder).files if "bell2023previous" in path] == []


# The theme shows the titles of all parts of the survey beside every page.
@pytest.mark.parametrize("name", ["a result", "a stage's name"])
def test_theme_of_the_site_gives_what_a_clean_build_gives(tmp_path: Path, name: str):
    # Fault: a new title of a page in a toctree stays old in the sidebar of all pages that aren't written again.
    tree = linked_survey(tmp_path)
    tree.replace("docs/conf.py", '"basic"', '"sphinx_book_theme"')
    first = tree.build()
    again = tree.build()
    assert (again.read, again.written, again.files) == (set(), set(), first.files)
    BY_NAME[name].do(tree)
    built = tree.build()
    assert built.warnings == ""
    assert differences(built.files, tree.build(fresh=True).files) == []
