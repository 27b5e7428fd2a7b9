"""``survey_*`` in conf.py: what cannot be used is said with its place, and the build goes on as if it weren't there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.errors import ConfigError
from trees import small_survey

from survey.pages.safety.content_security import POLICY
from survey.pages.site.conf_values import _FORMS

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Built, Tree

HOME = """\
# A small survey

```{toctree}
:caption: Reading

chronology
taxonomy
bibliography
```
"""
BOOK_THEME = {"html_theme": "sphinx_book_theme"}
PICTURES = '\nhtml_static_path = ["_static"]\nhtml_extra_path = ["extra", "one.png"]\n'


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Return a survey whose home page has a table of contents with a caption."""
    tree = small_survey(tmp_path)
    tree.write("docs/index.md", HOME)
    return tree


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the build of the same survey with nothing set."""
    tree = small_survey(tmp_path_factory.mktemp("plain"))
    tree.write("docs/index.md", HOME)
    return tree.build(confoverrides=BOOK_THEME)


def said(built: Built) -> list[str]:
    """Return the warnings about settings, without their code."""
    lines = built.warnings.splitlines()
    assert all("[survey.bad-setting]" in line for line in lines), built.warnings
    return [line.replace("WARNING: bad-setting: ", "").replace(" [survey.bad-setting]", "") for line in lines]


def redirects(built: Built) -> list[str]:
    """Return the pages that lead elsewhere."""
    return [path for path, content in built.files.items() if b'http-equiv="refresh"' in content]


def test_there_is_a_form_for_each_value(survey: Tree) -> None:
    survey.write(
        "docs/reference.md", "---\norphan: true\n---\n\n# Values\n\n```{survey:reference} configuration\n```\n"
    )
    terms = survey.build().page("reference").select("dt[id^=config-survey-]")
    assert {str(term["id"]).removeprefix("config-").replace("-", "_") for term in terms} == set(_FORMS)


@pytest.mark.parametrize("value", [None, 3, b"x", {"a": None}, [None], "two\nlines", "\ud800"], ids=repr)
def test_a_value_of_another_form_is_said_and_counts_as_not_given(tree: Tree, plain: Built, value: Any) -> None:
    names = sorted(set(_FORMS) - {"survey_root"})
    start = len(tree.read("docs/conf.py").splitlines()) + 1
    lines = "".join(f"{name} = {value!r}\n" for name in names)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + lines)
    built = tree.build(confoverrides=BOOK_THEME)
    assert built.status == 0
    places = [" ".join(line.split()[:2]) for line in said(built)]
    assert sorted(places) == sorted(f"docs/conf.py:{at}: {name}" for at, name in enumerate(names, start))
    for path in ("index.html", "papers/wu2024retrieval.html", "_headers", "search-start.json"):
        assert built.files[path] == plain.files[path], path
    assert POLICY in built.text("_headers")


def test_a_value_is_said_with_its_line_and_what_to_do(tree: Tree) -> None:
    tree.write(
        "docs/conf.py",
        tree.read("docs/conf.py") + "\nsurvey_footer = 'Reading'\n\nsurvey_updated: str = '2026-02-30'\n",
    )
    line = tree.read("docs/conf.py").splitlines().index("survey_footer = 'Reading'") + 1
    assert said(tree.build("dummy")) == [
        (
            f"docs/conf.py:{line}: survey_footer is 'Reading', which is no list of texts, and counts as []; "
            "correct it, or take it out of conf.py"
        ),
        (
            f"docs/conf.py:{line + 2}: survey_updated is '2026-02-30', which is no day such as '2026-05-01', "
            "and counts as ''; correct it, or take it out of conf.py"
        ),
    ]
    assert said(tree.build("dummy")) == said(tree.build("dummy", fresh=True)), "each build says it"


@pytest.mark.parametrize("day", ["May 2026", "2026-5-1", "2024-99-99", "٢٠٢٦-٠٥-٠١", " 2026-05-01", "20260501"])
def test_a_day_that_is_none_is_said_and_not_shown(tree: Tree, day: str) -> None:
    tree.replace("docs/index.md", "# A small survey\n", "# A small survey\n\n```{survey:news}\n```\n")
    built = tree.build(confoverrides={"survey_updated": day})
    assert [line.partition(",")[0] for line in said(built)] == [f"docs/conf.py:1: survey_updated is {day!r}"]
    assert "Last updated on 2025-01-10" in built.page("index").get_text()


@pytest.mark.parametrize("language", ["zh_CN", "English text", "e"])
def test_a_language_that_is_none_is_said(tree: Tree, language: str) -> None:
    (line,) = said(tree.build("dummy", confoverrides={"survey_text_language": language}))
    assert "is no language as HTML names it, such as 'en' or 'zh-CN'" in line


@pytest.mark.parametrize(
    ("former", "hint"),
    [
        ("/old/page", "did you mean 'old/page'?"),
        ("../old", "did you mean 'old'?"),
        ("a/../../old", "did you mean 'old'?"),
        ("old/page.html", "did you mean 'old/page'?"),
        ("old.MD", "did you mean 'old'?"),
        ("old/", "did you mean 'old'?"),
        ("old#part", "did you mean 'old'?"),
        ("./old", "did you mean 'old'?"),
        ("", "write it like 'survey/old'"),
        ("C:\\old", "write it like 'survey/old'"),
        ("robots.txt/old", "write it like 'survey/old'"),
        ("a" * 201, "write it like 'survey/old'"),
        ("a/" * 30 + "b", "write it like 'survey/old'"),
    ],
)
def test_a_former_name_that_no_page_can_have_is_said_and_nothing_written(tree: Tree, former: str, hint: str) -> None:
    before = {path for path in tree.root.parent.rglob("*") if "_build" not in path.parts}
    built = tree.build(confoverrides={"survey_redirects": {former: "taxonomy", "fine": "taxonomy"}})
    assert said(built) == [
        f"docs/conf.py:1: survey_redirects has '{former}', which is no page's path from docs/ without ending; {hint}"
    ]
    assert redirects(built) == ["fine.html"]
    assert {path for path in tree.root.parent.rglob("*") if "_build" not in path.parts} == before
    assert {path.name for path in (tree.root / "_build").iterdir()} == {"html", "html.doctrees"}


@pytest.mark.parametrize(
    ("page", "hint"),
    [
        ("taxonmy", "did you mean 'taxonomy'?"),
        ("taxonomy.html", "did you mean 'taxonomy'?"),
        ("/taxonomy", "did you mean 'taxonomy'?"),
        ("heads/memory.md#top", "did you mean 'heads/memory'?"),
        ("zzz", "write its path from docs/ without ending"),
    ],
)
def test_a_page_to_lead_to_that_there_is_not_is_said(tree: Tree, page: str, hint: str) -> None:
    moved = {"survey_redirects": {"old": page}}
    built = tree.build(confoverrides=moved)
    line = f"docs/conf.py:1: survey_redirects leads from 'old' to '{page}', and there is no such page; {hint}"
    assert said(built) == [line]
    assert said(tree.build(confoverrides=moved)) == [line], "by builds that read nothing as well"
    assert redirects(built) == []


@pytest.mark.parametrize(("builder", "former"), [("html", "taxonomy"), ("dirhtml", "heads/memory/index")])
def test_a_former_name_of_a_page_that_there_is_is_said(tree: Tree, builder: str, former: str) -> None:
    page = former.removesuffix("/index")
    built = tree.build(builder, confoverrides={"survey_redirects": {former: "chronology"}})
    assert said(built) == [
        f"docs/conf.py:1: survey_redirects has '{former}', but there is the page '{page}'; take one of them away"
    ]
    assert redirects(built) == []


def test_the_search_is_not_redirected(tree: Tree) -> None:
    built = tree.build(confoverrides={**BOOK_THEME, "survey_redirects": {"search": "taxonomy"}})
    assert "'search', which is a page that Sphinx makes" in said(built)[0]
    assert redirects(built) == []


def test_names_with_dots_and_letters_of_all_scripts_can_redirect(tree: Tree) -> None:
    moved = {"models/llama-3.3-70b": "taxonomy", "v0.3": "taxonomy", "综述/旧": "taxonomy", "a page": "taxonomy"}
    built = tree.build(confoverrides={"survey_redirects": moved})
    assert said(built) == []
    assert redirects(built) == sorted(f"{name}.html" for name in moved)


def test_captions_that_no_contents_have_are_said(tree: Tree) -> None:
    values = {"survey_footer": ["Raeding", "Reading"], "survey_book": {"Zzz": "Part", "Reading": "The text"}}
    assert said(tree.build("dummy", confoverrides=values)) == [
        (
            "docs/conf.py:1: survey_footer names 'Raeding', and no table of contents of the home page is called so; "
            "did you mean 'Reading'?"
        ),
        (
            "docs/conf.py:1: survey_book names 'Zzz', and no table of contents of the home page is called so; "
            "write it as it stands there"
        ),
    ]


@pytest.fixture
def pictured(tree: Tree) -> Tree:
    """Return a survey with pictures in all folders that it can have."""
    for path in ("_static/a.png", "_static/deep/b.png", "extra/c.png", "one.png"):
        tree.write(f"docs/{path}", b"\x89PNG")
    tree.write("docs/conf.py", tree.read("docs/conf.py") + PICTURES)
    return tree


@pytest.mark.parametrize("badge", ["b.png", "_static/a.png", "../one.png", "deep", "c.png", "x" * 5_000])
def test_a_badge_that_is_not_there_is_said_and_not_shown(pictured: Tree, badge: str) -> None:
    built = pictured.build(confoverrides={"survey_badge": badge})
    assert [line.partition(",")[0] for line in said(built)] == [f"docs/conf.py:1: survey_badge names '{badge}'"]
    assert not built.page("papers/wu2024retrieval").select(".survey-badge")


def test_a_badge_that_comes_later_is_shown_then(pictured: Tree) -> None:
    assert said(pictured.build(confoverrides={"survey_badge": "later.svg"}))
    pictured.write("docs/_static/later.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    built = pictured.build(confoverrides={"survey_badge": "later.svg"})
    assert said(built) == []
    assert built.page("papers/wu2024retrieval").select(".survey-badge")


@pytest.mark.parametrize(
    "preview",
    ["a.png", "_static/c.png", "/one.png", "http://example.org/x.png", "nope.png", "deep/one.png", "x" * 5_000],
)
def test_a_preview_that_is_not_there_is_said_and_not_given(pictured: Tree, preview: str) -> None:
    built = pictured.build(confoverrides={"survey_preview": preview})
    assert [line.partition(",")[0] for line in said(built)] == [f"docs/conf.py:1: survey_preview names '{preview}'"]
    assert built.page("index").select("meta[property='og:image']") == []


@pytest.mark.parametrize(
    ("preview", "address"),
    [
        ("one.png", "https://example.org/survey/one.png"),
        ("c.png", "https://example.org/survey/c.png"),
        ("_static/deep/b.png", "https://example.org/survey/_static/deep/b.png"),
        ("https://img.example.org/x.png", "https://img.example.org/x.png"),
    ],
)
def test_a_preview_is_given_by_its_address(pictured: Tree, preview: str, address: str) -> None:
    built = pictured.build(confoverrides={"survey_preview": preview})
    assert said(built) == []
    assert built.page("index").select_one("meta[property='og:image']")["content"] == address


@pytest.mark.parametrize("root", [3, "nowhere", "a\0b", ["x"], "x" * 5_000], ids=repr)
def test_without_a_root_there_is_nothing_to_build(tree: Tree, root: Any) -> None:
    with pytest.raises(ConfigError, match=rf"survey_root is {re.escape(repr(root))}, and there is no such folder"):
        tree.build("dummy", confoverrides={"survey_root": root})


def test_no_root_is_the_folder_around(tree: Tree) -> None:
    (line,) = said(tree.build("dummy", confoverrides={"survey_root": None}))
    assert line.startswith("docs/conf.py:1: survey_root is None, which is no text of one line, and counts as ''")
