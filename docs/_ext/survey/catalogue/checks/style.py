"""The style of a survey, as far as a program sees it: words that it avoids don't stand in its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.checks import prose
from survey.catalogue.problems import Problem
from survey.catalogue.schema import avoided_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.records.files import Files
    from survey.catalogue.schema.facets import Layout


def check(files: Files, layout: Layout) -> Iterator[Problem]:
    """Yield where the pages have words that the survey avoids."""
    words = dict(layout.avoided)
    if not words:
        return
    mends = list(words.values())
    form = avoided_words.pattern(words)
    for page in files.pages():
        for passage in prose.passages(page):
            for match in form.finditer(passage.text):
                line = passage.line + passage.text.count("\n", 0, match.start())
                mend = mends[int((match.lastgroup or "n0")[1:])]
                message = f"'{' '.join(match[0].split())}' is among the words that this survey avoids"
                yield Problem(page.path, line, "avoided-words", message, mend)
