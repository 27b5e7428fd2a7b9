"""Nothing that stands in a page itself runs or styles it: the content security policy, and what would break it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from trees import Built, Tree, small_survey

from survey.pages.frame.theme_css import lightened
from survey.pages.html.sizes import attributes_for
from survey.pages.safety.content_security import POLICY

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup

THEMES = ("sphinx_book_theme", "basic", "alabaster")
#: By which a browser loads something, other than by links that a reader may follow.
LOADS = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "object": "data"}
SIZES = """\
---
orphan: true
---

# Sizes

```{list-table} Columns
:widths: 30 70
* - a
  - b
```
"""


def survey(root: Path) -> Tree:
    """Return a small survey with all that Sphinx would style in place: an index, sizes, the atlas, a redirect."""
    tree = small_survey(root)
    tree.write("docs/sizes.md", SIZES)
    tree.write("docs/atlas.md", "---\norphan: true\n---\n\n# Atlas\n\n```{survey:atlas}\n```\n")
    tree.write("docs/terms.md", "---\norphan: true\n---\n\n# Terms\n\n```{glossary}\nCircuit\n: Heads together.\n```\n")
    tree.replace("docs/papers/ahn2025memory.md", "\n---\n\n#", "\n  aliases: [ahn2024memory]\n---\n\n#")
    return tree


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return survey(tmp_path_factory.mktemp("policy"))


@pytest.fixture(scope="module", params=THEMES)
def built(request: pytest.FixtureRequest, tree: Tree) -> Built:
    built = tree.build(fresh=True, confoverrides={"html_theme": request.param})
    assert built.warnings == ""
    return built


def pages(built: Built) -> dict[str, BeautifulSoup]:
    """Return all pages of HTML by path."""
    return {path: built.page(path.removesuffix(".html")) for path in built.files if path.endswith(".html")}


def test_every_page_says_the_policy_before_anything_that_it_governs(built: Built) -> None:
    found = pages(built)
    assert {"index.html", "genindex.html", "search.html", "404.html", "papers/ahn2024memory.html"} <= set(found)
    for path, page in found.items():
        (said,) = page.select("head > meta[http-equiv='Content-Security-Policy']")
        assert said["content"] == POLICY, path
        assert said.find_previous_siblings(["script", "link", "style", "base", "title"]) == [], path


def test_the_policy_stands_in_the_source_as_people_write_it(built: Built) -> None:
    assert f'content="{POLICY}"' in built.text("index.html")


def test_no_page_has_a_script_or_a_style_in_itself(built: Built) -> None:
    for path, page in pages(built).items():
        scripts = [tag for tag in page.select("script") if not tag.get("src") and "json" not in tag.get("type", "")]
        handlers = [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert (scripts, page.select("style"), page.select("[style]"), handlers) == ([], [], [], []), path


def test_no_page_loads_anything_by_an_address_that_the_policy_refuses(built: Built) -> None:
    for path, page in pages(built).items():
        for name, attribute in LOADS.items():
            for tag in page.find_all(name):
                loads = name != "link" or not {"canonical", "alternate", "license"} & set(tag.get("rel") or [])
                assert not (loads and re.match(r"[a-z]+:|//", tag.get(attribute) or "")), (path, tag)
    sheets = [
        path for path in built.files if path.endswith(".css") and "url(data:" in built.text(path).replace('"', "")
    ]
    assert sheets == []


def test_all_that_a_page_asks_for_is_there(built: Built) -> None:
    for path, page in pages(built).items():
        depth = "/".join([".."] * path.count("/"))
        for tag in page.select("link[rel=stylesheet], script[src]"):
            address = str(tag.get("href") or tag["src"]).partition("?")[0]
            name = address.removeprefix("/survey/") if path == "404.html" else address.removeprefix(f"{depth}/")
            assert name in built.files, (path, address)


def test_hosts_are_told_the_policy_and_more(built: Built) -> None:
    first, *lines = built.text("_headers").splitlines()
    assert first == "/*"
    headers = dict(line.strip().split(": ", 1) for line in lines)
    assert headers["Content-Security-Policy"].startswith(f"{POLICY}; ")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in headers


def test_widths_of_columns_are_classes(built: Built) -> None:
    columns = built.page("sizes").select("col")
    assert [column["class"] for column in columns] == [["survey-width-30"], ["survey-width-70"]]


def test_the_widths_are_loaded_where_they_are_used_and_are_all_there(built: Built) -> None:
    loading = {path for path, page in pages(built).items() if page.select("link[href*='widths.css']")}
    assert loading == {"sizes.html", "genindex.html"}
    used = set(re.findall(r"survey-width-\w+", built.text("sizes.html")))
    assert used <= set(re.findall(r"\.(survey-width-\w+)\{", built.text("_static/widths.css")))


def test_the_filters_of_the_atlas_have_a_style_sheet(built: Built) -> None:
    rules = built.text("_static/survey-atlas.css")
    assert "#only-retrieval:target~.survey-has-retrieval{display:block}" in rules
    loading = {path for path, page in pages(built).items() if page.select("link[href*='survey-atlas.css']")}
    assert loading == {"atlas.html"}


@pytest.mark.parametrize(
    ("tag", "style", "attributes"),
    [
        ("table", "width: 50%", {"class": "survey-width-50"}),
        ("figure", "width: 20em;", {"class": "survey-width-320px"}),
        ("img", "width: 25%;", {"class": "survey-width-25"}),
        ("img", "width: 1in; height: 20pt;", {"width": "96", "height": "27"}),
        ("table", "width: 400%", {"class": "survey-width-100"}),
        ("table", "width: 0.01px", {"class": "survey-width-20px"}),
        ("table", f"width: {'9' * 400}cm", {"class": "survey-width-1000px"}),
        ("img", f"width: {'9' * 400}px", {"width": "10000"}),
        ("p", "color: red; --x: y", {}),
    ],
)
def test_a_size_is_a_class_or_an_images_own_and_within_bounds(tag: str, style: str, attributes: dict[str, str]) -> None:
    assert dict(attributes_for(tag, style)) == attributes


def test_a_survey_chooses_another_policy_or_none(tmp_path: Path) -> None:
    tree = survey(tmp_path)
    other = "default-src 'self' \"<&"
    built = tree.build(confoverrides={"survey_content_security_policy": other})
    for path in ("index.html", "404.html", "papers/ahn2024memory.html"):
        (said,) = built.page(path.removesuffix(".html")).select("meta[http-equiv='Content-Security-Policy']")
        assert said["content"] == other
    assert f"Content-Security-Policy: {other}; " in built.text("_headers")
    without = tree.build(confoverrides={"survey_content_security_policy": ""})
    assert not any("Content-Security-Policy" in without.text(path) for path in ("index.html", "404.html", "_headers"))
    assert without.page("sizes").select("col[style]")  # docutils' own way of saying it


def test_the_survey_may_have_headers_of_its_own(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/extra/_headers", "/*\n  X-Ours: 1\n")
    assert tree.build(confoverrides={"html_extra_path": ["extra"]}).text("_headers") == "/*\n  X-Ours: 1\n"


def test_a_later_build_is_as_a_clean_one(tmp_path: Path) -> None:
    tree = survey(tmp_path)
    tree.build()
    tree.replace("docs/papers/wu2024retrieval.md", "head: retrieval", "head: previous-token")
    tree.replace("docs/papers/wu2024retrieval.md", "- retrieval\n", "- retrieval\n  - previous-token\n")
    later = tree.build()
    assert "previous-token" in later.text("_static/survey-atlas.css")
    clean = tree.build(fresh=True).files
    ours = [path for path in clean if path.endswith((".html", ".css", "_headers"))]
    assert {path: later.files[path] for path in ours} == {path: clean[path] for path in ours}


def test_the_filters_go_with_the_last_position(tmp_path: Path) -> None:
    tree = survey(tmp_path)
    tree.build()
    text = tree.read("docs/papers/wu2024retrieval.md")
    tree.write("docs/papers/wu2024retrieval.md", re.sub(r"  positions:.*?\n---", "\n---", text, flags=re.DOTALL))
    built = tree.build()
    assert not (built.outdir / "_static/survey-atlas.css").exists()
    assert not built.page("atlas").select("link[href*='survey-atlas.css']")


def test_books_keep_their_own_pages(tree: Tree) -> None:
    built = tree.build("epub", confoverrides={"version": "1"})
    assert "_headers" not in built.files
    assert not any(b"Content-Security-Policy" in content for content in built.files.values())


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ('p{--icon:url("data:image/svg+xml;a{b}");color:red}', "p{color:red}"),
        ('p{color:red;--icon:url("data:image/svg+xml,x")}', "p{color:red;}"),
        ('p{--icon:url("own.svg")}', 'p{--icon:url("own.svg")}'),
    ],
)
def test_pictures_inside_the_themes_style_sheet_are_left_out(css: str, left: str) -> None:
    assert lightened(css) == left
