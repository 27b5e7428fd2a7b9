"""Checks of what a paper's file claims: its takeaway, its relations to other works, its findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.catalogue.bibliography import references
from survey.catalogue.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.checks.known_ids import Known
    from survey.catalogue.records.files import Files, Page
    from survey.catalogue.schema.fields import PaperFields

#: Openings that leave open who or what is meant: a takeaway stands alone in feeds, cards and search hits.
_POINTING = re.compile(
    r"(?:it|its|they|their|these|this|that|those|such|he|she|we|our|here|the (?:authors?|paper|study|work|article))\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W_]+")


def check(page: Page, fields: PaperFields, files: Files, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the claims of a paper's file."""
    if fields.takeaway is not None:
        yield from _takeaway(page, fields.takeaway, files)
    yield from _relations(page, fields, files)
    for index, finding in enumerate(fields.findings):
        at = ("findings", index)
        yield from known.unknown(page, page.line(*at, "head"), "head", finding.head)
        for field, kind in (("models", "model"), ("methods", "method")):
            for number, key in enumerate(getattr(finding, field)):
                yield from known.unknown_tag(page, page.line(*at, field, number), kind, key)


def _takeaway(page: Page, takeaway: str, files: Files) -> Iterator[Problem]:
    line = page.line("takeaway")
    opening = _POINTING.match(takeaway)
    if opening is not None:
        message = f"the takeaway begins with '{opening[0]}', which means nothing where it stands alone"
        yield Problem(page.path, line, "bad-takeaway", message, "begin with the head, the model or the finding")
    entry = files.bibliography.get(page.stem)
    if entry is not None and _words(takeaway) == _words(entry.title):
        message, hint = "the takeaway repeats the title", "say in one sentence what was found"
        yield Problem(page.path, line, "bad-takeaway", message, hint)


def _words(text: str) -> list[str]:
    return _LETTERS.findall(text.casefold())


def _relations(page: Page, fields: PaperFields, files: Files) -> Iterator[Problem]:
    seen = set()
    for index, relation in enumerate(fields.relations):
        line = page.line("relations", index, "to")
        if relation.to == page.stem:
            hint = "name another work, or remove the relation"
            yield Problem(page.path, line, "self-reference", f"'{relation.to}' is related to itself", hint)
        elif files.has_bibliography and not files.has_work(relation.to):
            hint = did_you_mean(relation.to, files.bibliography, f"add it to {references.FILE}")
            message = f"there is no entry '{relation.to}' in {references.FILE}"
            yield Problem(page.path, line, "unknown-citation", message, hint)
        if (relation.to, relation.kind) in seen:
            message = f"'{relation.kind} {relation.to}' is given twice"
            yield Problem(page.path, line, "bad-value", message, "keep one")
        seen.add((relation.to, relation.kind))
