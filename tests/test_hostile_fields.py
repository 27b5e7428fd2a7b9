"""Markup in every field: no page, feed or figure has an element, an attribute or an address that a text brought in.

Pages are parsed as browsers do it, by the algorithm of the HTML standard (html5lib); ``tests/browser/test_hostile.py``
opens the same survey in one.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import html5lib
import pytest
from hostile import HEAD, NAME, PAPER, STAGE, hostile_survey, places, says, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trees import Built, Tree

#: Attributes that hold addresses.
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "cite", "srcset", "xlink:href"}
RUN = re.compile(r"[\s\x00-\x20]*(javascript|data|vbscript|blob):", re.IGNORECASE)
THEME = {"html_theme": "sphinx_book_theme", "myst_disable_syntax": ["html_block", "html_inline"]}
_TEXTS = {"text", "list of texts"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return hostile_survey(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def built(tree: Tree) -> Built:
    """Build it as it is, with all that is wrong with it."""
    return tree.build(confoverrides=THEME)


@pytest.fixture(scope="module")
def pages(built: Built) -> dict[str, ET.Element]:
    """Return all pages of HTML, parsed."""
    found = {path: built.text(path) for path in built.files if path.endswith(".html")}
    return {path: html5lib.parse(text, namespaceHTMLElements=False) for path, text in found.items()}


def brought_in(root: ET.Element) -> Iterator[str]:
    """Yield what can only have come out of a text: elements, attributes, scripts, addresses that run."""
    for element in root.iter():
        if not isinstance(element.tag, str):  # a comment
            if NAME in (element.text or ""):
                yield f"comment: {element.text}"
            continue
        tag = element.tag.rpartition("}")[2]
        if NAME in tag or (tag == "img" and element.get("src") == "x"):
            yield f"element: {tag}"
        if tag == "script" and not element.get("src") and not str(element.get("type")).endswith("json"):
            yield f"script: {element.text}"
        for name, value in element.attrib.items():
            if name.startswith("on") or NAME in name or name == "style":
                yield f"attribute: {tag} {name}"
            if name in ADDRESSES and RUN.match(value):
                yield f"address: {tag} {name}={value}"


def shown(root: ET.Element) -> str:
    """Return all that a page says, in text and in attributes, with one space between words."""
    attributes = (value for element in root.iter() for value in element.attrib.values())
    return " ".join(" ".join(["".join(root.itertext()), *attributes]).split())


def test_every_field_of_every_kind_carries_markup(tree: Tree) -> None:
    """A field that is added to the survey is added to ``hostile.FACTS`` too."""
    for path, name, form in places(tree):
        found = values(path, name)
        if (path, name) not in {("paper", "scope"), ("head.positions", "head"), ("flow.nodes", "head")}:
            assert found, f"{path}.{name}"
        if form in _TEXTS:
            for value in found:
                assert all("<img src=x onerror" in text for text in ([value] if isinstance(value, str) else value)), (
                    name
                )


def test_no_page_has_anything_that_a_text_brought_in(pages: dict[str, ET.Element]) -> None:
    assert {f"papers/{PAPER}.html", f"heads/{HEAD}.html", "prose.html", "raw.html", "genindex.html"} <= set(pages)
    assert {path: found for path, page in pages.items() if (found := list(brought_in(page)))} == {}


def test_nor_has_one_of_another_theme(tree: Tree) -> None:
    built = tree.build(fresh=True, confoverrides=THEME | {"html_theme": "alabaster"})
    for path in (path for path in built.files if path.endswith(".html")):
        assert list(brought_in(html5lib.parse(built.text(path), namespaceHTMLElements=False))) == [], path


def test_a_text_that_did_bring_something_in_would_be_found() -> None:
    for text in (
        f"<{NAME}>",
        f"<p {NAME}>",
        "<p onclick=x>",
        "<script>x</script>",
        "<a href=' JavaScript:x'>",
        "<img src=x>",
    ):
        assert list(brought_in(html5lib.parse(text, namespaceHTMLElements=False))), text


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (f"papers/{PAPER}", ["head", "stage", "method", "member", "dataset", "task", "innovation", "source"]),
        (f"heads/{HEAD}", ["head", "head alias", "stage", "category", "outside source", "token", "caption"]),
        (f"stages/{STAGE}", ["stage", "stage alias", "category", "definition"]),
        ("models/hostile-family", ["family", "member", "parameters", "member alias"]),
        ("methods/hostile-method", ["method", "method alias"]),
        ("datasets/hset", ["dataset", "size", "home"]),
        ("raw", ["flow text", "moves"]),
        ("taxonomy", ["head", "stage", "category"]),
    ],
)
def test_pages_show_the_texts_as_they_were_written(pages: dict[str, ET.Element], name: str, texts: list[str]) -> None:
    said = shown(pages[f"{name}.html"])
    assert [text for text in texts if " ".join(says(text).split()) not in said] == []
    assert str(6151 * 7) not in said  # nobody has reckoned


def test_feeds_and_maps_are_well_formed_and_what_they_hold_is_harmless(built: Built) -> None:
    files = [path for path in built.files if path.endswith(".xml")]
    assert f"feeds/heads/{HEAD}.xml" in files
    for path in files:
        root = ET.fromstring(built.files[path])  # our own output
        assert list(brought_in(root)) == [], path
        for element in root.iter():
            if element.get("type") == "html":
                assert list(brought_in(html5lib.parse(element.text or "", namespaceHTMLElements=False))) == [], path


def test_data_in_pages_and_scripts_is_data(built: Built, pages: dict[str, ET.Element]) -> None:
    for path, page in pages.items():
        for script in page.iter("script"):
            if not script.get("src"):
                assert isinstance(json.loads(script.text or ""), dict), path
    for name in ("cards", "citations"):
        start, end = f"(window.surveyData ??= {{}}).{name} = ", ";\n"
        text = built.text(f"data/{name}.js")
        assert text.startswith(start)
        assert text.endswith(end)
        assert isinstance(json.loads(text.removeprefix(start).removesuffix(end)), dict)
    for path in (path for path in built.files if path.endswith(".json")):
        json.loads(built.files[path])


def test_books_are_well_formed_and_hold_nothing_that_a_text_brought_in(tree: Tree) -> None:
    built = tree.build("epub", confoverrides={"version": "1", "myst_disable_syntax": THEME["myst_disable_syntax"]})
    files = [path for path in built.files if path.endswith((".xhtml", ".svg", ".ncx", ".opf"))]
    assert any(path.endswith(".svg") for path in files)
    for path in files:
        found = list(brought_in(ET.fromstring(built.files[path])))
        assert [one for one in found if not one.startswith("attribute: ") or not one.endswith(" style")] == [], path


def test_the_command_says_it_in_one_line_each(tree: Tree) -> None:
    lines = tree.check().stdout.splitlines()
    assert len(lines) > 50
    assert all(re.match(r"(references\.bib|docs/.*?|CITATION\.bib):\d+: [a-z-]+: ", line) for line in lines[:-1])
