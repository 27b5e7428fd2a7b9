"""What is unsafe beside the text of pages: fields, the bibliography, links of the file system, and configuration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hostile_markup import FORMULAS, SCRIPT
from trees import Tree, small_survey

from survey.catalogue.texts import web_addresses

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Built

PAPER = "docs/papers/wu2024retrieval.md"
SECRET = "SECRET-7f3a"
OWN_HOSTS = {"example.org", "doi.org", "arxiv.org", "www.sphinx-doc.org", "github.com", "creativecommons.org"}


@pytest.fixture
def survey(tmp_path: Path) -> Tree:
    (tmp_path / "secret.txt").write_text(f"@misc{{a, title={{{SECRET}}}}}\n# {SECRET}\n")
    return small_survey(tmp_path / "survey")


def addresses_in(built: Built) -> set[str]:
    """Return where all pages lead, outside the site."""
    found = set()
    for path in built.files:
        if path.endswith(".html"):
            page = built.page(path.removesuffix(".html"))
            found |= {str(tag.get(at)) for at in ("href", "src") for tag in page.select(f"[{at}]")}
    return {address for address in found if urlsplit(address).scheme or urlsplit(address).netloc}


def published(built: Built, text: str) -> list[str]:
    return [path for path, data in built.files.items() if text.encode() in data]


# Addresses

GOOD = (
    *("https://example.org", "https://example.org/", "https://a.b-c.example.org:8443/x_y~z/@me?q=1&r=a+b#part"),
    *("https://EXAMPLE.org/", "https://example.org/a%20b%22c", "https://www.medium.com/@user/x,y;z=(1)"),
    *("https://example.org/?next=https://other.org/", "https://aclanthology.org/2024.acl-long.1/"),
)
BAD = (
    *("", "https://", "http://example.org", "HTTPS://example.org", "//example.org", "https:example.org", "example.org"),
    *(
        "https://u@example.org",
        "https://u:p@example.org/",
        "https://example.org:x@evil.example/",
        "https://@example.org",
    ),
    *("https://example", "https://example.org.", "https://.org", "https://a..org", "https://-a.org", "https://a_b.org"),
    *(
        "https://10.0.0.1",
        "https://0x7f.1",
        "https://[::1]",
        "https://localhost:80",
        "https://a.localhost",
        "https://a.lan",
    ),
    *("https://xn--a.org", "https://a.xn--p1ai", "https://еxample.org", "https://exámple.org", "https://example。org"),
    *(
        f"https://example.org/{sign}"
        for sign in "\"'<>\\^`{}| \t\n\0\x7f\x85\u00a0\u200b\u200e\u202e\u2066\u3164\ufeffé中א"
    ),
    *(
        "https://example.org/%",
        "https://example.org/%0a",
        "https://example.org/%e2%80%ae",
        "https://example.org/%E3%85%A4",
    ),
    *(
        "https://example.org\\@evil.example",
        "https://example.org\u2044@evil.example",
        f"https://example.org/{'a' * 2000}",
    ),
)


@pytest.mark.parametrize("address", GOOD)
def test_an_address_is_one(address: str) -> None:
    assert web_addresses.fault(address) is None


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_is_refused(address: str) -> None:
    found = web_addresses.fault(address)
    assert found is not None
    assert found[0] in {"not-https", "bad-address"}
    assert found[2]


@pytest.mark.parametrize("doi", ["10.1000/a", "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", "10.1/é"])
def test_the_address_of_a_doi_is_an_address(doi: str) -> None:
    assert web_addresses.is_address(web_addresses.doi_address(doi))


# Fields

HOSTILE = (
    "javascript:window.__p=1",
    "https://user@evil.example/",
    "https://evil.example/\"onclick='x",
    "//evil.example/",
)
BIBTEX = {
    "url": "{value}",
    "doi": "10.1000/x\"onclick='{value}",
    "eprint": "{value}",
    "howpublished": "\\url{{{value}}}",
    "note": "See \\href{{{value}}}{{here}}",
    "journal": "\\url {{{value}}}",
}


@pytest.mark.parametrize("field", BIBTEX)
def test_no_field_of_the_bibliography_leads_elsewhere(survey: Tree, field: str) -> None:
    for number, value in enumerate(HOSTILE):
        key = f"vile{2000 + number}x"
        survey.work(key, **{field: BIBTEX[field].format(value=value), "archiveprefix": "arXiv"})
        survey.fact(f"docs/papers/{key}.md", "paper", {"published": "2024", "heads": ["memory"]}, "A Work", "x\n")
    assert {"bad-address", "not-https", "bad-identifier", "latex-markup"} & set(survey.codes())
    built = survey.build()
    assert {urlsplit(address).netloc for address in addresses_in(built)} <= OWN_HOSTS
    assert {urlsplit(address).scheme for address in addresses_in(built)} <= {"https"}
    structured = "".join(built.text(path) for path in built.files if path.endswith((".html", ".json", ".xml")))
    assert not re.search(r'"(?:url|sameAs|URL|@id)":\s*\[?\s*"(?:javascript|//|https://user)', structured)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_field_of_a_page_leads_elsewhere(survey: Tree, value: str) -> None:
    quoted = value.replace("'", "''")
    survey.replace(PAPER, "https://example.org/retrieval", f"'{quoted}'")
    survey.replace(
        "docs/heads/memory.md",
        "\n---\n",
        f"\n  positions:\n    - {{model: llama-2-7b, at: ['1.1'], source: x, url: '{quoted}'}}\n---\n",
    )
    assert len([code for code in survey.codes() if code in {"bad-address", "not-https"}]) == 2
    assert {urlsplit(address).netloc for address in addresses_in(survey.build())} <= OWN_HOSTS


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_a_summary_is_as_safe_wherever_it_is_shown(survey: Tree, builder: str) -> None:
    hostile = (
        "A [new](javascript:x) ![idea](https://evil.example/p.png) and {download}`x <../../secret.txt>`, "
        r"$\style{background:red}{y}$ by <https://u@evil.example/>."
    )
    survey.replace(PAPER, "A new idea.", hostile)
    codes = ["bad-address", "bad-image", "math", "not-https", "refused-role"]
    assert sorted(survey.codes()) == codes
    built = survey.build(builder)
    if builder == "html":
        assert {urlsplit(address).netloc for address in addresses_in(built)} <= OWN_HOSTS
    pages = [path for path in built.files if path.endswith("html") and b"new" in built.files[path]]
    assert len(pages) > 2
    assert not any(
        re.search(r'(?:href|src)="(?:javascript|https://u@|https://evil)', built.text(path)) for path in pages
    )
    assert built.warnings.count("[survey.") == len(codes)


def test_a_link_in_a_summary_leads_to_its_page_from_everywhere(survey: Tree) -> None:
    survey.replace(PAPER, "A new idea.", "As [probing](../methods/probing.md) and [this](#a-note).")
    survey.write(PAPER, survey.read(PAPER) + "\n## A note\n\nx\n")
    built = survey.build(confoverrides={"myst_heading_anchors": 2})
    assert built.warnings == ""
    assert built.page("chronology").select_one("a[href='methods/probing.html']") is not None
    assert built.page("heads/retrieval").select_one("a[href='../papers/wu2024retrieval.html#a-note']") is not None


# Files and links of the file system


def test_links_to_pages_and_static_files_are_links(survey: Tree) -> None:
    survey.write("docs/_static/data.csv", "a,b\n")
    survey.write("docs/a b.md", "---\norphan: true\n---\n\n# A b\n")
    words = "[1](../_static/data.csv) [2](probing.md) [3](/taxonomy.md) [4](<../a b.md>) [5](../a%20b.md)"
    survey.write("docs/methods/zero-ablation.md", survey.read("docs/methods/zero-ablation.md") + f"\n{words}\n")
    assert survey.problems() == []
    built = survey.build()
    assert built.warnings == ""
    links = {link.get_text(): str(link["href"]) for link in built.page("methods/zero-ablation").select("a")}
    assert links["1"].endswith("/data.csv")
    assert [links[at] for at in "2345"] == ["probing.html", "../taxonomy.html", "../a%20b.html", "../a%20b.html"]


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.xhtml", "x.js", "x.csv.HTM", "x"])
def test_a_static_file_that_a_browser_could_run_is_not_linked_to(survey: Tree, name: str) -> None:
    survey.write(f"docs/_static/{name}", SCRIPT)
    survey.write("docs/methods/probing.md", survey.read("docs/methods/probing.md") + f"\n[x](../_static/{name})\n")
    assert survey.codes() == ["bad-link"]


@pytest.mark.parametrize("name", ["references.bib", "CITATION.bib"])
def test_a_bibliography_behind_a_link_is_not_published(survey: Tree, name: str) -> None:
    survey.write("docs/own.md", "---\norphan: true\n---\n\n# Own\n\n```{survey:cite}\n```\n")
    (survey.root / name).unlink(missing_ok=True)
    (survey.root / name).symlink_to("../secret.txt")
    assert "symbolic-link" in survey.codes()
    assert published(survey.build(), SECRET) == []


def test_a_bibliography_may_be_a_link_to_another_in_the_survey(survey: Tree) -> None:
    (survey.root / "references.bib").rename(survey.root / "works.bib")
    (survey.root / "references.bib").symlink_to("works.bib")
    assert survey.problems() == []


def test_files_behind_links_are_not_published(survey: Tree, tmp_path: Path) -> None:
    docs = survey.root / "docs"
    survey.write("docs/_static/mine.txt", "mine")
    (docs / "_static/secret.txt").symlink_to(tmp_path / "secret.txt")
    (docs / "_static/all").symlink_to(tmp_path)
    (docs / "_static/round").symlink_to(".")
    (docs / "[x]*.md").symlink_to(tmp_path / "secret.txt")
    (docs / "more").symlink_to(tmp_path)
    (docs / ".hidden").mkdir()
    (docs / ".hidden/x.md").symlink_to(tmp_path / "secret.txt")
    assert survey.codes() == ["symbolic-link"] * 6
    built = survey.build(confoverrides={"html_static_path": ["_static"]})
    assert published(built, SECRET) == []
    assert "_static/mine.txt" in built.files
    assert [path for path in built.files if "round/" in path] == []


def test_a_picture_in_the_language_of_the_build_is_none_behind_a_link(survey: Tree, tmp_path: Path) -> None:
    survey.write("docs/dot.png", b"dot")
    (survey.root / "docs/dot.en.png").symlink_to(tmp_path / "secret.txt")
    survey.write("docs/methods/probing.md", survey.read("docs/methods/probing.md") + "\n![A dot](../dot.png)\n")
    assert survey.codes() == ["symbolic-link"]
    built = survey.build()
    assert published(built, SECRET) == []
    assert "A dot" in built.page("methods/probing").get_text()


# Configuration

OPEN = """
myst_enable_extensions = ["substitution", "html_image", "html_admonition", "attrs_inline", "attrs_block", "linkify"]
myst_disable_syntax = []
myst_url_schemes = ["http", "javascript", "ftp", "mailto"]
myst_fence_as_directive = ["raw"]
myst_all_links_external = True
myst_title_to_header = True
myst_substitutions = {"x": "<script>window.__p=1</script>"}
source_suffix = [".md", ".rst", ".txt"]
"""
TRIES = """\
---
orphan: true
title: "[x](javascript:x)"
---

# Page

It begins {{ x }}, {{ cycler.__init__.__globals__.os.getcwd() }}.

<script>window.__p=1</script> <img src="https://evil.example/p.png"> [x](javascript:x) [y](https://example.org/){onclick=x}

{.modal-backdrop}
Text of www.evil.example.

```raw
<script>window.__p=1</script>
```
"""


@pytest.fixture
def opened(survey: Tree) -> Tree:
    survey.write("docs/conf.py", survey.read("docs/conf.py") + OPEN)
    survey.write("docs/page.md", TRIES)
    survey.write("docs/other.rst", f":orphan:\n\nOther\n=====\n\n.. raw:: html\n\n   {SCRIPT}\n")
    return survey


def test_configuration_opens_nothing(opened: Tree) -> None:
    built = opened.build()
    assert "other.html" not in built.files
    body = built.page("page").select_one("div.body")
    assert body is not None
    assert [tag.name for tag in body.find_all(["script", "img", "iframe"])] == []
    assert [str(link["href"]) for link in body.select("a")] == ["#page", "https://example.org/"]
    assert body.select("[onclick], .modal-backdrop") == []
    assert "{{ x }}" in body.get_text()


def test_configuration_that_has_no_effect_is_said(opened: Tree) -> None:
    said = re.findall(r"fixed-setting: (\w+) is the same for every survey", opened.build().warnings)
    assert said == [
        *("myst_enable_extensions", "myst_url_schemes", "myst_fence_as_directive", "myst_substitutions"),
        *("myst_all_links_external", "myst_title_to_header", "source_suffix"),
    ]


def test_settings_of_docutils_in_files_have_no_effect(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    conf = "[general]\nraw_enabled: yes\nfile_insertion_enabled: yes\nreport_level: 5\nstrip_comments: yes\n"
    for path in ("docs/docutils.conf", "docutils.conf"):
        survey.write(path, conf)
    monkeypatch.chdir(survey.root)
    survey.write("docs/page.md", "---\norphan: true\n---\n\n# Page\n\n```{list-table}\n* - a\n* - b\n  - c\n```\n")
    assert "list-table" in survey.build().warnings


def test_a_formula_that_is_refused_reaches_no_book(survey: Tree) -> None:
    formulas = [row.text for row in FORMULAS if row.text.startswith("$\\")]
    text = "\n\n".join(f"It {number}: {formula}" for number, formula in enumerate(formulas))
    survey.write("docs/page.md", f"# Page\n\nIt begins.\n\n{text}\n")
    survey.replace("docs/index.md", "bibliography\n", "bibliography\npage\n")
    (tex,) = (data.decode() for path, data in survey.build("latex").files.items() if path.endswith(".tex"))
    body = tex[tex.index("It begins.") :]
    for command in ("input", "write", "def", "newcommand", "href", "style", "includegraphics", "unicode", "verb"):
        assert not re.search(rf"\\{command}\b(?!\\)[^@]", body[: body.index("It 0")]), command
        assert f"\\(\\{command}" not in body
    assert len(formulas) > 15
    assert body[: body.index("Index}")].count(r"\(") < len(formulas) / 3  # those whose links and styles can be left out
