"""From the text of an issue to a paper's two files: with all that is known, or not at all. The text may be anyone's."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from survey.adding import duplicates, finishing, papers
from survey.adding.bibtex import bibentries
from survey.adding.bibtex.bibfile import FILE, BibFile
from survey.adding.bibtex.house_entries import check, entry_of
from survey.adding.draft import identifiers
from survey.adding.draft.faults import Fault, NotFound, Refused, Unavailable
from survey.adding.files import day, dequeuing
from survey.adding.files.locking import locked
from survey.adding.files.paper_files import PaperFile
from survey.adding.files.writing import Changes, checked
from survey.adding.issue import answering, claimed, issue_form, prose
from survey.adding.suggesting import suggest
from survey.catalogue import PartialDate, load
from survey.catalogue.markup.summary_terms import TERMS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from survey.adding.draft.drafts import Draft
    from survey.adding.draft.identifiers import Identifier
    from survey.adding.lookups import Services
    from survey.catalogue import Catalogue, Problem

_T = TypeVar("_T")
_CATEGORY = re.compile(r"\s*\[[A-Za-z.-]{2,20}\]$")  #: Behind an arXiv number, as arXiv itself shows it.
_DEFINES = re.compile(
    r"@\s*string\b", re.IGNORECASE
)  #: Definitions, which may be made of each other and grow without end.
_MOST = 20  #: Addresses in one answer.
_LATER = "edit the issue later to try again, or fill in 'BibTeX entry'"
_ENDLESS = "the issue cannot be read: something in it has parts inside each other without end"
#: The fields of a paper whose answers name entries, with their labels and kinds.
_NAMED = {"heads": (issue_form.HEADS, "head"), "methods": (issue_form.METHODS, "method")}
#: The field of the form that a field of the page comes from.
_LABELS = {
    "published": issue_form.PUBLISHED,
    "heads": issue_form.HEADS,
    "takeaway": issue_form.TAKEAWAY,
    "read": issue_form.READ,
    "methods": issue_form.METHODS,
    "models": issue_form.MODELS,
    "models_note": issue_form.MODELS,
    "links": issue_form.CODE,
    "positions": issue_form.POSITIONS,
}
#: What the checker may say of a draft: what only a reader of the paper can fill in.
_LEFT = frozenset(
    {"missing-models", "missing-reading", "missing-summary", "missing-takeaway", "no-heads", "unexplained-year"}
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an issue."""

    answer: str  #: Markdown, for a comment or a pull request.
    faults: tuple[Fault, ...] = ()  #: Why nothing was written; none if it was.
    key: str = ""
    path: str = ""


def from_issue(root: Path, text: str, services: Services | None = None) -> Outcome:
    """Write the files of the paper that an issue describes to the survey at ``root``.

    They are checked before they count; if anything is wrong, nothing stays written, and the outcome says why.
    """
    try:
        return _written(root, text, services)
    except Refused as refused:
        faults = refused.faults
    except (RecursionError, MemoryError):
        faults = (Fault(_ENDLESS, "shorten it"),)
    return Outcome(answering.refusal(faults), faults)


class _Gathering:
    """Goes on after a fault, so that all are reported at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def get(self, place: str, make: Callable[[], _T]) -> _T | None:
        """Return what is made; or None, and note why not."""
        try:
            return make()
        except Refused as refused:
            self.faults += [dataclasses.replace(fault, place=fault.place or place) for fault in refused.faults]
            return None


@dataclass(frozen=True, slots=True)
class _Answers:
    """What the answers say; nothing of it is known to suit the survey."""

    published: PartialDate | None  #: None if the issue doesn't say it.
    tags: Mapping[str, tuple[str, ...]]  #: Ids by the field that names them; without those of which nothing is said.
    models_note: str  #: What the paper ran on, where it's none of the survey's models.
    takeaway: str
    read: tuple[str, ...]
    positions: tuple[tuple[str, ...], ...]  #: Items of front matter.
    code: tuple[str, ...]
    summary: Mapping[str, str]
    draft: Draft  #: As it was found; with the day that the issue gives, see :attr:`dated`.
    doubts: tuple[str, ...]  #: What a person has to look at.

    @property
    def dated(self) -> Draft:
        """The draft with the issue's own date of publication, if it gives one."""
        return dataclasses.replace(self.draft, published=self.published or self.draft.published).with_dates()

    def page(self, title: str, catalogue: Catalogue) -> str:
        """Return the paper's file; what the issue doesn't say is left open, with what the abstract suggests.

        :raises Refused: if nothing says when the paper was published, or the answers don't make a page.
        """
        dated = self.dated
        if dated.published is None:
            raise Refused(Fault("nothing says when the paper was published", "fill it in", issue_form.PUBLISHED))
        file = PaperFile(
            title,
            dated.published,
            dated.preprinted,
            day.written_on(),
            tags=self.tags,
            perhaps=dict(_suggested(catalogue, self.draft, self.tags)),
            code=self.code,
            takeaway=self.takeaway,
            read=self.read,
            models_note=self.models_note,
            summary=self.summary,
            positions=self.positions,
        )
        whole = dataclasses.replace(file, summary={term: self.summary.get(term, "x") for term in TERMS.values()})
        prose.verify(whole.text(catalogue.layout))
        return file.text(catalogue.layout)


def _written(root: Path, text: str, services: Services | None) -> Outcome:
    answers = _read(issue_form.read(text), load(root), services)
    with locked(root):  # not while a service is asked, which takes its time
        return _write(root, answers)


def _read(answers: Mapping[str, str], catalogue: Catalogue, services: Services | None) -> _Answers:
    """Return what the answers say.

    :raises Refused: with all that is wrong with them.
    """
    gathering = _Gathering()
    published = gathering.get(issue_form.PUBLISHED, lambda: _date(answers[issue_form.PUBLISHED]))
    tags: dict[str, tuple[str, ...]] = {}
    for field, (label, kind) in _NAMED.items():
        if found := gathering.get(label, partial(claimed.named, answers[label], kind, catalogue)):
            tags[field] = found
    ran_on = gathering.get(issue_form.MODELS, lambda: claimed.models(answers[issue_form.MODELS], catalogue))
    if ran_on is not None and ran_on.ids:
        tags["models"] = ran_on.ids
    place = issue_form.POSITIONS
    groups = gathering.get(place, lambda: claimed.positions(answers[place], tags, catalogue, place)) or []
    takeaway = gathering.get(issue_form.TAKEAWAY, lambda: claimed.takeaway(answers[issue_form.TAKEAWAY]))
    read = gathering.get(issue_form.READ, lambda: claimed.read(answers[issue_form.READ]))
    code = gathering.get(issue_form.CODE, lambda: _addresses(answers[issue_form.CODE]))
    kinds = [facet.kind for facet in catalogue.layout.facets] + ["paper"]
    summary = {}
    for term, label in issue_form.SUMMARY.items():
        if answers[label]:
            summary[term] = gathering.get(label, partial(prose.sentences, answers[label], kinds)) or ""
    draft = gathering.get(issue_form.ADDRESS, lambda: _draft(answers, catalogue, services))
    if gathering.faults or draft is None:
        raise Refused(*gathering.faults)
    tags |= claimed.with_positions(tags, groups)
    ran_on = (ran_on or claimed.RanOn()).beside(tags.get("models", ()))
    said = (tags, ran_on.note, takeaway or "", read or (), tuple(tuple(group.lines()) for group in groups))
    return _Answers(published, *said, code or (), summary, draft, ran_on.doubts)


def _write(root: Path, answers: _Answers) -> Outcome:
    catalogue, bib = load(root), BibFile.at(root)
    draft = answers.dated
    check(draft, issue_form.ADDRESS)
    known = finishing.entry_of(draft, catalogue, "")
    if known is None:
        papers.refuse_if_any(duplicates.by_draft(draft, catalogue))
        entry = entry_of(draft, papers.free_key(draft, catalogue, bib, ""), issue_form.ADDRESS)
        data, line = bib.with_entry(entry)
    else:  # of a work that is cited but not surveyed
        entry, data, line = known, bib.data, known.line
    path, page = f"docs/papers/{entry.key}.md", answers.page(entry.title, catalogue)
    queue = dequeuing.leaving(root, entry, catalogue)
    before, after = checked(root, {path: page.encode("utf-8"), FILE: data, **queue.files})
    left = [problem for problem in after.problems if problem.path == path and problem.code in _LEFT]
    problems = [problem for problem in after.problems if problem not in left]
    papers.refuse_if_any(_new_problems(before.problems, problems, page, path))
    with Changes(root) as changes:
        if known is None:
            changes.replace(FILE, data, bib.data)
        changes.create(path, page)
        queue.write(changes)
        changes.keep()
    notes = [*answers.draft.notes, *answers.doubts, *queue.notes, *_about_dates(answers.draft, answers.published)]
    notes += _suggestions(catalogue, answers)
    answer = answering.success(entry.key, entry.title, path, line, map(str, left), notes)
    return Outcome(answer, (), entry.key, path)


def _date(answer: str) -> PartialDate | None:
    if not answer:
        return None
    try:
        return PartialDate.parse(answer)
    except ValueError:
        raise Refused(Fault(f"'{answer}' is not a date", "write 2024-04-24, 2024-04 or 2024")) from None


def _addresses(answer: str) -> tuple[str, ...]:
    given = [address.strip("<>,;").rstrip(".") for address in answer.split()]
    if len(given) > _MOST:
        raise Refused(Fault(f"the answer has {len(given)} words", "give addresses only"))
    wrong = [address for address in given if prose.ADDRESS.fullmatch(address) is None]
    if wrong:
        raise Refused(
            *(Fault(f"'{address}' is not an https address", "use one that starts with https://") for address in wrong)
        )
    return tuple(dict.fromkeys(given))


def _draft(answers: Mapping[str, str], catalogue: Catalogue, services: Services | None) -> Draft:
    identifier = identifiers.parse(_CATEGORY.sub("", answers[issue_form.ADDRESS].rstrip(" .,;")))
    if finishing.entry_with(identifier, catalogue) is None:
        papers.refuse_if_any(duplicates.by_identifier(identifier, catalogue))
    try:
        draft = papers.look_up(identifier, services)
    except NotFound as refused:
        raise Refused(*(dataclasses.replace(fault, hint="check the identifier") for fault in refused.faults)) from None
    except Unavailable as refused:
        if not answers[issue_form.BIBTEX]:
            raise Refused(*(dataclasses.replace(fault, hint=_LATER) for fault in refused.faults)) from None
        draft = _from_entry(answers[issue_form.BIBTEX], identifier)
    found, given = draft.fields.get("title", ""), answers[issue_form.TITLE]
    if given and not duplicates.alike(found, given):
        hint = f"is it the paper meant? Then give this title; '{given[:200]}' is another"
        raise Refused(Fault(f"{identifier} is the paper '{found}'", hint))
    return draft


def _from_entry(bibtex: str, identifier: Identifier) -> Draft:
    """Return what the issue's own entry says, if it agrees with the identifier."""
    if _DEFINES.search(bibtex) is not None:
        hint = "give the entry alone, with the values themselves"
        raise Refused(Fault("the answer defines words with @string", hint, issue_form.BIBTEX))
    draft = bibentries.read(bibtex, issue_form.BIBTEX)
    if identifier.scheme not in {"arxiv", "doi"}:
        return draft
    name = "eprint" if identifier.scheme == "arxiv" else "doi"
    other = draft.fields.get(name, identifier.value)
    if other.casefold() != identifier.value.casefold():
        hint = f"it is not {identifier}: correct one of them"
        raise Refused(Fault(f"the entry is of another paper, '{other}'", hint, issue_form.BIBTEX))
    more = {name: identifier.value} | ({"archiveprefix": "arXiv"} if name == "eprint" else {})
    note = "no service was asked: entry and identifier are as the issue gives them"
    return dataclasses.replace(draft, fields={**draft.fields, **more}, notes=(*draft.notes, note))


def _new_problems(before: Iterable[Problem], after: Iterable[Problem], page: str, path: str) -> Iterable[Fault]:
    """Yield what the checker says that it did not say before; an entry more moves the lines of others."""

    def without_lines(problem: Problem) -> tuple[str, ...]:
        return (problem.path, problem.code, re.sub(r"(?<=line )\d+|(?<=:)\d+", "", problem.message))

    known = Counter(map(without_lines, before))
    for problem in after:
        at = without_lines(problem)
        known[at] -= 1
        if known[at] < 0:
            place = _label(page, problem.line) if problem.path == path else problem.location
            yield Fault(f"{problem.code}: {problem.message}", problem.hint, place)


def _label(page: str, line: int) -> str:
    """Return the field of the form that a line of the page comes from."""
    lines = page.split("\n")[:line]
    if found := [text for text in lines if text in TERMS.values()]:
        return issue_form.SUMMARY[found[-1]]
    fields = [text.strip().partition(":")[0] for text in lines if re.match(r"  [a-z]", text)]
    return _LABELS.get(fields[-1], issue_form.ADDRESS) if fields else issue_form.ADDRESS


def _about_dates(draft: Draft, published: PartialDate | None) -> Iterable[str]:
    if published is None:
        return
    found = draft.published
    if found is not None and found != published and not published.includes(found) and not found.includes(published):
        yield f"the issue says published {published}, and the record says {found}"
    year = draft.fields.get("year", "")
    if year and year != f"{published.year:04d}":
        yield f"the entry's year is {year}, and published is {published}"


def _suggested(catalogue: Catalogue, draft: Draft, given: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield what title and abstract suggest, by field, without the fields that are given."""
    for facet in catalogue.layout.facets:
        if facet.tag_field is not None and facet.tag_field not in given:
            found = suggest(catalogue, facet, draft.fields.get("title", ""), draft.abstract)
            yield facet.tag_field, [suggestion.id for suggestion in found]


def _suggestions(catalogue: Catalogue, answers: _Answers) -> Iterator[str]:
    """Say what title and abstract suggest beside what the issue names."""
    for field, found in _suggested(catalogue, answers.draft, ()):
        ids = [at for at in found if at not in answers.tags.get(field, ())]
        if ids:
            yield f"{field} that title or abstract name: {', '.join(ids)}"
