"""What is left of the theme's pages, and what they say to the search: without a browser."""

from __future__ import annotations

import json
import os
import re
from importlib import resources
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from trees import Built, Tree, small_survey

import survey.pages
from survey.pages.frame.theme_css import is_unused, lightened


def themed(root: Path) -> Tree:
    """Return the small survey with the theme of the site."""
    tree = small_survey(root)
    options = {"use_repository_button": True, "use_edit_page_button": True, "repository_url": "https://github.com/o/r"}
    theme = f'html_theme = "sphinx_book_theme"\nhtml_theme_options = {options!r}'
    tree.replace("docs/conf.py", 'html_theme = "basic"', theme)
    return tree


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return themed(tmp_path_factory.mktemp("light"))


@pytest.fixture(scope="module")
def built(tree: Tree) -> Built:
    return tree.build()


def test_a_page_has_one_script_and_no_icon_font(built: Built) -> None:
    page = built.page("papers/wu2024retrieval")
    scripts = {tag["src"].partition("?")[0] for tag in page.select("script[src]")}
    assert "../_static/survey-page.js" in scripts
    assert not any(word in name for name in scripts for word in ("theme", "bootstrap", "awesome", "search", "doctools"))
    assert page.select("i[class*=fa-]") == []
    assert page.select("link[rel=preload]") == []


def test_links_of_the_themes_buttons_are_words(built: Built) -> None:
    links = {tag["href"]: tag.get_text() for tag in built.page("index").select(".article-header-buttons a[title]")}
    assert links["https://github.com/o/r"] == "Repository"


def test_every_style_sheet_and_script_that_a_page_asks_for_is_there(built: Built) -> None:
    page = built.page("index")
    names = [tag["href"] for tag in page.select("link[rel=stylesheet], link[rel=icon]")]
    names += [tag["src"] for tag in page.select("script[src]")]
    assert [name for name in names if name.partition("?")[0] not in built.files] == []


def test_no_page_has_a_class_whose_rules_are_left_out(built: Built) -> None:
    pages = [built.page(path.removesuffix(".html")) for path in built.files if path.endswith(".html")]
    names = {name for page in pages for tag in page.select("[class]") for name in tag["class"]}
    names |= {f"#{tag['id']}" for page in pages for tag in page.select("[id]")}
    assert {name for name in names if is_unused(name)} == set()


def test_articles_are_indexed_without_listings_and_permalinks(built: Built) -> None:
    page = built.page("heads/retrieval")
    assert page.select_one("article.bd-article").has_attr("data-pagefind-body")
    assert all(listing.has_attr("data-pagefind-ignore") for listing in page.select(".no-search, .headerlink"))
    assert page.select(".no-search")
    assert built.page("search").select("[data-pagefind-body]") == []


def test_a_page_says_what_it_is(built: Built) -> None:
    marks = {
        (tag["data-pagefind-filter"].partition("[")[0], tag["content"])
        for tag in built.page("papers/wu2024retrieval").select("meta[data-pagefind-filter]")
    }
    assert marks == {("kind", "Paper"), ("stage", "In Context Identification"), ("year", "2024")}


def test_names_have_aliases_and_addresses(built: Built) -> None:
    names = {one["title"]: one for one in json.loads(built.text("search-names.json"))}
    assert names["Retrieval Head"]["names"] == ["Retrieval Head", "Needle Head"]
    assert names["Retrieval Head"]["url"] == "heads/retrieval.html"
    assert names["Memory Heads and Retrieval Heads"]["year"] == "2025"
    assert "Llama-2-13B" in names["Llama 2"]["names"]
    assert names["Llama-2-13B"]["url"] == "models/llama-2.html#llama-2-13b"


def test_the_search_knows_papers_by_numbers_and_people_and_heads_by_what_they_do(built: Built) -> None:
    names = {one["url"]: one for one in json.loads(built.text("search-names.json"))}
    paper = names["papers/wu2024retrieval.html"]
    assert paper["ids"] == ["wu2024retrieval", "2404.15574"]
    assert paper["people"] == ["Wu", "Wang"]
    assert names["papers/ahn2025memory.html"]["years"] == ["2024"]  # of the preprint
    assert names["papers/bell2023previous.html"]["ids"][1] == "10.1234/bell.2023"
    assert names["heads/retrieval.html"]["about"] == "Retrieval Head: what it is."
    assert names["heads/retrieval.html"]["papers"] == 2
    assert names["chronology.html"]["kind"] == "Page"


def test_the_search_suggests_what_the_survey_says(tree: Tree) -> None:
    built = tree.build(confoverrides={"survey_search_examples": ["copies names"]})
    start = json.loads(built.text("search-start.json"))
    assert start["examples"] == ["copies names"]
    assert {"title": "Chronology", "url": "chronology.html"} in start["pages"]


def test_pages_for_developers_are_on_a_shelf_of_their_own(tmp_path: Path) -> None:
    tree = themed(tmp_path)
    tree.write("docs/development/index.md", "---\norphan: true\n---\n\n# Development\n\nHow it is made.\n")
    built = tree.build()
    shelves = {
        page: [mark["content"] for mark in built.page(page).select("meta[data-pagefind-filter^=shelf]")]
        for page in ("development/index", "chronology")
    }
    assert shelves == {"development/index": ["workshop"], "chronology": []}
    assert "development/index.html" not in [one["url"] for one in json.loads(built.text("search-names.json"))]


def test_titles_are_data_in_what_pages_say(tmp_path: Path) -> None:
    tree = themed(tmp_path)
    tree.paper("dunn2025mark", title='Heads <b>"bold"</b>', heads=["memory"], published="2025-05-05")
    built = tree.build()
    assert built.page("papers/dunn2025mark").select_one("meta[name='survey:title']")["content"] == 'Heads <b>"bold"</b>'


def test_files_of_the_surveys_own_stay_under_names_of_the_themes(tmp_path: Path) -> None:
    tree = themed(tmp_path)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + 'html_static_path = ["_static"]\n')
    own = {"scripts/mine.js": b"// mine", "styles/theme.css": b"/* mine */", "scripts/bootstrap.js": b"// mine too"}
    for name, content in own.items():
        tree.write(f"docs/_static/{name}", content)
    for built in (tree.build(), tree.build()):
        assert {name: built.files.get(f"_static/{name}") for name in own} == own
        assert "_static/scripts/pydata-sphinx-theme.js" not in built.files
        assert not any(name.startswith("_static/vendor/fontawesome") for name in built.files)


def test_icon_links_of_the_theme_are_words_or_images(tmp_path: Path) -> None:
    tree = themed(tmp_path)
    links = [
        {"name": "Forum <b>", "url": "https://example.org/a?b&c", "icon": "fa-solid fa-comments"},
        {"name": "Logo", "url": "https://example.org/d", "icon": "_static/favicon.svg", "type": "local"},
    ]
    options = f"html_theme_options = {{'icon_links': {links!r}}}\n"
    tree.write("docs/conf.py", tree.read("docs/conf.py") + options)
    built = tree.build()
    shown = {link["href"]: link for link in built.page("papers/wu2024retrieval").select(".navbar-icon-links a")}
    assert shown["https://example.org/a?b&c"].get_text(strip=True) == "Forum <b>"
    assert shown["https://example.org/d"].select_one("img")["src"] == "../_static/favicon.svg"
    assert built.page("index").select("i[class*=fa-]") == []


def test_another_theme_keeps_its_pages(tmp_path: Path) -> None:
    built = small_survey(tmp_path).build()
    assert "search-names.json" not in built.files
    assert "data-pagefind-body" not in built.text("index.html")


def test_epub_keeps_its_own_pages(tree: Tree) -> None:
    built = tree.build("epub")
    assert "pst-primary-sidebar" not in built.text("index.xhtml")


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".modal-body{a:b}.kept{c:d}", ".kept{c:d}"),
        (".modal,.kept{a:b}", ".kept{a:b}"),
        ("@media print{.fa-bars{a:b}}", ""),
        ("@media print{.fa-bars{a:b}p{c:d}}", "@media print{p{c:d}}"),
        ('@font-face{font-family:"Font Awesome 7 Free"}', ""),
        ("@font-face{font-family:Own}", "@font-face{font-family:Own}"),
        (".kept:not(.modal){a:b}", ".kept:not(.modal){a:b}"),
        ('.kept:after{content:"}"}.toast{a:b}', '.kept:after{content:"}"}'),
        ('@charset "UTF-8";p{a:b}', '@charset "UTF-8";p{a:b}'),
        (".mt-lg-3{a:b}.btn-sm{c:d}", ".btn-sm{c:d}"),
        (".mt-3,.mx-auto,.z-n1,.w-100,.p,.px,.w-quote,.pb-3x{a:b}", ".p,.px,.w-quote,.pb-3x{a:b}"),
        (".fast,.formal,.card-like{a:b}", ".fast,.formal{a:b}"),
        (".bd-header{a:b}.bd-header-article{c:d}", ".bd-header-article{c:d}"),
        (".sd-card,.sd{a:b}", ".sd{a:b}"),
        (":is(.fas,.fa-solid):before{a:b}:is(.fas,.own){c:d}", ":is(.fas,.own){c:d}"),
        (":not(:is(.fas,.fab)).own{a:b}", ":not(:is(.fas,.fab)).own{a:b}"),
        ("#pst-back-to-top:hover{a:b}#pst-back-to-top-of-mine{c:d}", "#pst-back-to-top-of-mine{c:d}"),
        (".sidebar,.sidebar-primary{a:b}", ".sidebar-primary{a:b}"),
        ("p{--bs-a:1;--bs-b:2;c:var(--bs-b)}", "p{--bs-b:2;c:var(--bs-b)}"),
        ("p{--bs-a:1;--bs-b:var(--bs-a);c:d}", "p{c:d}"),
        ("p{--own:1}", "p{--own:1}"),
        ("p{--pst-color-a:1;--pst-color-b:2;c:var(--pst-color-b)}", "p{--pst-color-b:2;c:var(--pst-color-b)}"),
    ],
)
def test_rules_go_with_their_family_and_no_others(css: str, left: str) -> None:
    assert lightened(css) == left


def test_values_that_other_style_sheets_read_stay() -> None:
    assert lightened("p{--pst-color-a:1;--pst-color-b:2}", "a{color:var(--pst-color-a)}") == "p{--pst-color-a:1;}"


def test_pages_have_every_value_of_the_themes_that_our_style_sheets_read(built: Built) -> None:
    theme = resources.files("pydata_sphinx_theme") / "theme/pydata_sphinx_theme/static/styles/pydata-sphinx-theme.css"
    known = set(re.findall(r"(--pst-[\w-]+):", theme.read_text("utf-8")))
    sheets = [path.read_text("utf-8") for path in Path(survey.pages.__file__).parent.rglob("*.css")]
    read = {name for sheet in sheets for name in re.findall(r"var\((--pst-[\w-]+)", sheet)}
    assert read & known
    assert read & known <= set(re.findall(r"(--pst-[\w-]+):", built.text("_static/survey-page.css")))


def test_style_sheets_and_scripts_come_without_comments(tree: Tree) -> None:
    built = tree.build()
    for name in ("survey-page.css", "search.css", "survey-page.js", "unfold.js"):
        assert not re.search(r"/\*(?!!)", built.text(f"_static/{name}")), name  # but for licenses


def test_every_page_loads_one_style_sheet_of_the_themes_and_ours(built: Built) -> None:
    page = built.page("papers/ahn2025memory")
    screen = [str(link["href"]) for link in page.select("link[rel=stylesheet]:not([media=print])")]
    assert [href.partition("?")[0] for href in screen] == ["../_static/survey-page.css"]
    css = built.text("_static/survey-page.css")
    order = [
        "--bs-body-font-family:",
        "@font-face",
        ".survey-search",
        "--survey-line:",
    ]  # the theme, letters, frame, ours
    assert sorted(order, key=css.index) == order
    assert not {"_static/fonts.css", "_static/frame.css", "_static/survey.css"} & set(built.files)


def test_a_surveys_own_style_sheet_stands_in_for_ours_and_stays_as_it_is(tmp_path: Path) -> None:
    tree = themed(tmp_path)
    before = tree.build().page("index").select_one("link[href*=survey-page]")
    own = "/* ours */\np {  color: var(--pst-color-shadow) }\n"
    tree.write("docs/_static/survey.css", own)
    tree.replace("docs/conf.py", "html_theme =", 'html_static_path = ["_static"]\nhtml_theme =')
    built = tree.build()
    assert built.text("_static/survey.css") == own
    css = built.text("_static/survey-page.css")
    assert "p{color:var(--pst-color-shadow)}" in css
    assert "--pst-color-shadow:" in css
    assert "--survey-line:60ch" not in css
    assert built.page("index").select_one("link[href*=survey-page]") != before  # browsers ask for it again


def test_every_page_loads_one_script_of_ours_before_it_is_drawn(built: Built) -> None:
    page = built.page("papers/ahn2025memory")
    at_once = [str(tag["src"]) for tag in page.select("script[src]:not([defer])")]
    assert [src.partition("?")[0] for src in at_once] == ["../_static/survey-page.js"]
    script = built.text("_static/survey-page.js")
    color, waits, cards = (script.index(part) for part in ("localStorage", "DOMContentLoaded", "surveyData"))
    assert color < waits < cards
    assert not {f"_static/{name}.js" for name in ("mode", "page", "cards", "cite")} & set(built.files)


def test_a_surveys_own_script_stands_in_for_ours_and_stays_as_it_is(tmp_path: Path) -> None:
    tree = themed(tmp_path)
    before = tree.build().page("index").select_one("script[src*=survey-page]")
    tree.write("docs/_static/cite.js", 'console.log( "ours" ); // own\n')
    tree.replace("docs/conf.py", "html_theme =", 'html_static_path = ["_static"]\nhtml_theme =')
    built = tree.build()
    assert built.text("_static/cite.js") == 'console.log( "ours" ); // own\n'
    assert 'console.log("ours");' in built.text("_static/survey-page.js")
    assert built.page("index").select_one("script[src*=survey-page]") != before  # browsers ask for it again


def test_the_name_has_our_icon_where_a_survey_has_no_logo(built: Built, tmp_path: Path) -> None:
    (mark,) = built.page("index").select(".navbar-brand > svg.survey-mark")
    icon = BeautifulSoup(built.text("_static/favicon.svg"), "xml")
    shapes = [[dict(one.attrs) for one in drawing.find_all(["rect", "path", "circle"])] for drawing in (mark, icon)]
    assert shapes[0] == shapes[1]
    tree = themed(tmp_path)
    tree.write("docs/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    tree.replace("docs/conf.py", "html_theme =", 'html_logo = "logo.svg"\nhtml_theme =')
    page = tree.build().page("index")
    assert page.select(".survey-mark") == []
    assert len(page.select(".navbar-brand img[src*=logo]")) > 0


def test_the_head_of_the_home_page_says_each_thing_once(built: Built) -> None:
    page = built.page("index")
    assert page.title is not None
    assert "\N{EM DASH}" not in page.title.get_text()
    assert len(page.select("meta[name=viewport]")) == 1


def test_the_fonts_come_with_their_license(built: Built) -> None:
    assert {"_static/fonts/sans.woff2", "_static/fonts/math.woff2", "_static/fonts/OFL.txt"} <= set(built.files)
    assert not any("logo_colab" in name or "logo_binder" in name for name in built.files)


@pytest.mark.parametrize("folder", ["_templates", "{docs}/_templates", "{docs}/../shared/templates"])
@pytest.mark.parametrize("theme", ["sphinx_book_theme", "basic"])
def test_a_surveys_own_templates_come_first_wherever_they_lie(theme: str, folder: str, tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    docs = tree.root / "docs"
    named = folder.format(docs=docs)
    for name in ("theme-switcher.html", "searchbox.html", "sbt-sidebar-nav.html"):
        tree.write(os.path.relpath(docs / named / name, tree.root), f"<p>An own {name}</p>\n")
    page = tree.build(confoverrides={"templates_path": [named], "html_theme": theme}).text("index.html")
    own = {"sphinx_book_theme": ("theme-switcher.html", "sbt-sidebar-nav.html"), "basic": ("searchbox.html",)}
    assert [name for name in own[theme] if f"<p>An own {name}</p>" not in page] == []
    if theme == "sphinx_book_theme":
        assert "survey-page.js" in page, "our templates still come before the theme's"
