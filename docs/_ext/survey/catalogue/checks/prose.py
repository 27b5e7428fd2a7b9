"""The prose of a page: what readers read as sentences, without code, formulas, addresses, and what citations show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.markup import body
from survey.catalogue.markup.body import Passage
from survey.catalogue.markup.parts import DirectiveText, parser, texts
from survey.catalogue.schema import frontmatter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.records.files import Page

#: Fields whose texts quote others, or are ids, addresses and choices.
_NO_PROSE = frozenset(
    {
        "added",
        "aliases",
        "at",
        "code",
        "criterion",
        "data",
        "demo",
        "huggingface",
        "links",
        "project",
        "source",
        "tokens",
        "transformer_lens",
    }
    | {"category", "first_described_in", "group", "head", "heads", "id", "kind", "method", "methods", "model", "models"}
    | {"parent", "published", "preprinted", "read", "related", "says", "scope", "stage", "subgroup", "to", "url"}
)


def passages(page: Page) -> Iterator[Passage]:
    """Yield what a page says, piece by piece: the texts of its fields, its paragraphs, and those in its directives.

    Where a paper's page has the title, it is quoted.
    """
    yield from _fields(page)
    for passage in page.body.prose:
        if page.kind != "paper" or passage.line != page.body.title_line:
            yield passage
    for part in page.body.parts:
        form = part.form if isinstance(part, DirectiveText) else None
        if isinstance(part, DirectiveText) and form is not None:
            for text, line in texts(part, form):
                for passage in body.prose(parser().parse(text)):
                    yield Passage(passage.text, passage.line + line - 1)


def _fields(page: Page) -> Iterator[Passage]:
    if page.kind:
        fields = page.front.values.get(page.kind)
        for at, text in frontmatter.texts(fields):
            name = next((step for step in reversed(at) if isinstance(step, str)), "")
            if name not in _NO_PROSE and "links" not in at:
                yield Passage(text, page.line(*at))
