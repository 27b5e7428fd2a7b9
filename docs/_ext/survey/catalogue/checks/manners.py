"""What a survey may require of each page for its own sake: of a paper what it rests on, of a text how it opens."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from survey.catalogue.markup import body
from survey.catalogue.problems import Problem
from survey.catalogue.schema.fields import HeadFields, PaperFields
from survey.catalogue.texts.references_bib import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.records.files import Files, Page
    from survey.catalogue.schema.facets import Layout

_QUESTION = re.compile(r"[^.!?]*\?(?:\s|$)")
_DISPUTED = re.compile(r"\bdisputed?\b", re.IGNORECASE)
_SIDES = 2  #: Works without which nothing is disputed: one that says so, and one that says otherwise.


def _papers(files: Files) -> Iterator[tuple[Page, PaperFields]]:
    for page in files.papers.values():
        if isinstance(page.fields, PaperFields):
            yield page, page.fields


def missing_readings(files: Files, _layout: Layout) -> Iterator[Problem]:
    """Report papers that don't say what their page rests on."""
    for page, fields in _papers(files):
        if not fields.read:
            hint = "add 'read: […]' with what was read: full, code, abstract, second-hand"
            message = "the paper doesn't say what its page rests on"
            yield Problem(page.path, page.line("read"), "missing-reading", message, hint)


def missing_takeaways(files: Files, _layout: Layout) -> Iterator[Problem]:
    """Report papers without a takeaway."""
    for page, fields in _papers(files):
        if fields.takeaway is None:
            hint = "add 'takeaway: …', one sentence that stands alone: head, model, finding"
            yield Problem(page.path, page.line("takeaway"), "missing-takeaway", "the paper has no takeaway", hint)


def missing_models(files: Files, _layout: Layout) -> Iterator[Problem]:
    """Report papers that name no model and don't say why, or say why and name some; background may name none."""
    for page, fields in _papers(files):
        if not fields.models and fields.models_note is None and fields.scope is None:
            hint = "name the models, or say in 'models_note' why there are none"
            yield Problem(page.path, page.line("models"), "missing-models", "the paper names no model", hint)
        elif fields.models and fields.models_note is not None:
            message, hint = "'models_note' says why no model is named, and some are", "remove it"
            yield Problem(page.path, page.line("models_note"), "missing-models", message, hint)


def unexplained_years(files: Files, _layout: Layout) -> Iterator[Problem]:
    """Report papers that are dated to another year than they are cited by, without a reason, or the other way round."""
    for page, fields in _papers(files):
        entry = files.bibliography.get(page.stem)
        if entry is None or re.fullmatch("[0-9]{4}", entry.year) is None:
            continue
        differs = fields.published.year != int(entry.year)
        if differs and fields.date_note is None:
            message = f"published {fields.published}, and the entry in {FILE} says {entry.year}"
            hint = "mend one of them, or say in 'date_note' why they differ"
            yield Problem(page.path, page.line("published"), "unexplained-year", message, hint)
        elif not differs and fields.date_note is not None:
            message, hint = f"'date_note' explains nothing: both years are {entry.year}", "remove it"
            yield Problem(page.path, page.line("date_note"), "unexplained-year", message, hint)


def opening_questions(files: Files, _layout: Layout) -> Iterator[Problem]:
    """Report pages, and summaries of papers, whose first sentence is a question."""
    for page in files.pages():
        yield from page.once("opening-question", partial(_opening_question, page))


def _opening_question(page: Page) -> Iterator[Problem]:
    first = page.body.summary.get("innovation") if page.kind == "paper" else page.body.lead
    said = next(body.prose(body.tokens(first.text)), None) if first is not None else None
    if first is not None and said is not None and _QUESTION.match(said.text):
        hint = "begin with what is so"
        yield Problem(page.path, first.line, "opening-question", "the page opens with a question", hint)


def empty_disputes(files: Files, _layout: Layout) -> Iterator[Problem]:
    """Report sections of head types' pages that are headed as disputed, and don't name two works."""
    for page in files.pages():
        if not isinstance(page.fields, HeadFields):
            continue
        headings = page.body.outline.headings
        ends = [heading.line for heading in headings[1:]]
        for number, heading in enumerate(headings):
            end = ends[number] if number < len(ends) else None
            works = {key for role in page.body.roles if _inside(role.line, heading.line, end) for key in role.names}
            if _DISPUTED.search(heading.text) and len(works) < _SIDES:
                message = f"the section names {len(works) or 'no'} work{'' if len(works) == 1 else 's'}"
                hint = "cite both sides, or give it a heading that fits: 'Open' for a question that was asked"
                yield Problem(page.path, heading.line, "empty-dispute", message, hint)


def _inside(line: int, start: int, end: int | None) -> bool:
    return line > start and (end is None or line < end)
