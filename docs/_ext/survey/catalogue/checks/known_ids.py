"""What ids a survey has, so that those that it lacks can be reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.problems import Problem, did_you_mean
from survey.catalogue.schema.fields import ModelFields, StageFields

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from survey.catalogue.records.files import Files, Page
    from survey.catalogue.schema.facets import Facet, Layout
    from survey.catalogue.schema.fields import Member


class Known:
    """What ids there are, by kind; a family of models counts with its members.

    A file that cannot be used is still there: its id is known, and of what it would define nothing is called unknown.
    """

    def __init__(self, files: Files, layout: Layout) -> None:
        self.problems: list[Problem] = []  #: Ids that are given twice.
        self.ids: dict[str, set[str]] = {facet.kind: set(files.entries[facet.kind]) for facet in layout.facets}
        self.ids["paper"] = {*files.papers, *files.works}
        self.tags: dict[str, set[str]] = {kind: set(ids) for kind, ids in self.ids.items()}
        self.members: dict[str, Member] = {}
        self.categories: dict[str, set[str]] = {}  #: By stage, if its file can be used.
        self._open: set[str] = set() if files.has_bibliography else {"paper"}  #: Kinds that may have more ids.
        for facet in layout.facets:
            if facet.by_member:
                self.tags[facet.kind] = set(self._members(files, facet))
                self.ids[facet.kind] |= self.tags[facet.kind]
                if any(page.fields is None for page in files.entries[facet.kind].values()):
                    self._open.add(facet.kind)
        for key, page in files.entries.get("stage", {}).items():
            if isinstance(page.fields, StageFields):
                self.categories[key] = set(self._categories(page, page.fields))

    def unknown(self, page: Page, line: int, kind: str, key: str) -> Iterator[Problem]:
        """Yield a problem if a role or field names what isn't there."""
        return self._unknown(page, line, kind, key, self.ids)

    def unknown_tag(self, page: Page, line: int, kind: str, key: str) -> Iterator[Problem]:
        """Yield a problem if a paper names what isn't there: of models a member, not a family."""
        return self._unknown(page, line, kind, key, self.tags)

    def certain(self, kind: str) -> Set[str] | None:
        """Return the ids by which papers name entries of a kind; None if there may be more in a file without use."""
        return None if kind in self._open or kind not in self.tags else self.tags[kind]

    def _unknown(self, page: Page, line: int, kind: str, key: str, known: dict[str, set[str]]) -> Iterator[Problem]:
        if kind in known and kind not in self._open and key not in known[kind]:
            hint = did_you_mean(key, known[kind], "add its file, or mend the id")
            yield Problem(page.path, line, f"unknown-{kind}", f"there is no {kind} '{key}'", hint)

    def _members(self, files: Files, facet: Facet) -> Iterator[str]:
        first: dict[str, str] = {}
        for page in files.entries[facet.kind].values():
            if not isinstance(page.fields, ModelFields):
                continue
            for index, member in enumerate(page.fields.members):
                if member.id in first:
                    message = f"'{member.id}' is already a member in {first[member.id]}"
                    self._repeated(page, page.line("members", index, "id"), message)
                    continue
                first[member.id] = page.path
                self.members[member.id] = member
                yield member.id

    def _categories(self, page: Page, fields: StageFields) -> Iterator[str]:
        ids = [category.id for category in fields.categories]
        for index, key in enumerate(ids):
            if key in ids[:index]:
                message = f"'{key}' is already a category of this stage"
                self._repeated(page, page.line("categories", index, "id"), message)
            yield key

    def _repeated(self, page: Page, line: int, message: str) -> None:
        hint = "the second is not used; rename one"
        self.problems.append(Problem(page.path, line, "duplicate-id", message, hint))
