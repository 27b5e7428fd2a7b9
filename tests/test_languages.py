"""The interface in another language: every word of it, in one build or several, with the survey's text as it is."""

from __future__ import annotations

import json
import re
from gettext import NullTranslations
from typing import TYPE_CHECKING

import feedparser
import pytest
from interface import files_of, own_words, said, whole_survey, words_of
from sphinx import locale

from survey import messages, translation
from survey.command import main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trees import Built, Tree

CHINESE = {"language": "zh_CN"}
#: A page of each kind.
PAGES = (
    *("index", "chronology", "taxonomy", "bibliography", "explore", "atlas", "timeline", "lists", "survey/flow"),
    *("papers/dunn2026extras", "papers/ahn2025memory", "papers/cole2022heads", "heads/copying", "heads/retrieval"),
    *("stages/in-context-identification", "methods/probing", "models/llama-2", "search", "404"),
)
#: Names that are the same in every language.
NAMES = words_of("arXiv BibTeX CSL CSV Ctrl DOI JSON RIS URL")


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    translation.use()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return whole_survey(tmp_path_factory.mktemp("languages"))


@pytest.fixture(scope="module")
def english(tree: Tree) -> Built:
    return tree.build(fresh=True)


@pytest.fixture(scope="module")
def chinese(tree: Tree, english: Built) -> Built:
    return tree.build(confoverrides=CHINESE)  # on top of the pages in English


def test_a_survey_is_built_in_chinese_without_warnings(chinese: Built) -> None:
    assert chinese.warnings == ""
    assert chinese.page("heads/retrieval").html["lang"] == "zh-CN"


def test_another_language_reads_every_page_again_and_gives_what_a_clean_build_gives(tree: Tree, chinese: Built) -> None:
    assert {"heads/retrieval", "index", "explore"} <= chinese.read
    clean = tree.build(confoverrides=CHINESE, fresh=True)
    assert files_of(clean) == files_of(chinese)
    assert tree.build(confoverrides=CHINESE).read == frozenset()


def test_parallel_builds_speak_the_same_language(tree: Tree, chinese: Built) -> None:
    assert files_of(tree.build(confoverrides=CHINESE, fresh=True, parallel=2)) == files_of(chinese)


def test_a_build_in_english_after_one_in_chinese_is_in_english(tree: Tree, english: Built, chinese: Built) -> None:
    again = tree.build(fresh=True)
    assert files_of(again) == files_of(english)
    assert not any(name.endswith("survey.js") for name in again.files)


@pytest.mark.parametrize("docname", PAGES)
def test_no_message_is_left_in_english(docname: str, chinese: Built, tree: Tree) -> None:
    own = {path.read_text("utf-8") for path in (tree.root / "docs").rglob("*.md")}
    english = [pattern for pattern in (_pattern(text) for text in _messages()) if pattern is not None]
    pieces = (text for text in said(chinese.page(docname)) if not any(text in file for file in own))
    assert [text for text in pieces if any(pattern.fullmatch(text) for pattern in english)] == []


def _messages() -> Iterator[str]:
    for message in messages.read("zh_CN"):
        if message.id and message.id != message.string:
            yield from (message.id,) if isinstance(message.id, str) else message.id


def _pattern(message: str) -> re.Pattern[str] | None:
    """Return what a message looks like with anything in its places; None if it has hardly any words of its own."""
    if len(re.findall(r"[a-z]", re.sub(r"\{\w+\}", "", message))) <= len(" and "):
        return re.compile(re.escape(message)) if "{" not in message else None
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(message.strip())))


class Wide(NullTranslations):
    """A language whose words are those of English in wide letters, so that all that is no message stands out."""

    def gettext(self, message: str) -> str:
        return re.sub(r"(\{\w+\})|([A-Za-z])", lambda at: at[1] or chr(ord(at[2]) + 0xFEE0), message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def _wide_for_ours(catalogue: str = "sphinx", namespace: str = "general") -> NullTranslations:
    found = locale.translators.get((namespace, catalogue), NullTranslations())
    return Wide() if catalogue == translation.CATALOGUE else found


@pytest.fixture(scope="module")
def wide(tree: Tree, english: Built, chinese: Built) -> Built:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locale, "get_translator", _wide_for_ours)
        built = tree.build(fresh=True)
    translation.use()
    return built


#: What the theme and Sphinx say, in their own catalogues: in English here.
THEME = words_of(
    "Skip to main content By Contents Copyright Download source file Index Link to this heading Search .md"
)


@pytest.mark.parametrize("docname", PAGES)
def test_everything_on_a_page_is_a_message_or_of_the_survey(docname: str, wide: Built, tree: Tree) -> None:
    known = own_words(tree) | THEME | NAMES
    unknown = {text: words_of(text) - known for text in said(wide.page(docname))}
    assert {text: left for text, left in unknown.items() if left} == {}


def test_what_scripts_load_is_in_the_language_of_the_pages(chinese: Built, wide: Built) -> None:
    names = json.loads(chinese.text("search-names.json"))
    kinds = {"论文", "头类型", "阶段", "方法", "模型系列", "模型", "章节", "页面"}
    assert {name["kind"] for name in names} == kinds
    assert "3 篇论文" in chinese.text("data/cards.js")
    scripts = [tag["src"].partition("?")[0] for tag in chinese.page("explore").select("script[src][defer]")]
    assert scripts.index("_static/survey.js") < scripts.index("_static/explore.js")
    assert '"Show more": ["显示更多"]' in chinese.text("_static/survey.js")
    assert not any("translations.js" in script for script in scripts)  # of scripts of Sphinx that pages do without


def test_a_page_in_english_loads_no_translations(english: Built) -> None:
    assert "survey.js" not in english.text("explore.html")


def test_data_for_machines_are_the_same_in_every_language(english: Built, chinese: Built) -> None:
    same = [name for name in english.files if re.match(r"data/.*\.(json|csv)|cite/|references\.bib|llms\.txt", name)]
    assert len(same) > len(PAGES)
    assert {name: english.files[name] for name in same} == {name: chinese.files[name] for name in same}


def test_a_feed_is_in_the_language_of_the_pages(chinese: Built) -> None:
    feed = feedparser.parse(chinese.files["feed.xml"])
    assert "<b>创新点：</b>" in feed.entries[0].summary
    assert feed.feed.title == "A small survey"


def test_dates_and_numbers_are_as_chinese_has_them(chinese: Built) -> None:
    page = chinese.page("papers/ahn2025memory")
    assert "发表于 2025 年 1 月 10 日，首个公开版本：2024 年 12 月 1 日" in page.select_one(".survey-byline").get_text()
    assert "发表于 2026 年 2 月" in chinese.page("papers/dunn2026extras").select_one(".survey-byline").get_text()
    assert chinese.page("explore").select_one(".survey-matches").get_text() == "5 篇论文"


def test_the_text_of_the_survey_is_as_it_was_written(english: Built, chinese: Built) -> None:
    for built in (english, chinese):
        page = built.page("papers/ahn2025memory")
        assert page.h1.get_text().startswith("Memory Heads and Retrieval Heads")
        assert "It extends Retrieval Heads to memory heads." in page.select_one("article").get_text()
    terms = [term.get_text() for term in chinese.page("papers/ahn2025memory").select("dt")]
    assert {"创新点", "任务", "重要结果"} <= set(terms)


def test_plain_text_and_books_are_in_the_language_too(tree: Tree) -> None:
    built = tree.build("text", confoverrides=CHINESE, fresh=True)
    assert built.warnings == ""
    assert "已知位置" in built.text("heads/retrieval.txt")


def test_a_language_without_a_catalogue_is_english(tree: Tree) -> None:
    built = tree.build("text", confoverrides={"language": "sw"}, fresh=True)
    assert "Known positions" in built.text("heads/retrieval.txt")


def test_the_export_of_a_language_is_that_of_its_build(tree: Tree, chinese: Built) -> None:
    folder = tree.root / "_exported"
    address = "https://example.org/survey/"
    arguments = ["export", str(folder), "--root", str(tree.root), "--base-url", address, "--language", "zh_CN"]
    assert main(arguments) == 0
    exported = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()
    }
    assert {name: chinese.files[name] for name in exported} == exported
    assert translation.say("Papers") == "Papers"


def test_the_text_of_the_survey_is_marked_as_english(chinese: Built, english: Built) -> None:
    page = chinese.page("papers/ahn2025memory")
    assert page.h1["lang"] == "en"
    assert page.find("p", string="A result of 42 %.")["lang"] == "en"
    assert [heading.get("lang") for heading in page("h2") if "相关论文" in heading.get_text()] == [None]
    assert [tag for tag in page.select("[lang=en]") if re.search("[\u3400-\u9fff]", tag.get_text())] == []
    head = chinese.page("heads/retrieval")
    assert head.find("a", string="In Context Identification").get("lang", "en") == "en"
    assert english.page("papers/ahn2025memory").select("article [lang]") == []
