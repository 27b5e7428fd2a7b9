"""Cross-checks: what only shows when all files are seen together."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from survey.catalogue.bibliography import entry_checks, references
from survey.catalogue.checks import claims, declared_figures, impossible_dates, required
from survey.catalogue.checks import page_text as markup
from survey.catalogue.checks.known_ids import Known
from survey.catalogue.checks.name_clashes import clashes
from survey.catalogue.markup import body
from survey.catalogue.markup.summary_terms import TERMS
from survey.catalogue.problems import Problem, did_you_mean
from survey.catalogue.records.modelheads import AT, KIND, At, outside
from survey.catalogue.schema import patterns
from survey.catalogue.schema.fields import HeadFields, PaperFields
from survey.catalogue.texts import hidden_letters

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from survey.catalogue.markup.body import Role
    from survey.catalogue.records.files import Files, Page
    from survey.catalogue.schema.facets import Layout
    from survey.catalogue.schema.fields import Member, Positions

_MOST_OUTSIDE = 100  #: Positions of a list that are reported: a table of the wrong model has thousands.
_ROLE = re.compile(r"survey:(\w[\w-]*)")
_COUNTED = "layers and heads are counted from 0"


def check(files: Files, layout: Layout, now: dt.date) -> Iterator[Problem]:
    """Yield everything that is wrong between the files of a survey, on the day that is ``now``."""
    known = Known(files, layout)
    yield from known.problems
    for key, page in files.papers.items():
        yield from _paper(key, page, files, known, layout)
    for pages in files.entries.values():
        for page in pages.values():
            if isinstance(page.fields, HeadFields):
                yield from _head(page, page.fields, known, files)
    yield from _parents(files)
    yield from clashes(files)
    yield from impossible_dates.check(files, now)
    yield from entry_checks.check_crossrefs(files.bibliography)
    for page in files.pages():
        yield from _roles(page, known, files)
    yield from declared_figures.check(files, known)
    yield from markup.check(files, known, layout)
    yield from _unused(files)
    yield from required.check(files, layout)


def _paper(key: str, page: Page, files: Files, known: Known, layout: Layout) -> Iterator[Problem]:
    if files.has_bibliography:
        yield from _title(key, page, files)
    for part, term in TERMS.items():
        if part in page.body.summary or not page.readable:
            continue
        if (line := page.body.open.get(part)) is not None:
            message, hint = f"the part '{term}' of the summary is empty", "write ': ' and one to three sentences here"
        else:
            line, message = page.body.title_line, f"the summary has no part '{term}'"
            hint = f"add a line '{term}' and below it ': …' (see CONTRIBUTING)"
        yield Problem(page.path, line, "missing-summary", message, hint)
    if not isinstance(page.fields, PaperFields):
        return
    yield from _tags(page, page.fields, known, layout)
    yield from _paper_fields(page, page.fields)
    yield from _positions(page, page.fields.positions, known)
    yield from claims.check(page, page.fields, files, known)


def _title(key: str, page: Page, files: Files) -> Iterator[Problem]:
    entry = files.bibliography.get(key)
    if key in files.broken:
        return
    if entry is None:
        hint = did_you_mean(key, files.bibliography.keys() - files.papers.keys(), f"add it to {references.FILE}")
        yield Problem(page.path, 1, "missing-entry", f"there is no entry '{key}' in {references.FILE}", hint)
    elif page.body.title is not None and not hidden_letters.same(page.body.title, entry.title):
        message = f"the heading is not the title in {references.FILE}:{entry.line}"
        here, there = hidden_letters.difference(page.body.title, entry.title)
        if here:
            message += f", which has {hidden_letters.named(there)} in place of {hidden_letters.named(here)}"
        hint = f"write '# {entry.title}' if that one is right"
        yield Problem(page.path, page.body.title_line, "title-differs", message, hint)


def _tags(page: Page, fields: PaperFields, known: Known, layout: Layout) -> Iterator[Problem]:
    for facet in layout.facets:
        if facet.tag_field is None:
            continue
        for index, tag in enumerate(getattr(fields, facet.tag_field)):
            yield from known.unknown_tag(page, page.line(facet.tag_field, index), facet.kind, tag)


def _paper_fields(page: Page, fields: PaperFields) -> Iterator[Problem]:
    if not fields.heads and not fields.scope:
        hint = "name one, or mark the paper with 'scope: background'"
        yield Problem(page.path, page.line("heads"), "no-heads", "the paper names no head", hint)
    first = fields.preprinted
    if first is not None and first >= fields.published and not fields.published.includes(first):
        hint = "leave out 'preprinted' unless the first public version came before the publication"
        message = f"preprinted ({first}) is not earlier than published ({fields.published})"
        yield Problem(page.path, page.line("preprinted"), "date-order", message, hint)


def _head(page: Page, fields: HeadFields, known: Known, files: Files) -> Iterator[Problem]:
    if page.body.lead is None and page.body.note is not None:  # as 'new --head' writes it
        message = "the page has a note to its author, and no text"
        hint = "say there what the head does, in one sentence to begin with (see CONTRIBUTING)"
        yield Problem(page.path, page.body.note, "missing-text", message, hint)
    if fields.hatnote is not None:
        for role in body.parse(fields.hatnote).roles:
            yield from _role(page, replace(role, line=page.line("hatnote")), known, files)
    yield from known.unknown(page, page.line("stage"), "stage", fields.stage)
    categories = known.categories.get(fields.stage)
    if categories is not None and fields.category not in categories:
        message = f"the stage '{fields.stage}' has no category '{fields.category}'"
        hint = did_you_mean(fields.category, categories, "the stage's file lists them")
        yield Problem(page.path, page.line("category"), "unknown-category", message, hint)
    if fields.parent is not None:
        yield from known.unknown(page, page.line("parent"), "head", fields.parent)
    for index, other in enumerate(fields.related):
        yield from known.unknown(page, page.line("related", index), "head", other)
        if other == page.stem:
            hint = "remove it from 'related'"
            yield Problem(
                page.path, page.line("related", index), "self-reference", f"'{other}' is related to itself", hint
            )
    first = fields.first_described_in
    if first is not None and first not in files.papers:
        hint = did_you_mean(first, files.papers, "only a surveyed paper can be given")
        yield Problem(page.path, page.line("first_described_in"), "unknown-paper", f"there is no paper '{first}'", hint)
    if fields.pattern is not None:
        for at, message, hint in patterns.faults(fields.pattern):
            yield Problem(page.path, page.line("pattern", *at), "bad-pattern", message, hint)
    yield from _positions(page, fields.positions, known)
    for index, group in enumerate(fields.positions):
        if group.head is not None and group.head != page.stem:
            message = f"the position is of the head '{group.head}'"
            hint = f"leave out 'head' in the file of '{page.stem}', or move the position"
            yield Problem(page.path, page.line("positions", index, "head"), "bad-position", message, hint)


def _parents(files: Files) -> Iterator[Problem]:
    """Report each ring of parents once, at the file that comes first in it."""
    parents = {
        key: page.fields.parent
        for key, page in files.entries.get("head", {}).items()
        if isinstance(page.fields, HeadFields)
    }
    reported: set[str] = set()
    for start, parent in parents.items():
        chain, current = [start], parent
        while current is not None and current not in chain:
            chain.append(current)
            current = parents.get(current)
        ring = set(chain[chain.index(current) :]) if current is not None else set()
        if start in ring and not ring & reported:
            reported |= ring
            page = files.entries["head"][start]
            message = f"the parents of '{start}' lead back to it ({' → '.join([*chain, start])})"
            yield Problem(page.path, page.line("parent"), "self-reference", message, "remove one of these parents")


def _positions(page: Page, groups: Iterable[Positions], known: Known) -> Iterator[Problem]:
    for index, group in enumerate(groups):
        if group.head is not None:
            yield from known.unknown(page, page.line("positions", index, "head"), "head", group.head)
        elif page.kind != "head" and group.called is None:
            hint = "add it, or say by 'called' what the source calls heads of no type that there is"
            line = page.line("positions", index)
            yield Problem(page.path, line, "missing-field", "the field 'head' is missing", hint)
        yield from known.unknown_tag(page, page.line("positions", index, "model"), "model", group.model)
        if group.scores and len(group.scores) != len(group.at):
            message = f"there are {len(group.scores)} scores for {len(group.at)} positions"
            line = page.line("positions", index, "scores")
            yield Problem(page.path, line, "bad-value", message, "give one for each position, in the order of 'at'")
        if group.of is not None and group.of < len(group.at):
            message = f"'of' says {group.of}, and {len(group.at)} positions are given"
            hint = "'of' is how many the source lists, where these are fewer"
            yield Problem(page.path, page.line("positions", index, "of"), "bad-value", message, hint)
        member = known.members.get(group.model)
        if member is not None:
            yield from _outside(page, index, group, member)


def _outside(page: Page, index: int, group: Positions, member: Member) -> Iterator[Problem]:
    """Report positions that the model doesn't have, by the numbers of its layers and heads as far as they're known."""
    if group.kv and member.kv_heads is None:
        message = f"the positions are KV heads, and '{group.model}' has no 'kv_heads'"
        line = page.line("positions", index, "kv")
        yield Problem(page.path, line, "bad-position", message, "add it to the model's file, or leave out 'kv'")
    found = 0
    for number, position in enumerate(group.at):
        layer, head = (int(part) for part in position.split("."))
        for message in outside(At(group.model, layer, head, group.kv), member):
            found += 1
            if found <= _MOST_OUTSIDE:
                yield Problem(*page.place(index, number), "bad-position", message, _COUNTED)


def _roles(page: Page, known: Known, files: Files) -> Iterator[Problem]:
    inside = [replace(role, line=page.line(name)) for name, text in page.texts.items() for role in text.roles]
    for role in (*page.body.roles, *inside):
        yield from _role(page, role, known, files)


def _role(page: Page, role: Role, known: Known, files: Files) -> Iterator[Problem]:
    for key in role.cited:
        if key and files.has_bibliography and not files.has_work(key):
            hint = did_you_mean(key, files.bibliography, f"add it to {references.FILE}")
            message = f"there is no entry '{key}' in {references.FILE}"
            yield Problem(page.path, role.line, "unknown-citation", message, hint)
    match = _ROLE.fullmatch(role.name) if role.target.strip() else None
    if match is not None and match[1] == AT:
        yield from _named_position(page, role, known)
    elif match is not None:
        yield from known.unknown(page, role.line, match[1], role.target)


def _named_position(page: Page, role: Role, known: Known) -> Iterator[Problem]:
    """Report a role that names no head of a model."""
    at = At.parse(role.target)
    if at is None:
        hint = "write model, layer and head, counted from 0: {survey:at}`gpt2-small 9.6`"
        yield Problem(page.path, role.line, "bad-position", f"'{role.target[:60]}' names no head of a model", hint)
        return
    yield from known.unknown_tag(page, role.line, KIND, at.model)
    if (member := known.members.get(at.model)) is not None:
        yield from (Problem(page.path, role.line, "bad-position", message, _COUNTED) for message in outside(at, member))


def _unused(files: Files) -> Iterator[Problem]:
    if not files.whole:
        return
    cited = {key for page in files.pages() for role in page.body.roles for key in role.names}
    papers = (page.fields for page in files.papers.values())
    cited |= {at.to for fields in papers if isinstance(fields, PaperFields) for at in fields.relations}
    for key, entry in files.bibliography.items():
        if key not in files.papers and key not in cited:
            hint = f"cite it, add docs/papers/{key}.md, or remove it"
            yield Problem(references.FILE, entry.line, "unused-entry", f"nothing surveys or cites '{key}'", hint)
