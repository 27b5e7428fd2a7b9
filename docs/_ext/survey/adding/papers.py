"""A new paper: its entry in the bibliography and its file, with what is known filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding import duplicates, finishing, suggesting
from survey.adding.bibtex import bibentries
from survey.adding.bibtex.bibfile import FILE, BibFile
from survey.adding.bibtex.house_entries import check, entry_of
from survey.adding.bibtex.paper_keys import key_for
from survey.adding.draft import identifiers
from survey.adding.draft.drafts import Draft
from survey.adding.draft.faults import Fault, Refused, Unavailable
from survey.adding.files import day, dequeuing
from survey.adding.files.locking import locked
from survey.adding.files.paper_files import PaperFile
from survey.adding.files.writing import Changes
from survey.catalogue import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from survey.adding.draft.identifiers import Identifier
    from survey.adding.lookups import Services
    from survey.adding.suggesting import Suggestion
    from survey.catalogue import BibEntry, Catalogue, Problem

STDIN = "standard input"


@dataclass(frozen=True, slots=True)
class Added:
    """What was written, and what is left to do."""

    key: str
    path: str  #: The paper's file.
    line: int  #: Of the entry in the bibliography.
    entered: bool  #: Whether the entry is new; a work that was only cited has one.
    filed: bool  #: Whether the file is new; one whose adding was interrupted may be there.
    suggestions: Mapping[str, Sequence[Suggestion]]  #: By the field that takes them.
    notes: tuple[str, ...]  #: What a person should look at.
    left: tuple[Problem, ...]  #: What the checker says of the new file.
    waited: tuple[str, ...] = ()  #: The ids by which it stood in the queue, which it has left.


def new_paper(
    root: Path,
    given: str,
    *,
    bibtex: str | None = None,
    key: str = "",
    distinct: bool = False,
    services: Services | None = None,
) -> Added:
    """Add a paper to the survey at ``root``.

    :param given: an identifier, the key of a work that is cited but not surveyed, or where ``bibtex`` comes from.
    :param bibtex: the entry, if no service is to be asked.
    :param distinct: whether it is another paper than one with nearly the same title.
    :raises Refused: if it is there already, or not enough is known of it; then nothing is written.
    """
    if bibtex is not None:
        draft = bibentries.read(bibtex, given)
        with locked(root):
            return _add(root, draft, given, key, distinct=distinct)
    catalogue = load(root)
    if given.strip() in catalogue.bibliography and not key:
        with locked(root):
            return _survey(root, load(root), given.strip())
    identifier = _identifier(given, catalogue)
    draft = _found(identifier, catalogue, services)
    with locked(root):  # not while a service is asked, which takes its time
        return _add(root, draft, str(identifier), key, distinct=distinct)


def _found(identifier: Identifier, catalogue: Catalogue, services: Services | None) -> Draft:
    """Return what a service says of a work, or at least its own entry, if it has one but no file."""
    entry = finishing.entry_with(identifier, catalogue)
    if entry is None:
        refuse_if_any(duplicates.by_identifier(identifier, catalogue))
    try:
        return look_up(identifier, services)
    except Unavailable:
        if entry is None:
            raise
        return _draft_of(entry)


def _add(root: Path, draft: Draft, place: str, key: str, *, distinct: bool) -> Added:
    """Write what there isn't yet of a paper's entry and file."""
    catalogue, bib = load(root), BibFile.at(root)
    draft = draft.with_dates()
    check(draft, place)
    if (known := finishing.entry_of(draft, catalogue, key)) is not None:
        return _write(root, catalogue, known, draft, None)
    refuse_if_any(duplicates.by_draft(draft, catalogue, distinct=distinct))
    if stem := finishing.key_of(draft, catalogue, key):
        return _write_entry(root, entry_of(draft, stem, place), draft, bib)
    entry = entry_of(draft, free_key(draft, catalogue, bib, key), place)
    return _write(root, catalogue, entry, draft, bib)


def look_up(identifier: Identifier, services: Services | None) -> Draft:
    """Ask the service that knows an identifier.

    :raises Unavailable: if there's no answer that can be used.
    """
    try:
        from survey.adding.lookups import Services, look_up  # noqa: PLC0415  # httpx is needed for this alone
    except ModuleNotFoundError as error:
        hint = "install requirements/new.txt, as 'nox -s new' does, or give a .bib entry"
        raise Unavailable(Fault(f"looking papers up needs the library {error.name}", hint)) from None
    return look_up(identifier, services or Services())


def refuse_if_any(faults: Iterable[Fault]) -> None:
    """Raise what speaks against going on, if anything does."""
    if found := tuple(faults):
        raise Refused(*found)


def _identifier(given: str, catalogue: Catalogue) -> Identifier:
    key = given.strip()
    if key in duplicates.taken_keys(catalogue):
        raise Refused(Fault(f"'{key}' is already there", "correct that file", duplicates.where(key, catalogue)))
    return identifiers.parse(given)


def free_key(draft: Draft, catalogue: Catalogue, bib: BibFile, wanted: str) -> str:
    """Return a key for a work that no other paper or work has, or had.

    :raises Refused: if the one wanted has, or none can be made.
    """
    taken = duplicates.taken_keys(catalogue) | bib.read.broken
    if wanted in taken:
        hint = "choose another word of the title"
        raise Refused(Fault(f"the key '{wanted}' is already there", hint, duplicates.where(wanted, catalogue)))
    return key_for(draft, taken, wanted)


def _survey(root: Path, catalogue: Catalogue, key: str) -> Added:
    """Write the file of a work that has an entry."""
    if (paper := catalogue.papers.get(key)) is not None:
        raise Refused(Fault(f"'{key}' is already surveyed", "correct that file", paper.path))
    if (entry := catalogue.bibliography.get(key)) is None:
        raise Refused(Fault(f"the entry '{key}' has been removed in the meantime", "run the command again", FILE))
    return _write(root, catalogue, entry, _draft_of(entry).with_dates(), None)


def _draft_of(entry: BibEntry) -> Draft:
    known = {name: value for name, value in entry.fields.items() if name in {"year", "eprint", "howpublished"}}
    return Draft(entry.type, {**known, "title": entry.title})


def _write(root: Path, catalogue: Catalogue, entry: BibEntry, draft: Draft, bib: BibFile | None) -> Added:
    if draft.published is None:
        raise Refused(Fault(f"nothing says when '{entry.title}' was published", "give its year in a .bib entry"))
    found = {
        facet.tag_field: suggesting.suggest(catalogue, facet, entry.title, draft.abstract)
        for facet in catalogue.layout.facets
        if facet.tag_field is not None
    }
    perhaps = {name: [suggestion.id for suggestion in suggestions] for name, suggestions in found.items()}
    text = PaperFile(entry.title, draft.published, draft.preprinted, day.written_on(), perhaps=perhaps).text(
        catalogue.layout
    )
    path, line = f"docs/papers/{entry.key}.md", entry.line
    queue = dequeuing.leaving(root, entry, catalogue)
    with Changes(root) as changes:
        if bib is not None:
            data, line = bib.with_entry(entry)
            changes.replace(FILE, data, bib.data)
        changes.create(path, text)
        queue.write(changes)
        changes.keep()
    notes = (*draft.notes, *queue.notes)
    return Added(entry.key, path, line, bib is not None, True, found, notes, _left(root, path), queue.ids)


def _write_entry(root: Path, entry: BibEntry, draft: Draft, bib: BibFile) -> Added:
    """Write the entry of a paper whose file is there."""
    data, line = bib.with_entry(entry)
    queue = dequeuing.leaving(root, entry, load(root))
    with Changes(root) as changes:
        changes.replace(FILE, data, bib.data)
        queue.write(changes)
        changes.keep()
    path = f"docs/papers/{entry.key}.md"
    return Added(entry.key, path, line, True, False, {}, (*draft.notes, *queue.notes), _left(root, path), queue.ids)


def _left(root: Path, path: str) -> tuple[Problem, ...]:
    return tuple(problem for problem in load(root).problems if problem.path == path)
