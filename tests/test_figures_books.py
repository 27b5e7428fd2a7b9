"""Figures in EPUB and LaTeX: image files in the place of inline SVG, beside the tables and lists that say the same."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from comparing import codes
from test_figures_pages import PATTERN, figured

from survey.pages.books import pictures

VERSION = {"version": "1"}  # EPUB insists on one
FIGURES = {
    "figure.atlas.0",  # the legend
    "figure.atlas.1",
    "figure.brief.0",
    "figure.flow.0",
    "figure.pattern.0",
    "figure.taxonomy.0",
    "figure.timeline.0",
    "figure.timeline.1",
}


@pytest.fixture(scope="module")
def epub(tmp_path_factory):
    return figured(tmp_path_factory.mktemp("epub")).build("epub", confoverrides=VERSION)


@pytest.fixture(scope="module")
def latex(tmp_path_factory):
    return figured(tmp_path_factory.mktemp("latex")).build("latex")


def _images(built, suffix):
    names = (path.rpartition("/")[2] for path in built.files)
    return {name.removesuffix(suffix) for name in names if name.startswith("figure.") and name.endswith(suffix)}


def test_figures_of_an_epub_are_declared_images_with_words(epub):
    assert epub.warnings == ""
    assert _images(epub, ".svg") > FIGURES
    manifest = epub.text("content.opf")
    shown = set()
    for path, text in epub.files.items():
        if not path.endswith(".xhtml"):
            continue
        page = BeautifulSoup(text, "html.parser")
        assert not page.select("svg"), path
        for image in page.select("img[src*='figure.']"):
            assert image["alt"].strip()
            shown.add(image["src"].rpartition("/")[2])
    assert shown == {f"{name}.svg" for name in _images(epub, ".svg")}
    for name in shown:
        assert f'href="_images/{name}" ' in manifest
        assert 'media-type="image/svg+xml"' in manifest.partition(f'href="_images/{name}"')[2].partition(">")[0]


def test_the_images_are_in_the_book_and_well_formed(epub):
    book = next(content for path, content in epub.files.items() if path.endswith(".epub"))
    with zipfile.ZipFile(BytesIO(book)) as archive:
        names = [name for name in archive.namelist() if name.startswith("_images/figure.")]
        assert len(names) == len(_images(epub, ".svg"))
        for name in names:
            ET.fromstring(archive.read(name))


def test_words_and_facts_keep_their_place_in_an_epub(epub):
    page = BeautifulSoup(epub.text("heads/previous-token.xhtml"), "html.parser")
    assert page.select_one("dl.survey-facts img")["alt"].startswith("Papers per year: 1 in 2023")
    figure = page.select_one("figure")
    assert [part.name for part in figure.find_all(recursive=False)] == ["img", "details", "figcaption"]
    assert "red (2)" in figure.select_one("table").get_text()


def test_latex_includes_every_figure_and_keeps_tables_and_lists(latex):
    assert latex.warnings == ""
    source = latex.text("asmallsurvey.tex")
    assert _images(latex, ".pdf") == {name for name in FIGURES if "atlas" not in name}  # a book has models' own grids
    for name in _images(latex, ".pdf"):
        assert f"\\sphinxincludegraphics{{{{{name}}}.pdf}}" in source
        assert latex.files[f"{name}.pdf"].startswith(b"%PDF-1.5")
    assert "red (2)" in source
    assert "the needle" in source


@pytest.mark.parametrize("builder", ["epub", "latex"])
def test_images_are_the_same_whichever_way_they_are_built(tmp_path, builder):
    tree = figured(tmp_path)
    clean = tree.build(builder, confoverrides=VERSION).files
    images = {path: content for path, content in clean.items() if "figure." in path}
    for again in (
        tree.build(builder, confoverrides=VERSION),
        tree.build(builder, confoverrides=VERSION, fresh=True, parallel=2),
    ):
        assert {path: content for path, content in again.files.items() if "figure." in path} == images


def test_a_figure_that_is_gone_leaves_no_image(tmp_path):
    tree = figured(tmp_path)
    tree.build("epub", confoverrides=VERSION)
    tree.head("previous-token", stage="in-context-identification", category="overall-structure")
    tree.remove("docs/flow.md")
    tree.replace("docs/index.md", "flow\npattern\n", "")
    tree.remove("docs/pattern.md")
    incremental = tree.build("epub", confoverrides=VERSION)
    assert {"figure.flow.0", "figure.pattern.0", "figure.heads.previous-token.1"}.isdisjoint(
        _images(incremental, ".svg")
    )
    assert "figure.heads.previous-token.0" in _images(incremental, ".svg")  # its papers a year
    assert _images(incremental, ".svg") == _images(tree.build("epub", confoverrides=VERSION, fresh=True), ".svg")


def test_an_edited_pattern_has_a_new_image(tmp_path):
    tree = figured(tmp_path)
    before = tree.build("epub", confoverrides=VERSION)
    tree.replace("docs/heads/previous-token.md", "weight: 0.75", "weight: 0.25")
    after = tree.build("epub", confoverrides=VERSION)
    path = "_images/figure.pattern.0.svg"
    assert before.files[path] != after.files[path]


def test_without_the_converter_latex_has_tables_and_says_once_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)
    monkeypatch.setattr(pictures.SvgConverter, "available", None)
    built = figured(tmp_path).build("latex")
    assert built.warnings == ""
    assert built.log.count("install typst") == 1
    assert _images(built, ".pdf") == set()
    assert "includegraphics" not in built.text("asmallsurvey.tex")
    assert "red (2)" in built.text("asmallsurvey.tex")


@pytest.mark.parametrize("builder", ["html", "epub", "text"])
def test_other_builders_need_no_converter(tmp_path, monkeypatch, builder):
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)
    built = figured(tmp_path).build(builder, confoverrides=VERSION)
    assert built.warnings == ""
    assert "typst" not in built.log
    assert bool(_images(built, ".svg")) == (builder == "epub")


def test_nothing_is_written_among_the_sources(tmp_path):
    tree = figured(tmp_path)
    before = sorted(path for path in (tmp_path / "docs").rglob("*") if "__pycache__" not in path.parts)
    tree.build("epub", confoverrides=VERSION)
    tree.build("latex")
    assert sorted(path for path in (tmp_path / "docs").rglob("*") if "__pycache__" not in path.parts) == before


#: An extension that shows images of its own; pages show no SVG, which can hold scripts.
SHOWS = """
from docutils import nodes


def show(app, tree):
    if app.env.docname == "flow":
        tree += [nodes.paragraph("", "", nodes.image(uri=name, alt=name)) for name in ("good.svg", "bad.svg")]


def setup(app):
    app.connect("doctree-read", show, priority=1)
"""


def test_an_svg_of_an_extension_is_converted_too_and_a_broken_one_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures.SvgConverter, "available", None)
    tree = figured(tmp_path)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + SHOWS)
    tree.write(
        "docs/good.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    )
    tree.write("docs/bad.svg", "<svg")
    tree.write("docs/flow.md", "# Images\n\nTwo of them.\n")
    built = tree.build("latex")
    assert built.files["good.pdf"].startswith(b"%PDF")
    assert "docs/bad.svg:1: WARNING: image-format: the image cannot be converted" in built.warnings
    assert codes(built.warnings) == ["image-format"]


def test_tokens_of_every_script_reach_the_images(tmp_path):
    tree = figured(tmp_path)
    tokens = {**PATTERN, "tokens": ["注意", "β", "naïve"]}
    tree.head("previous-token", stage="in-context-identification", category="overall-structure", pattern=tokens)
    built = tree.build("epub", confoverrides=VERSION)
    written = built.text("_images/figure.pattern.0.svg")
    assert [token in written for token in tokens["tokens"]] == [True, True, True]
    assert tree.build("latex").files["figure.pattern.0.pdf"].startswith(b"%PDF")
