"""Cross-checks: what only shows when all files are seen together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.catalogue import bibliography
from survey.catalogue.fields import HeadFields, ModelFields, PaperFields, StageFields
from survey.catalogue.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from survey.catalogue.facets import Facet, Layout
    from survey.catalogue.fields import Member, Positions
    from survey.catalogue.reading import Files, Page

_CITE = re.compile(r"cite(:\w+)?")
_ROLE = re.compile(r"survey:(\w[\w-]*)")
_AROUND_KEY = re.compile(r"\{[^{}]*\}")  # sphinxcontrib-bibtex: {see}key{p. 3}


def check(files: Files, layout: Layout) -> Iterator[Problem]:
    """Yield everything that is wrong between the files of a survey."""
    known = Known(files, layout)
    yield from known.problems
    for key, page in files.papers.items():
        yield from _paper(key, page, files, known, layout)
    for pages in files.entries.values():
        for page in pages.values():
            yield from _entry(page, known, files)
    yield from _parents(files)
    for page in files.pages():
        yield from _roles(page, known, files)
    yield from _unused(files)


class Known:
    """What ids there are, by kind; a family of models counts with its members."""

    def __init__(self, files: Files, layout: Layout) -> None:
        self.problems: list[Problem] = []
        self.ids: dict[str, set[str]] = {facet.kind: set(files.entries[facet.kind]) for facet in layout.facets}
        self.tags: dict[str, set[str]] = {kind: set(ids) for kind, ids in self.ids.items()}
        self.members: dict[str, Member] = {}
        self.categories: dict[str, set[str]] = {}
        for facet in layout.facets:
            if facet.by_member:
                self.tags[facet.kind] = set(self._members(files, facet))
                self.ids[facet.kind] |= self.tags[facet.kind]
        for key, page in files.entries.get("stage", {}).items():
            if isinstance(page.fields, StageFields):
                self.categories[key] = {category.id for category in page.fields.categories}

    def _members(self, files: Files, facet: Facet) -> Iterator[str]:
        first: dict[str, str] = {}
        for page in files.entries[facet.kind].values():
            if not isinstance(page.fields, ModelFields):
                continue
            for index, member in enumerate(page.fields.members):
                if member.id in first:
                    message = f"'{member.id}' is already a member in {first[member.id]}"
                    line = page.line("members", index, "id")
                    problem = Problem(page.path, line, "duplicate-id", message, "the second is not used; rename one")
                    self.problems.append(problem)
                    continue
                first[member.id] = page.path
                self.members[member.id] = member
                yield member.id


def _paper(key: str, page: Page, files: Files, known: Known, layout: Layout) -> Iterator[Problem]:
    yield from _title(key, page, files)
    for term, part in (("Innovation", "innovation"), ("Tasks", "tasks"), ("Significant result", "significant_result")):
        if part not in page.body.summary:
            hint = f"add a line '{term}' and below it ': …' (see CONTRIBUTING)"
            line = page.body.title_line
            yield Problem(page.path, line, "missing-summary", f"the summary has no part '{term}'", hint)
    if not isinstance(page.fields, PaperFields):
        return
    yield from _tags(page, page.fields, known, layout)
    yield from _paper_fields(page, page.fields, files)
    yield from _positions(page, page.fields.positions, known)


def _title(key: str, page: Page, files: Files) -> Iterator[Problem]:
    entry = files.bibliography.get(key)
    if entry is None:
        hint = did_you_mean(key, files.bibliography.keys() - files.papers.keys(), f"add it to {bibliography.FILE}")
        yield Problem(page.path, 1, "missing-entry", f"there is no entry '{key}' in {bibliography.FILE}", hint)
    elif page.body.title is not None and page.body.title != entry.title:
        message = f"the heading is not the title in {bibliography.FILE}:{entry.line}"
        hint = f"write '# {entry.title}' if that one is right"
        yield Problem(page.path, page.body.title_line, "title-differs", message, hint)


def _tags(page: Page, fields: PaperFields, known: Known, layout: Layout) -> Iterator[Problem]:
    for facet in layout.facets:
        if facet.tag_field is None:
            continue
        for index, tag in enumerate(getattr(fields, facet.tag_field)):
            if tag not in known.tags[facet.kind]:
                yield _unknown(page, page.line(facet.tag_field, index), facet.kind, tag, known.tags[facet.kind])


def _paper_fields(page: Page, fields: PaperFields, files: Files) -> Iterator[Problem]:
    if not fields.heads and not fields.scope:
        hint = "name one, or mark the paper with 'scope: background'"
        yield Problem(page.path, page.line("heads"), "no-heads", "the paper names no head", hint)
    if fields.preprinted is not None and fields.preprinted >= fields.published:
        hint = "leave out 'preprinted' unless the first public version came before the publication"
        message = f"preprinted ({fields.preprinted}) is not earlier than published ({fields.published})"
        yield Problem(page.path, page.line("preprinted"), "date-order", message, hint)
    for index, alias in enumerate(fields.aliases):
        if alias in files.papers:
            message = f"the alias '{alias}' is the key of a paper that exists"
            line = page.line("aliases", index)
            yield Problem(page.path, line, "alias-clash", message, "aliases are earlier keys of this paper")


def _entry(page: Page, known: Known, files: Files) -> Iterator[Problem]:
    if page.fields is None or not isinstance(page.fields, HeadFields):
        return
    fields = page.fields
    if fields.stage not in known.ids["stage"]:
        yield _unknown(page, page.line("stage"), "stage", fields.stage, known.ids["stage"])
    elif fields.category not in known.categories.get(fields.stage, set()):
        message = f"the stage '{fields.stage}' has no category '{fields.category}'"
        hint = did_you_mean(fields.category, known.categories.get(fields.stage, ()), "the stage's file lists them")
        yield Problem(page.path, page.line("category"), "unknown-category", message, hint)
    if fields.parent is not None and fields.parent not in known.ids["head"]:
        yield _unknown(page, page.line("parent"), "head", fields.parent, known.ids["head"])
    for index, other in enumerate(fields.related):
        if other not in known.ids["head"]:
            yield _unknown(page, page.line("related", index), "head", other, known.ids["head"])
        elif other == page.stem:
            hint = "remove it from 'related'"
            yield Problem(
                page.path, page.line("related", index), "self-reference", f"'{other}' is related to itself", hint
            )
    first = fields.first_described_in
    if first is not None and first not in files.papers:
        hint = did_you_mean(first, files.papers, "only a surveyed paper can be given")
        yield Problem(page.path, page.line("first_described_in"), "unknown-paper", f"there is no paper '{first}'", hint)
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
        if group.head is not None and group.head not in known.ids["head"]:
            yield _unknown(page, page.line("positions", index, "head"), "head", group.head, known.ids["head"])
        member = known.members.get(group.model)
        if member is None:
            yield _unknown(page, page.line("positions", index, "model"), "model", group.model, set(known.members))
            continue
        for number, position in enumerate(group.at):
            layer, head = (int(part) for part in position.split("."))
            for value, size, what in ((layer, member.layers, "layers"), (head, member.heads, "heads a layer")):
                if size is not None and value >= size:
                    message = f"'{position}' lies outside '{group.model}', which has {size} {what}"
                    line = page.line("positions", index, "at", number)
                    yield Problem(page.path, line, "bad-position", message, "layers and heads are counted from 0")


def _roles(page: Page, known: Known, files: Files) -> Iterator[Problem]:
    for role in page.body.roles:
        if _CITE.fullmatch(role.name):
            for key in (part.strip() for part in _AROUND_KEY.sub("", role.target).split(",")):
                if key not in files.bibliography:
                    hint = did_you_mean(key, files.bibliography, f"add it to {bibliography.FILE}")
                    message = f"there is no entry '{key}' in {bibliography.FILE}"
                    yield Problem(page.path, role.line, "unknown-citation", message, hint)
        elif (match := _ROLE.fullmatch(role.name)) is not None:
            kind = match[1]
            ids = files.papers.keys() | files.bibliography.keys() if kind == "paper" else known.ids.get(kind)
            if ids is not None and role.target not in ids:
                yield _unknown(page, role.line, kind, role.target, set(ids))


def _unknown(page: Page, line: int, kind: str, wrong: str, ids: set[str]) -> Problem:
    hint = did_you_mean(wrong, ids, "add its file, or mend the id")
    return Problem(page.path, line, f"unknown-{kind}", f"there is no {kind} '{wrong}'", hint)


def _unused(files: Files) -> Iterator[Problem]:
    cited = {
        key.strip()
        for page in files.pages()
        for role in page.body.roles
        if _CITE.fullmatch(role.name) or role.name == "survey:paper"
        for key in _AROUND_KEY.sub("", role.target).split(",")
    }
    for key, entry in files.bibliography.items():
        if key not in files.papers and key not in cited:
            hint = f"cite it, add docs/papers/{key}.md, or remove it"
            yield Problem(bibliography.FILE, entry.line, "unused-entry", f"nothing surveys or cites '{key}'", hint)
