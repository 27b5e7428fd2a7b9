"""The box by which a paper, or the survey itself, is cited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAPER = "papers/wu2024retrieval.html"
FORMS = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}


def test_tabs_show_one_form_at_a_time(page: Page, small: str) -> None:
    page.goto(f"{small}/{PAPER}")
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    expect(page.get_by_role("tabpanel")).to_contain_text("@article{wu2024retrieval")
    for name, start in (("RIS", "TY  - JOUR"), ("CSL-JSON", '"type": "article-journal"'), ("Plain text", "Wenhao Wu")):
        page.get_by_role("tab", name=name).click()
        expect(page.get_by_role("tabpanel", name=name)).to_contain_text(start)
        expect(page.get_by_role("tabpanel")).to_have_count(1)
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")


def test_tabs_are_used_by_keyboard(page: Page, small: str) -> None:
    page.goto(f"{small}/{PAPER}")
    page.get_by_role("tab", name="BibTeX").focus()
    for key, name in (
        ("ArrowRight", "RIS"),
        ("End", "Plain text"),
        ("ArrowRight", "BibTeX"),
        ("ArrowLeft", "Plain text"),
    ):
        page.keyboard.press(key)
        expect(page.get_by_role("tab", name=name)).to_be_focused()
        expect(page.get_by_role("tabpanel", name=name)).to_be_visible()


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_copied_and_the_reader_told(page: Page, small: str, small_site: Path, name: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{small}/{PAPER}")
    page.get_by_role("tab", name=name).click()
    panel = page.get_by_role("tabpanel", name=name)
    panel.get_by_role("button", name="Copy").click()
    expect(panel.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == (small_site / f"cite/wu2024retrieval.{FORMS[name]}").read_text("utf-8").strip()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    ("where", "key"), [(PAPER, "wu2024retrieval"), ("index.html", "small2026survey")], ids=["paper", "survey"]
)
def test_a_file_has_the_name_of_the_key(page: Page, small: str, where: str, key: str, name: str) -> None:
    page.goto(f"{small}/{where}")
    page.get_by_role("tab", name=name).click()
    with page.expect_download() as download:
        page.get_by_role("tabpanel", name=name).get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == f"{key}.{FORMS[name]}"
    text = Path(download.value.path()).read_text("utf-8")
    assert key in text
    if name == "CSL-JSON":
        assert json.loads(text)[0]["id"] == key


def test_every_entry_of_the_bibliography_has_its_files(page: Page, small: str) -> None:
    page.goto(f"{small}/bibliography.html")
    entry = page.locator("#cite-vaswani2017attention")
    for name, ending in FORMS.items():
        address = entry.get_by_role("link", name=name).evaluate("(link) => link.href")
        assert address == f"{small}/cite/vaswani2017attention.{ending}"
        assert page.request.get(address).ok


def test_without_scripts_all_forms_are_there(browser: Browser, small: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{small}/{PAPER}")
    for text in ("@article{wu2024retrieval", "TY  - JOUR", '"type": "article-journal"', "Wenhao Wu and Yizhong Wang"):
        expect(page.locator(".survey-cite").get_by_text(text, exact=False).first).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.context.close()


def test_code_is_copied_as_it_stands(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/heads/induction.html")
    code = page.locator(".bd-article div.highlight").first
    code.hover()
    code.get_by_role("button", name="Copy").click()
    expect(code.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == code.locator("pre").text_content()
