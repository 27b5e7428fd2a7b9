"""The site in Chinese, in a browser: what scripts say, and a search that finds Chinese and English words."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from serving import served
from small import prepared

from survey import translation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

_PROSE = """\
---
orphan: true
---

# 序言

模型在上下文中寻找相同的前缀，再复制其后的词元；残差流连接各层。Circuits complete repeated patterns.
"""


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a small survey in Chinese, with its search index."""
    tree = prepared(tmp_path_factory.mktemp("chinese"))
    tree.write("docs/prose.md", _PROSE)
    output = tree.build(confoverrides={"html_theme": "sphinx_book_theme", "language": "zh_CN"}).outdir
    translation.use()
    subprocess.run([sys.executable, "-m", "pagefind", "--site", str(output), "--quiet"], check=True)
    with served(output) as at:
        yield at


def found(page: Page, address: str, query: str) -> list[str]:
    """Return the titles of what a search finds."""
    page.goto(f"{address}/search.html?{urlencode({'q': query})}")
    expect(page.locator(".survey-search-status")).to_contain_text(query)
    return page.locator(".survey-search-results .survey-search-title").all_inner_texts()


@pytest.mark.parametrize("query", ["前缀", "词元", "残差流", "寻找相同", "complete", "pattern"])
def test_a_word_inside_a_sentence_is_found(page: Page, chinese: str, query: str) -> None:
    assert found(page, chinese, query) == ["序言"]


def test_what_the_text_has_in_english_is_found_by_name_and_word(page: Page, chinese: str) -> None:
    assert found(page, chinese, "needle head")[0] == "Retrieval Head"
    assert "Attention Is All You Need" not in found(page, chinese, "Wenhao")
    assert "Retrieval Heads" in found(page, chinese, "Wenhao")


def test_nothing_found_is_said_in_chinese(page: Page, chinese: str) -> None:
    assert found(page, chinese, "量子") == []
    expect(page.locator(".survey-search-status")).to_have_text("没有找到与“量子”相关的内容。")


def test_the_search_is_labelled_in_chinese(page: Page, chinese: str) -> None:
    page.goto(f"{chinese}/papers/wu2024retrieval.html")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="搜索本综述")).to_be_focused()
    assert page.locator(".survey-search-filters label").all_inner_texts() == ["类型", "阶段", "年份"]
    expect(page.get_by_role("button", name="关闭")).to_be_visible()
    page.get_by_label("类型").select_option("头类型")
    expect(page.locator(".survey-search-status")).to_contain_text("条结果")


def test_the_colour_mode_is_named_in_chinese(page: Page, chinese: str) -> None:
    page.goto(f"{chinese}/index.html")
    button = page.get_by_role("button", name="颜色模式：跟随系统")
    button.click()
    expect(page.get_by_role("button", name="颜色模式：浅色")).to_be_visible()


def test_the_explorer_speaks_chinese(page: Page, chinese: str) -> None:
    page.goto(f"{chinese}/explore.html?head=memory")
    expect(page.locator(".survey-matches")).to_have_text("5 篇论文中的 1 篇")
    expect(page.get_by_role("button", name="移除头类型：Memory Head")).to_be_visible()
    expect(page.locator(".survey-chosen-count").first).to_have_text("（已选 1 项）")


def test_what_is_copied_is_confirmed_in_chinese(page: Page, chinese: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{chinese}/papers/wu2024retrieval.html")
    page.get_by_role("button", name="复制").first.click()
    expect(page.locator(".survey-copied").first).to_have_text("已复制")
