"""From the text of an issue to a paper's two files, complete or not at all. The text may be anyone's."""

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
from survey.adding.files.locking import locked
from survey.adding.files.paper_files import TERMS, PaperFile
from survey.adding.files.writing import Changes, checked
from survey.adding.heads import bare
from survey.adding.issue import answering, claimed, issue_form, prose
from survey.adding.suggesting import suggest
from survey.catalogue import PartialDate, did_you_mean, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from survey.adding.draft.drafts import Draft
    from survey.adding.draft.identifiers import Identifier
    from survey.adding.lookups import Services
    from survey.catalogue import Catalogue, Problem

_T = TypeVar("_T")
_CATEGORY = re.compile(r"\s*\[[A-Za-z.-]{2,20}\]$")  #: Behind an arXiv number, as arXiv itself shows it.
_DEFINES = re.compile(r"@\s*string\b", re.IGNORECASE)  #: Words of words, which can grow without end.
_MOST = 20  #: Heads, or addresses, in one answer.
_LATER = "edit the issue later to try again, or fill in 'BibTeX entry'"
_BACKGROUND = "papers that name no type of head are added by hand, with 'scope: background' (see CONTRIBUTING)"
_ENDLESS = "the issue cannot be read: something in it has parts inside each other without end"
_NONE = frozenset({"none", "no", "n/a", "-", "background"})


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

    published: PartialDate
    heads: tuple[str, ...]
    models: tuple[tuple[str, ...], str]  #: Their ids, or what the paper ran on.
    takeaway: str
    read: tuple[str, ...]
    code: tuple[str, ...]
    summary: Mapping[str, str]
    draft: Draft  #: As it was found; with the day that the issue gives, see :attr:`dated`.

    @property
    def dated(self) -> Draft:
        """The draft with the issue's own date of publication."""
        return dataclasses.replace(self.draft, published=self.published).with_dates()

    def page(self, title: str, catalogue: Catalogue) -> str:
        """Return the paper's file."""
        ids, note = self.models
        file = PaperFile(
            title,
            self.published,
            self.dated.preprinted,
            tags={"heads": self.heads} | ({"models": ids} if ids else {}),
            code=self.code,
            summary=self.summary,
            takeaway=self.takeaway,
            read=self.read,
            models_note=note,
        )
        text = file.text(catalogue.layout)
        prose.verify(text)
        return text


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
    heads = gathering.get(issue_form.HEADS, lambda: _heads(answers[issue_form.HEADS], catalogue))
    models = gathering.get(issue_form.MODELS, lambda: claimed.models(answers[issue_form.MODELS], catalogue))
    takeaway = gathering.get(issue_form.TAKEAWAY, lambda: claimed.takeaway(answers[issue_form.TAKEAWAY]))
    read = gathering.get(issue_form.READ, lambda: claimed.read(answers[issue_form.READ]))
    code = gathering.get(issue_form.CODE, lambda: _addresses(answers[issue_form.CODE]))
    summary = {}
    kinds = [facet.kind for facet in catalogue.layout.facets] + ["paper"]
    for term in TERMS:
        summary[term] = gathering.get(term, partial(prose.sentences, answers[term], kinds)) or ""
    draft = gathering.get(issue_form.IDENTIFIER, lambda: _draft(answers, catalogue, services))
    if gathering.faults or published is None or draft is None:
        raise Refused(*gathering.faults)
    return _Answers(published, heads or (), models or ((), ""), takeaway or "", read or (), code or (), summary, draft)


def _write(root: Path, answers: _Answers) -> Outcome:
    catalogue, bib = load(root), BibFile.at(root)
    draft = answers.dated
    check(draft, issue_form.IDENTIFIER)
    known = finishing.entry_of(draft, catalogue, "")
    if known is None:
        papers.refuse_if_any(duplicates.by_draft(draft, catalogue))
        entry = entry_of(draft, papers.free_key(draft, catalogue, bib, ""), issue_form.IDENTIFIER)
        data, line = bib.with_entry(entry)
    else:  # of a work that is cited but not surveyed
        entry, data, line = known, bib.data, known.line
    path, page = f"docs/papers/{entry.key}.md", answers.page(entry.title, catalogue)
    before, after = checked(root, {path: page.encode("utf-8"), FILE: data})
    papers.refuse_if_any(_new_problems(before.problems, after.problems, page, path))
    with Changes(root) as changes:
        if known is None:
            changes.replace(FILE, data, bib.data)
        changes.create(path, page)
        changes.keep()
    notes = [*answers.draft.notes, *_about_dates(answers.draft, answers.published)]
    notes += _suggestions(catalogue, answers.draft, answers.heads)
    return Outcome(answering.success(entry.key, entry.title, path, line, notes), (), entry.key, path)


def _date(answer: str) -> PartialDate:
    try:
        return PartialDate.parse(answer)
    except ValueError:
        raise Refused(Fault(f"'{answer}' is not a date", "write 2024-04-24, 2024-04 or 2024")) from None


def _heads(answer: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of the heads that an answer names, by id, name or alias."""
    given = [name.strip(" \t*-`'\"") for name in re.split(r"[,;\n]", answer)]
    given = [name for name in given if name]
    if len(given) > _MOST:
        raise Refused(Fault(f"the answer names {len(given)} head types", "separate them by commas, and nothing else"))
    if not given or given[0].casefold() in _NONE:
        raise Refused(Fault("the answer names no head type", _BACKGROUND))
    names: dict[str, str] = {}
    entries = catalogue.entries["head"].values()
    for name, key in [
        *((entry.id, entry.id) for entry in entries),
        *((entry.name, entry.id) for entry in entries),
        *((alias, entry.id) for entry in entries for alias in entry.fields.aliases),
    ]:
        names.setdefault(bare(name), key)
    wrong = [name for name in given if bare(name) not in names]
    if wrong:
        every = {entry.id for entry in entries} | {entry.name for entry in entries}
        hint = "the taxonomy lists the types; a new one is proposed in an issue of its own"
        raise Refused(
            *(Fault(f"there is no head '{name[:100]}'", did_you_mean(name[:100], every, hint)) for name in wrong)
        )
    return tuple(dict.fromkeys(names[bare(name)] for name in given))


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
    identifier = identifiers.parse(_CATEGORY.sub("", answers[issue_form.IDENTIFIER].rstrip(" .,;")))
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
    if not duplicates.alike(found, given):
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
    found = [text for text in lines if text in TERMS]
    return found[-1] if found else _FIELDS.get(lines[-1].partition(":")[0].strip(), issue_form.IDENTIFIER)


#: The field of the form that a field of the page comes from.
_FIELDS = {
    "heads": issue_form.HEADS,
    "models": issue_form.MODELS,
    "models_note": issue_form.MODELS,
    "read": issue_form.READ,
    "takeaway": issue_form.TAKEAWAY,
}


def _about_dates(draft: Draft, published: PartialDate) -> Iterable[str]:
    found = draft.published
    if found is not None and found != published and not published.includes(found) and not found.includes(published):
        yield f"the issue says published {published}, and the record says {found}"
    year = draft.fields.get("year", "")
    if year and year != f"{published.year:04d}":
        yield f"the entry's year is {year}, and published is {published}"


def _suggestions(catalogue: Catalogue, draft: Draft, heads: Iterable[str]) -> Iterable[str]:
    for facet in catalogue.layout.facets:
        if facet.tag_field is not None:
            found = suggest(catalogue, facet, draft.fields.get("title", ""), draft.abstract)
            ids = [suggestion.id for suggestion in found if suggestion.id not in heads]
            if ids:
                yield f"{facet.tag_field} that title or abstract name: {', '.join(ids)}"
