"""The style of a survey, as far as a program sees it: words that it avoids don't stand in its pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from survey.catalogue.checks import prose
from survey.catalogue.problems import Problem
from survey.catalogue.schema.avoided_words import Avoided

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.markup.body import Passage
    from survey.catalogue.records.files import Files, Page
    from survey.catalogue.schema.facets import Layout


def check(files: Files, layout: Layout) -> Iterator[Problem]:
    """Yield where the pages have words that the survey avoids."""
    avoided = [Avoided.of(words, mend) for words, mend in layout.avoided]
    for page in files.pages() if avoided else ():
        yield from page.once("avoided-words", partial(_on_page, page, avoided))


def _on_page(page: Page, avoided: Sequence[Avoided]) -> Iterator[Problem]:
    said = list(prose.passages(page))
    whole = "\n".join(passage.text for passage in said).lower()
    near = [words for words in avoided if words.piece in whole]
    for passage in said if near else ():
        yield from _found(page, passage, near)


def _found(page: Page, passage: Passage, avoided: Sequence[Avoided]) -> Iterator[Problem]:
    for words in avoided:
        for match in words.pattern.finditer(passage.text):
            line = passage.line + passage.text.count("\n", 0, match.start())
            message = f"'{' '.join(match[0].split())}' is among the words that this survey avoids"
            yield Problem(page.path, line, "avoided-words", message, words.mend)
