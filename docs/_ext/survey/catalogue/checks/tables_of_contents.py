"""Tables of contents: each lists pages that are there, and each page of text stands in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.checks.links import join, name_of
from survey.catalogue.markup.allowed import PAGE_KEYS
from survey.catalogue.markup.faults import Fault
from survey.catalogue.markup.parts import DirectiveText
from survey.catalogue.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from survey.catalogue.problems import Problem
    from survey.catalogue.records.files import Page

ROOT = "index"
_MADE = frozenset({"genindex", "modindex", "search", "self"})


def problems(pages: Mapping[str, Page], *, whole: bool) -> Iterator[Problem]:
    """Yield entries of tables of contents that name no page, rings of them, and pages that stand in none."""
    listed: dict[str, list[str]] = {}
    for name, page in pages.items():
        entries = [entry for part in page.body.parts for entry in _entries(part)]
        listed[name] = []
        for text, line in entries:
            target = join(page, text.removesuffix(".md"))
            if target in listed[name]:
                message = f"the page '{text}' is already listed on this page"
                yield Fault(line, "duplicate-target", message, "list it once").on(page.path)
            elif target in pages:
                listed[name].append(target)
                if pages[target].readable and pages[target].body.title is None:
                    message = f"the page '{text}' has no heading, by which the table of contents could name it"
                    yield Fault(line, "missing-title", message, "begin its text with a line '# Title'").on(page.path)
            elif text not in _MADE:
                hint = did_you_mean(target, pages, "name a page by its path without '.md'")
                yield Fault(line, "unknown-target", f"there is no page '{text}'", hint).on(page.path)
    yield from _rings(pages, listed)
    if whole:
        reached = {target for targets in listed.values() for target in targets}
        for name, page in pages.items():
            is_ours = not page.kind and page.front.values.keys() <= PAGE_KEYS.keys()  # others are misplaced facts
            if name != ROOT and name not in reached and is_ours and "orphan" not in page.front.values:
                message = "the page stands in no table of contents"
                hint = "add it to a {toctree}, or write 'orphan: true' in its front matter"
                yield Fault(1, "unlisted-page", message, hint).on(page.path)


def _entries(part: object) -> Iterator[tuple[str, int]]:
    if isinstance(part, DirectiveText) and part.name == "toctree":
        for number, line in enumerate(part.content.splitlines(), start=part.content_line):
            text = line.strip()
            if text.endswith(">") and "<" in text:
                text = text.rpartition("<")[2].removesuffix(">").strip()
            if text and ":" not in text:  # addresses are refused elsewhere
                yield text, number


def _rings(pages: Mapping[str, Page], listed: Mapping[str, list[str]]) -> Iterator[Problem]:
    """Report each page whose table of contents leads back to it."""
    for name, page in pages.items():
        seen: set[str] = set()
        ahead = list(listed[name])
        while ahead:
            at = ahead.pop()
            if at == name:
                message = f"the table of contents of '{name_of(page)}' leads back to this page"
                yield Fault(page.body.title_line, "self-reference", message, "remove one of its entries").on(page.path)
                break
            if at not in seen:
                seen.add(at)
                ahead += listed[at]
