"""Edits after which an incremental build once differed from a clean one; random edits found most of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from comparing import differences
from edits import HOME, survey_at
from forking import build, output_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trees import Tree

ORPHAN = "---\norphan: true\n---\n\n"
SETTINGS = "docs/survey.toml"
DATASETS = '[[facets]]\nkind = "dataset"\nfolder = "datasets"\ntitle = "Data sets"\n'
TERM = "```{glossary}\nOV circuit\n: What a head writes.\n```\n"
LAYOUT = '{%- extends "!layout.html" %}{%- block footer %}<p>Ours</p>{%- endblock %}\n'
IMAGES = "# Images\n\n![One](/one/picture.png) ![Two](/two/picture.png)\n"


def write(path: str, text: str) -> Callable[[Tree], None]:
    """Return what writes a file."""
    return lambda tree: tree.write(path, text) and None


def remove(path: str) -> Callable[[Tree], None]:
    """Return what removes a file or folder."""
    return lambda tree: tree.remove(path)


def configure(*lines: str) -> Callable[[Tree], None]:
    """Return what adds settings, after those that are there at first."""

    def do(tree: Tree) -> None:
        first = tree.read("docs/conf.py").partition("# more\n")[0]
        tree.write("docs/conf.py", "\n".join([f"{first}# more", *lines, ""]))

    return do


def home(pages: str, options: str = "") -> Callable[[Tree], None]:
    """Return what writes the first page with a table of contents."""
    return write("docs/index.md", HOME.format(title="Home", text="", caption=f"{options}\n", pages=pages))


def old_page(tree: Tree) -> None:
    """Put a page in the place of another that is younger."""
    path = tree.write("docs/essay.md", "# An older essay\n\nFrom a copy with its times.\n")
    os.utime(path, (1_000_000_000, 1_000_000_000))


def old_picture(tree: Tree) -> None:
    """Put an image in the place of another that is younger."""
    path = tree.write("docs/one/picture.png", "an older one")
    os.utime(path, (1_000_000_000, 1_000_000_000))


def moved_page(tree: Tree) -> None:
    """Move a page in the place of another, with the times that it has."""
    (tree.root / "docs/notes.md").replace(tree.root / "docs/essay.md")


INDEX = write("docs/notes.md", f"{ORPHAN}# Notes\n\n```{{survey:index}} head\n```\n")
EXPLORER = write("docs/finder.md", f"{ORPHAN}# All of them\n\n```{{survey:explore}}\n```\n")


def build_first(tree: Tree) -> None:
    """Build between two edits."""
    assert build(tree.root / "docs", tree.root.parent / "html").traceback == ""


#: What is done before the first build, and what before the second.
FOUND: dict[str, tuple[list[Callable[[Tree], None]], list[Callable[[Tree], None]]]] = {
    "general index switched off": ([], [configure("html_use_index = False")]),
    "citation of the survey removed": (
        [write("CITATION.bib", "@misc{doe2025survey,\n  title = {S},\n  author = {Doe, Jane},\n  year = {2025},\n}\n")],
        [remove("CITATION.bib")],
    ),
    "bibliography removed": ([], [remove("references.bib")]),
    "facet declared after its index page": (
        [
            write("docs/datasets/index.md", f"{ORPHAN}# Sets\n\n```{{survey:index}} dataset\n```\n"),
            write("docs/datasets/needles.md", "---\ndataset:\n  name: Needles\n---\n\n# Needles\n\nA set.\n"),
        ],
        [write(SETTINGS, DATASETS)],
    ),
    "facet removed that a listing names": (
        [write(SETTINGS, DATASETS), write("docs/essay.md", "# E\n\n```{survey:papers}\n:dataset: needles\n```\n")],
        [remove(SETTINGS)],
    ),
    "numbers taken from sections": (
        [home("chronology\nbibliography\nessay", ":numbered:\n")],
        [home("chronology\nbibliography\nessay")],
    ),
    "page removed that a table of contents names": (
        [home("chronology\ntaxonomy\nbibliography")],
        [remove("docs/chronology.md"), remove("docs/essay.md")],
    ),
    "page removed that another links to": (
        [write("docs/notes.md", f"{ORPHAN}# Notes\n"), write("docs/essay.md", "# E\n\n{doc}`/notes`, [n](notes.md)\n")],
        [remove("docs/notes.md")],
    ),
    "page added that another links to": (
        [write("docs/essay.md", "# E\n\n{doc}`/notes`, [n](notes.md)\n")],
        [write("docs/notes.md", f"{ORPHAN}# Notes\n")],
    ),
    "title of a page that another links to": (
        [write("docs/notes.md", f"{ORPHAN}# Notes\n"), write("docs/essay.md", "# E\n\n{doc}`/notes`\n")],
        [write("docs/notes.md", f"{ORPHAN}# Remarks\n")],
    ),
    "second definition of a term removed": (
        [write("docs/a.md", f"{ORPHAN}# A\n\n{TERM}"), write("docs/b.md", f"{ORPHAN}# B\n\n{TERM}")],
        [remove("docs/b.md")],
    ),
    "term defined again on an earlier page": (
        [write("docs/b.md", f"{ORPHAN}# B\n\n{TERM}"), write("docs/essay.md", "# E\n\n{term}`OV circuit`\n")],
        [write("docs/a.md", f"{ORPHAN}# A\n\n{TERM}")],
    ),
    "page with a term beside the one that changed": (
        [write("docs/a.md", f"{ORPHAN}# A\n\n{TERM}\n```{{index}} single: heads\n```\n")],
        [write("docs/essay.md", "# Another essay\n")],
    ),
    "back to English": ([configure('language = "zh_CN"')], [configure()]),
    "sources no longer copied": ([configure("html_copy_source = True")], [configure("html_copy_source = False")]),
    "style sheet changed": (
        [
            configure('html_static_path = ["_static"]', 'html_css_files = ["a.css"]'),
            write("docs/_static/a.css", "p {}"),
        ],
        [write("docs/_static/a.css", "p { color: red }")],
    ),
    "style sheet of ours given and taken back": (
        [configure('html_static_path = ["_static"]'), write("docs/_static/survey.css", "p {}")],
        [remove("docs/_static")],
    ),
    "extra file removed": (
        [configure('html_extra_path = ["_extra"]'), write("docs/_extra/CNAME", "example.org")],
        [remove("docs/_extra/CNAME")],
    ),
    "template removed": (
        [configure('templates_path = ["_templates"]'), write("docs/_templates/layout.html", LAYOUT)],
        [remove("docs/_templates")],
    ),
    "older page in the place of another": ([], [old_page]),
    "page moved in the place of another": ([write("docs/notes.md", f"{ORPHAN}# Notes\n")], [moved_page]),
    "image removed with its page": (
        [write("docs/one/picture.png", "one"), write("docs/essay.md", IMAGES)],
        [remove("docs/one"), write("docs/essay.md", "# No images\n")],
    ),
    "image of the same name before another": (
        [write("docs/two/picture.png", "two"), write("docs/essay.md", IMAGES)],
        [write("docs/one/picture.png", "one"), write("docs/a.md", f"{ORPHAN}{IMAGES}")],
    ),
    "older image in the place of another": (
        [write("docs/one/picture.png", "one"), write("docs/essay.md", IMAGES)],
        [old_picture],
    ),
    "comparison added that pages outside of all contents offer": (
        [INDEX, EXPLORER],
        [write("docs/compare.md", f"{ORPHAN}# Compare\n\n```{{survey:compare}}\n```\n")],
    ),
    "comparison removed that pages outside of all contents offer": (
        [INDEX, EXPLORER, write("docs/compare.md", f"{ORPHAN}# Compare\n\n```{{survey:compare}}\n```\n")],
        [remove("docs/compare.md")],
    ),
    "explorer removed that pages of entries offer": (
        [write("docs/explore.md", f"{ORPHAN}# Explore\n\n```{{survey:explore}}\n```\n")],
        [remove("docs/explore.md")],
    ),
    "page begins to offer a comparison, which goes then": (
        [
            write("docs/compare.md", f"{ORPHAN}# Compare\n\n```{{survey:compare}}\n```\n"),
            build_first,
            INDEX,
            build_first,
        ],
        [remove("docs/compare.md")],
    ),
    "page excluded": ([], [configure('exclude_patterns = ["essay.md"]')]),
}


@pytest.mark.parametrize(("before", "after"), FOUND.values(), ids=FOUND)
def test_it_does_not_differ_any_more(
    tmp_path: Path, before: list[Callable[[Tree], None]], after: list[Callable[[Tree], None]]
) -> None:
    tree = survey_at(tmp_path.resolve() / "survey")
    for edit in before:
        edit(tree)
    docs, output = tree.root / "docs", tmp_path.resolve() / "html"
    assert build(docs, output).traceback == ""
    for edit in after:
        edit(tree)
    assert build(docs, output).traceback == ""
    assert build(docs, tmp_path.resolve() / "clean").traceback == ""
    assert differences(output_of(output), output_of(tmp_path.resolve() / "clean")) == []
