"""Books: the one document of LaTeX, and EPUB."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from trees import Built, Tree, small_survey

if TYPE_CHECKING:
    from pathlib import Path

HOME = """\
# A small survey

What this is.

## Not in books

Only on the site.

```{toctree}
:caption: Find & look

taxonomy
heads/index
explore
chronology
bibliography
```

```{toctree}
:caption: Text

intro
```
"""
INTRO = """\
# Introduction

A formula: $x^2$.

:::{table} Heads of {cite:t}`bell2023previous`
| a | b |
|---|---|
| 1 | 2 |
:::
"""
CONF = {"version": "1", "survey_book": {"Text": "The text", "Find & look": "Reference"}}
OPF, XHTML = "{http://www.idpf.org/2007/opf}", "{http://www.w3.org/1999/xhtml}"


def survey_with_indexes(root: Path) -> Tree:
    tree = small_survey(root)
    tree.write("docs/index.md", HOME)
    tree.write("docs/intro.md", INTRO)
    tree.write("docs/heads/index.md", "# Head types\n\n```{survey:index} head\n```\n")
    tree.write("docs/explore.md", "# Explore\n\nChoose.\n\n```{survey:explore}\n```\n")
    tree.replace("docs/papers/wu2024retrieval.md", "\nTasks\n: ", "\nTasks\n: Of {survey:head}`memory`. ")
    return tree


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return survey_with_indexes(tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="module")
def book(tree: Tree) -> str:
    built = tree.build("latex", confoverrides=CONF)
    assert built.warnings == ""
    return built.text("asmallsurvey.tex")


@pytest.fixture(scope="module")
def ebook(tree: Tree) -> Built:
    built = tree.build("epub", confoverrides=CONF)
    assert built.warnings == ""
    return built


# LaTeX


def headings(book: str) -> list[str]:
    return re.findall(r"^\\((?:part|chapter|section)\{[^{}]*)\}", book, re.MULTILINE)


def test_a_book_has_parts_in_the_order_that_is_asked_for(book: str) -> None:
    assert [one for one in headings(book) if one.startswith("part")] == ["part{The text", "part{Reference"]
    chapters = [one.partition("{")[2] for one in headings(book) if one.startswith("chapter")]
    assert chapters == ["Introduction", "Taxonomy", "Head types", "Chronology", "Bibliography"]


def test_captions_are_the_titles_of_parts_that_are_not_named(tree: Tree) -> None:
    text = tree.build("latex", confoverrides={"survey_book": {"Text": "Text"}}).text("asmallsurvey.tex")
    assert re.findall(r"^\\part\{(.*)\}", text, re.MULTILINE) == ["Text", r"Find \& look"]


def test_pages_of_facts_follow_the_page_that_lists_them(book: str) -> None:
    names = [one.partition("{")[2] for one in headings(book)]
    heads = names[names.index("Head types") + 1 : names.index("Chronology")]
    assert heads == ["Memory Head", "Previous Token Head", "Retrieval Head"]
    papers = names[names.index("Chronology") + 1 : names.index("Bibliography")]
    titles = ["Memory Heads and Retrieval Heads", "Retrieval Heads", "Heads that Look Back", "A Tour of Heads"]
    assert [name for name in papers if not name.isdigit()] == titles


def test_links_between_pages_work_in_a_book(book: str) -> None:
    assert r"\hyperref[\detokenize{heads/memory::doc}]" in book
    assert r"\label{\detokenize{heads/memory::doc}}" in book


def test_a_book_has_of_the_home_page_only_what_introduces_it(book: str) -> None:
    assert "What this is." in book
    assert "Only on the site." not in book


def test_a_book_leaves_out_what_is_for_choosing_or_for_machines(book: str) -> None:
    assert "Choose." not in book
    assert "Cite this paper" not in book
    assert "Newer:" not in book


def test_a_book_has_each_summary_once(book: str) -> None:
    assert book.count(r"A result of 42 \%.") == 4


def test_a_citation_in_a_caption_is_robust(book: str) -> None:
    assert r"\hyperlink" in re.search(r"\\sphinxcaption\{(.*)\}", book)[1]
    assert r"\MakeRobust\hyperlink" in book


def test_a_preamble_of_ones_own_comes_after_ours(tree: Tree) -> None:
    own = r"\setcounter{secnumdepth}{3}"
    text = tree.build("latex", confoverrides={"latex_elements": {"preamble": own}}).text("asmallsurvey.tex")
    assert text.index(own) > text.index(r"\setcounter{secnumdepth}{1}")


def test_a_home_page_without_captions_is_the_book_as_it_is(survey: Tree) -> None:
    text = survey.build("latex").text("asmallsurvey.tex")
    assert r"\part{" not in text
    assert r"\chapter{Chronology}" in text
    assert r"\section{Retrieval Heads}" in text


# EPUB


def test_every_file_of_an_ebook_is_well_formed(ebook: Built) -> None:
    path = next(path for path in ebook.files if path.endswith(".epub"))
    with zipfile.ZipFile(io.BytesIO(ebook.files[path])) as archive:
        names = archive.namelist()
        assert names[0] == "mimetype"
        assert "heads/memory.xhtml" in names
        for name in names:
            if name.endswith((".xhtml", ".opf", ".ncx", ".svg", ".xml")):
                ET.fromstring(archive.read(name))


def test_an_ebooks_contents_name_every_page(ebook: Built) -> None:
    items = ET.fromstring(ebook.files["content.opf"]).iter(f"{OPF}item")
    names = {item.get("id"): item.get("href") for item in items}
    refs = ET.fromstring(ebook.files["content.opf"]).iter(f"{OPF}itemref")
    linear = [names[ref.get("idref")] for ref in refs if ref.get("linear") != "no"]
    assert len(linear) == len(set(linear))
    at = linear.index("heads/index.xhtml")
    assert linear[at + 1 : at + 4] == ["heads/memory.xhtml", "heads/previous-token.xhtml", "heads/retrieval.xhtml"]
    at = linear.index("chronology.xhtml")
    assert linear[at + 1 : at + 3] == ["papers/ahn2025memory.xhtml", "papers/wu2024retrieval.xhtml"]
    nav = ET.fromstring(ebook.files["nav.xhtml"])
    listed = [link.get("href") for link in nav.iter(f"{XHTML}a")]
    assert {"heads/memory.xhtml", "papers/wu2024retrieval.xhtml"} <= set(listed)


def test_an_ebook_says_which_pages_hold_formulas(ebook: Built) -> None:
    items = ET.fromstring(ebook.files["content.opf"]).iter(f"{OPF}item")
    properties = {item.get("href"): item.get("properties") for item in items}
    assert properties["intro.xhtml"] == "mathml"
    assert properties["heads/memory.xhtml"] is None


def test_an_ebook_has_no_roles_that_the_standard_gave_up(ebook: Built) -> None:
    text = ebook.text("bibliography.xhtml")
    assert 'role="listitem"' in text
    assert "doc-biblioentry" not in text


def test_titles_are_data_in_contents(tmp_path: Path) -> None:
    other = survey_with_indexes(tmp_path)
    other.paper("dunn2025mark", title="Heads & <b>_bold_</b> \\input{x}", heads=["memory"], published="2025-05-05")
    assert "Heads &amp; &lt;b&gt;" in other.build("epub", confoverrides=CONF).text("nav.xhtml")
    assert r"\input{x}" not in other.build("latex", confoverrides=CONF).text("asmallsurvey.tex")


def test_books_can_be_built_on_what_the_site_was_built_on(tmp_path: Path) -> None:
    """Read the Docs builds all formats on the same doctrees."""
    survey_with_indexes(tmp_path)
    (tmp_path / "docs" / "conf.py").open("a", encoding="utf-8").write('version = "1"\n')
    files = {"html": "index.html", "latex": "asmallsurvey.tex", "epub": "heads/memory.xhtml"}

    def build(builder: str, doctrees: str) -> bytes:
        output = tmp_path / f"{builder}-{doctrees}"
        options = ["-b", builder, "-W", "-q", "-d", str(tmp_path / doctrees)]
        subprocess.run([sys.executable, "-m", "sphinx", *options, str(tmp_path / "docs"), str(output)], check=True)
        return (output / files[builder]).read_bytes()

    shared = {builder: build(builder, "doctrees") for builder in files}
    assert shared["latex"] == build("latex", "others")
    assert shared["epub"] == build("epub", "more")
