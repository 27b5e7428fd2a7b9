"""All checks of what pages say in Markdown, beyond what they may use."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from survey.catalogue.checks import links, tables_of_contents
from survey.catalogue.checks.directive_options import Choices
from survey.catalogue.markup import body, dollars, foreign, forms
from survey.catalogue.markup.faults import Fault
from survey.catalogue.markup.parts import DirectiveText, Formula
from survey.catalogue.markup.summary_terms import TERMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from survey.catalogue.checks.known_ids import Known
    from survey.catalogue.problems import Problem
    from survey.catalogue.records.files import Files, Page
    from survey.catalogue.schema.facets import Layout

#: Characters of a part of a summary: a table of all papers has to hold it in one cell (131,072 for Python's reader).
LONGEST_PART = 10_000


def check(files: Files, known: Known, layout: Layout) -> Iterator[Problem]:
    """Yield what is wrong with the text of pages, each by itself and with one another."""
    targets = links.Targets.of(files)
    choices = Choices(files, known, layout)
    for page in files.all_pages():
        found = page.body.outline.faults if not page.readable else _faults(page, targets, choices)
        yield from (fault.on(page.path) for fault in found)
    yield from targets.problems()
    yield from _bibliographies(files)
    yield from tables_of_contents.problems(targets.pages, whole=files.whole)


def _faults(page: Page, targets: links.Targets, choices: Choices) -> Iterator[Fault]:
    yield from page.once("text", partial(_alone, page))
    yield from links.faults(page, targets)
    if page.kind:
        yield from _fields(page, targets)
    for part in page.body.parts:
        if isinstance(part, DirectiveText) and part.form is not None and part.form.own:
            yield from choices.faults(part)


def _alone(page: Page) -> Iterator[Fault]:
    """Yield what is wrong with the text of a page whatever others say."""
    yield from page.body.outline.faults
    yield from links.footnotes(page)
    if page.kind == "paper":
        yield from _summary(page)
    if page.kind:
        yield from _shown_elsewhere(page)
    for part in page.body.parts:
        if isinstance(part, DirectiveText) and part.form is not None:
            yield from forms.faults(part)
        elif isinstance(part, Formula):
            yield from dollars.prose(part)


def _shown_elsewhere(page: Page) -> Iterator[Fault]:
    """Report what a passage refers to on its page, though other pages show the passage without that."""
    passages = [*page.body.summary.values(), *([page.body.lead] if page.body.lead is not None else [])]
    for passage in passages:
        yield from (fault._replace(line=passage.line) for fault in _without_page(body.inline(passage.text)))


def _without_page(tokens: Sequence[Token]) -> Iterator[Fault]:
    """Yield what a passage cannot say without the page around it."""
    elsewhere = "in a text that lists show on other pages"
    if any(token.type == "footnote_ref" for token in tokens):
        message = f"a footnote {elsewhere}, where the note is missing"
        yield Fault(1, "unknown-target", message, "say it in the text, or move it further down")
    if any(fault.code == "unknown-target" for fault in foreign.faults(tokens, 1)):
        message = f"a link by a definition {elsewhere}, where the definition is missing"
        yield Fault(1, "unknown-target", message, "write [words](https://…) instead")
    for token in tokens:
        if token.type == "myst_role" and token.meta["name"] == "doc":
            target = body.split_target(token.content)[1].strip()
            if target and not target.startswith("/"):
                message = f"the page '{target}' is named from this folder, {elsewhere}"
                yield Fault(1, "unknown-target", message, "name it from docs/, with '/' in front")


def _fields(page: Page, targets: links.Targets) -> Iterator[Fault]:
    """Yield what is wrong with the Markdown of fields, at the line of each."""
    for name, text in page.texts.items():
        inner = replace(page, body=text)
        for fault in (*text.outline.faults, *links.footnotes(inner), *links.faults(inner, targets)):
            yield fault._replace(line=page.line(name))
        if text.outline.footnote_marks:
            yield Fault(page.line(name), "bad-value", f"'{name}' holds a footnote", "say it in the sentence")
        if text.drawn or any(isinstance(part, DirectiveText) for part in text.parts):
            yield Fault(page.line(name), "bad-value", f"'{name}' holds a directive", "write a sentence")


def _bibliographies(files: Files) -> Iterator[Problem]:
    """Report a second bibliography: works that stand in two have two addresses, and Sphinx takes one of them."""
    first = ""
    for page in sorted(files.all_pages(), key=lambda page: page.path):
        for part in page.body.parts:
            if isinstance(part, DirectiveText) and part.name == "bibliography":
                if first:
                    message = f"a bibliography is already given at {first}"
                    fault = Fault(part.line, "duplicate-target", message, "keep one; every citation leads there")
                    yield fault.on(page.path)
                first = first or f"{page.path}:{part.line}"


def _summary(page: Page) -> Iterator[Fault]:
    for part, line in page.body.repeated:
        message = f"the summary has a second part '{TERMS[part]}', which is shown nowhere else"
        yield Fault(line, "repeated-part", message, "make one part of the two")
    for part, passage in page.body.summary.items():
        if len(passage.text) > LONGEST_PART:
            message = f"the part '{TERMS[part]}' of the summary has more than {LONGEST_PART:,} characters"
            yield Fault(passage.line, "too-large", message, "one to three sentences are enough")
