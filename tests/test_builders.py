"""Builders other than HTML: none ends in a traceback or a warning, and what the pages say is in what they write."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from trees import ROOT, Built, Tree, small_survey

if TYPE_CHECKING:
    from collections.abc import Callable

#: With a file of each builder's output and something that it holds.
BUILDERS = {
    "text": ("chronology.txt", "A result of 42 %."),
    "latex": ("asmallsurvey.tex", r"A result of 42 \%."),
    "epub": ("chronology.xhtml", "A result of 42 %."),
    "gettext": ("papers.pot", 'msgid "A result of 42 %."'),
    "man": ("asmallsurvey.1", "A result of 42 %."),
    "texinfo": ("asmallsurvey.texi", "A result of 42 %."),
    "singlehtml": ("index.html", "A result of 42 %."),
    "dirhtml": ("chronology/index.html", "A result of 42 %."),
    "xml": ("chronology.xml", "A result of 42 %."),
    "pseudoxml": ("chronology.pseudoxml", "A result of 42 %."),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    tree = small_survey(tmp_path_factory.mktemp("builders"))
    tree.write("docs/intro.md", "---\norphan: true\n---\n\n# Introduction\n\n{cite:t}`bell2023previous`: $x^2$.\n")
    builds: dict[str, Built] = {}

    def once(builder: str) -> Built:
        if builder not in builds:  # a version is what EPUB insists on; the survey's own configuration gives it
            builds[builder] = tree.build(builder, confoverrides={"version": "1"})
        return builds[builder]

    return once


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_survey_builds_without_a_crash_or_a_warning(build: Callable[[str], Built], builder: str) -> None:
    built = build(builder)
    path, expected = BUILDERS[builder]
    assert built.warnings == ""
    assert built.status == 0
    assert expected in built.text(path)


@pytest.mark.parametrize("builder", ["html", "text", "latex", "epub"])
def test_a_survey_of_nothing_builds_too(tree: Tree, builder: str) -> None:
    assert tree.build(builder, confoverrides={"version": "1"}).warnings == ""


@pytest.mark.parametrize("builder", ["epub", "text", "man"])
def test_the_configuration_of_the_survey_itself_suits_the_builder(survey: Tree, builder: str) -> None:
    survey.write("docs/conf.py", (ROOT / "docs" / "conf.py").read_text("utf-8"))
    for file in ("badge.svg", "preview.png"):  # what it names
        target = survey.root / "docs" / "_static" / file
        target.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "docs" / "_static" / file, target)
    of_its_pages: dict[str, Any] = {"survey_redirects": {}, "survey_footer": [], "survey_book": {}}
    assert survey.build(builder, confoverrides=of_its_pages).warnings == ""


@pytest.mark.parametrize(
    ("docname", "cells"),
    [
        ("heads/retrieval", ["Llama-2-7B", "11.15", "16.19", "Wu and Wang 2024: Figure 2"]),
        ("papers/wu2024retrieval", ["Llama-2-7B", "Retrieval Head", "11.15", "16.19", "Figure 2"]),
    ],
)
def test_positions_are_legible_in_text_output(build: Callable[[str], Built], docname: str, cells: list[str]) -> None:
    table = "".join(line for line in build("text").text(f"{docname}.txt").splitlines() if line.startswith("|"))
    assert [cell for cell in cells if cell not in table] == []


def test_a_head_says_in_text_output_what_is_known_of_it(build: Callable[[str], Built]) -> None:
    text = build("text").text("heads/retrieval.txt")
    assert "Also called:\n   Needle Head\n" in text
    assert "Known heads:\n   2 stated\n" in text


def test_tags_are_told_apart_in_text_output(build: Callable[[str], Built]) -> None:
    text = " ".join(build("text").text("papers/wu2024retrieval.txt").split())
    assert "Llama-2-7B Llama-2-13B" not in text
    listed = " ".join(build("text").text("chronology.txt").split())
    assert "Knowledge Recalling In Context Identification Memory Head Retrieval Head" not in listed


def test_every_paper_is_in_the_texinfo_and_latex_chronology(build: Callable[[str], Built]) -> None:
    titles = ["Memory Heads and Retrieval Heads", "Retrieval Heads", "Heads that Look Back", "A Tour of Heads"]
    for builder in ("latex", "texinfo"):
        text = build(builder).text(BUILDERS[builder][0])
        assert [title for title in titles if title not in text] == [], builder


def test_latex_has_no_link_without_a_target(build: Callable[[str], Built]) -> None:
    source = build("latex").text("asmallsurvey.tex")
    targets = set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", source))
    links = set(re.findall(r"\\hyperref\[\\detokenize\{([^}]*)\}\]", source))
    assert links - targets == set()


@pytest.mark.parametrize("builder", ["html", "dirhtml", "epub"])
def test_links_between_pages_lead_to_pages_and_anchors(build: Callable[[str], Built], builder: str) -> None:
    built = build(builder)
    pages = {path: BeautifulSoup(text, "html.parser") for path, text in built.files.items() if path.endswith("html")}
    pages.pop("404.html", None)  # shown at any address, so that its links are absolute
    checked = 0
    for path, page in pages.items():
        for link in page.select("a[href]:not([href*='//'])"):
            target, _, anchor = str(link["href"]).partition("#")
            found = (built.outdir / path).parent / target if target else built.outdir / path
            if target.endswith("/"):
                found /= "index.html"
            name = found.resolve().relative_to(built.outdir.resolve()).as_posix()
            assert name in built.files, f"{path}: {link}"
            assert not anchor or pages[name].find(id=anchor), f"{path}: {link}"
            checked += 1
    assert checked > 100


def test_each_paper_in_a_list_is_marked_in_every_html(build: Callable[[str], Built]) -> None:
    for builder in ("html", "dirhtml", "epub", "singlehtml"):
        page = build(builder).text(BUILDERS.get(builder, ("chronology.html",))[0])
        keys = [item["data-paper"] for item in BeautifulSoup(page, "html.parser").select("[data-paper]")]
        assert keys == ["ahn2025memory", "wu2024retrieval", "bell2023previous", "cole2022heads"], builder


def test_every_page_of_the_epub_is_well_formed(build: Callable[[str], Built]) -> None:
    pages = [(path, text) for path, text in build("epub").files.items() if path.endswith(".xhtml")]
    assert "heads/retrieval.xhtml" in dict(pages)
    for _, text in pages:
        ET.fromstring(text)
