"""An entry of BibTeX from anywhere, a publisher's page, a reference manager, a person, as a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.adding.bibtex import author_lists, bibdates, bibtypes, entry_bounds, work_links
from survey.adding.draft.drafts import PREPRINT, Draft, joined, month_of
from survey.adding.draft.faults import Fault, Refused
from survey.adding.text.cleaning import plain, seen
from survey.adding.text.latex_commands import JOURNALS
from survey.adding.text.latex_reader import UnreadableError
from survey.catalogue.bibliography import references
from survey.catalogue.texts import hidden_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from survey.catalogue import BibEntry, PartialDate

_MOST = 200_000  #: Characters that are read.
_RENAMED = {
    "journaltitle": "journal",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "issue": "number",
}
#: Types of what has not appeared anywhere, as far as its entry says.
_LOOSE = frozenset({"misc", "online", "article", "techreport"})
_IN_ARXIV = re.compile(r"arxiv|corr", re.IGNORECASE)
_SUBTITLES = {"title": "subtitle", "booktitle": "booksubtitle", "journal": "journalsubtitle"}
#: Fields that are text and that references show, or that stand in for one of these.
_TEXTS = (
    *("title", "subtitle", "journal", "journalsubtitle", "booktitle", "booksubtitle", "maintitle", "eventtitle"),
    *("school", "institution", "organization", "university", "publisher", "series", "volume", "number", "pages", "eid"),
    *("year", "yearsuffix", "month", "day", "date", "type"),
)
_KEPT = (
    *("title", "author", "journal", "booktitle", "howpublished", "school", "institution"),
    *("year", "yearsuffix", "volume", "number", "pages", "publisher"),
)
_MACRO = re.compile(r"\{*\\(?P<name>[A-Za-z]+)\}*")


def read(text: str, place: str) -> Draft:
    """Read one entry.

    :param place: where it comes from, for messages.
    :raises Refused: if there is none, more than one, or one that cannot be read.
    """
    if len(text) > _MOST:
        raise Refused(Fault(f"there are more than {_MOST} characters", "give one entry of BibTeX", place))
    if sign := hidden_letters.lost(text):
        message = f"there is {hidden_letters.named(sign)}, which stands for a character that a program could not read"
        raise Refused(Fault(message, "write the character that is meant", _at(text, sign, place)))
    text = seen(text)
    entry, key = _entry(text, place)
    given: dict[str, str] = {}
    for name, value in entry.fields.items():
        given.setdefault(_RENAMED.get(name, name), value)
    try:
        return _draft(entry.type, given, key)
    except author_lists.UnclearError as error:
        raise Refused(Fault(error.message, error.hint, place)) from None
    except bibdates.UnclearDateError as error:
        hint = "write 2024-04-24, 2024-04 or 2024"
        raise Refused(Fault(f"the {error.name} cannot be read ('{error.value}')", hint, place)) from None
    except work_links.UnclearPlaceError as error:
        raise Refused(Fault(f"the {error.name} cannot be used ('{error.value}')", error.hint, place)) from None
    except _UnreadableFieldError as error:
        hint = "write the characters themselves in place of its LaTeX"
        message = f"the {error.name} holds LaTeX that cannot be read ('{error.words}')"
        raise Refused(Fault(message, hint, _at(text, error.words, place))) from None


class _UnreadableFieldError(ValueError):
    def __init__(self, name: str, words: str) -> None:
        super().__init__(name)
        self.name, self.words = name, words


def _at(text: str, words: str, place: str) -> str:
    """Return the place with the line on which words stand, if they stand on one."""
    return f"{place}:{text.count(chr(10), 0, text.index(words)) + 1}" if words in text else place


def _entry(text: str, place: str) -> tuple[BibEntry, str]:
    """Return the one entry of a text, and its key if it is one of ours."""
    heads = entry_bounds.find(text)
    if len(heads) > 1:
        raise Refused(Fault(f"there are {len(heads)} entries", "give one at a time", place))
    if not heads:
        hint = "it begins like @misc{key, and has fields like title = {…}"
        raise Refused(Fault("there is no entry of BibTeX", hint, place))
    usual = entry_bounds.with_usual_key(text, heads[0])
    found = references.read_all(usual)
    if found.entries:
        return next(iter(found.entries.values())), entry_bounds.key_of_ours(heads[0])
    codes = {"bibtex-syntax", "duplicate-field", "bad-key"}
    problem = next((problem for problem in found.problems if problem.code in codes), None)
    if problem is None:
        raise Refused(Fault("the entry cannot be read", "mend its braces and commas", place))
    line = problem.line - 1
    written, changed = text.split("\n")[line].strip(), usual.split("\n")[line].strip()
    message = problem.message.replace(changed, written) if changed else problem.message
    raise Refused(Fault(message, problem.hint.partition(";")[0], f"{place}:{problem.line}"))


def _draft(written: str, given: Mapping[str, str], key: str) -> Draft:
    fields = {name: _text(name, given[name], plain) for name in _TEXTS if name in given}
    fields["author"] = _text("author", given.get("author", ""), author_lists.read)
    fields["howpublished"] = _text("howpublished", given.get("howpublished", ""), work_links.published_how)
    kind, unknown = bibtypes.kind_of(written, fields)
    notes = [f"there is no type of entry '@{unknown}': it became '@{kind}'"] if unknown else []
    published, unread = bibdates.read(fields)
    if unread:
        notes.append(f"the month is not clear ('{unread}')")
    if published is not None:
        fields["year"] = f"{published.year:04d}"
    _join_titles(fields)
    fields["pages"] = fields.get("pages") or fields.get("eid", "")
    kind = _settle(kind, fields, given)
    late = month_of(fields.get("eprint", "")) if fields.get("howpublished") == PREPRINT else None
    if late is not None and published is not None and _is_later(published, late):
        notes.append(
            f"the entry's date, {published}, is that of a later version: arXiv:{fields['eprint']} is of {late}"
        )
        published = late
        fields["year"] = f"{late.year:04d}"
    notes += _left_out(fields, given)
    kept = {name: fields[name] for name in (*_KEPT, *_PLACES) if fields.get(name)}
    return Draft(kind, kept, published, None, _abstract(given), key, tuple(notes))


def _is_later(published: PartialDate, first: PartialDate) -> bool:
    """Tell whether a date can't be that of the month in which a work was first public."""
    return first < published and not published.includes(first) and not first.includes(published)


_PLACES = ("doi", "eprint", "archiveprefix", "primaryclass", "url")


def _text(name: str, value: str, read_value: Callable[[str], str]) -> str:
    if name == "journal" and (match := _MACRO.fullmatch(value.strip())) is not None and match["name"] in JOURNALS:
        return JOURNALS[match["name"]]
    try:
        return read_value(value)
    except UnreadableError as error:
        raise _UnreadableFieldError(name, error.words) from None


def _abstract(given: Mapping[str, str]) -> str:
    """Return the abstract, from which only suggestions are made: it may be anything."""
    try:
        return plain(given.get("abstract", ""))[:10_000]
    except UnreadableError:
        return ""


def _join_titles(fields: dict[str, str]) -> None:
    for name, more in _SUBTITLES.items():
        if fields.get(name):
            fields[name] = joined(fields[name], fields.get(more, ""))


def _settle(kind: str, fields: dict[str, str], given: Mapping[str, str]) -> str:
    """Note where the work is and where it appeared; return the type, which for a preprint is 'misc'."""
    fields["doi"] = work_links.doi(given)
    fields["eprint"], fields["primaryclass"] = work_links.arxiv(given)
    fields["archiveprefix"] = "arXiv" if fields["eprint"] else ""
    if fields["eprint"] and kind in _LOOSE and _is_preprint(fields):
        for name in ("journal", "volume", "number", "pages", "publisher", "institution"):
            fields.pop(name, None)
        kind, fields["howpublished"] = "misc", PREPRINT
    bibtypes.settle_venue(kind, fields)
    url = work_links.url(given)
    if not url and not fields["eprint"] and not fields["doi"]:
        url = next(iter(work_links.addresses(given.get("note", ""))), "")
    eprint, doi = fields["eprint"], fields["doi"]
    fields["url"] = url or (f"https://arxiv.org/abs/{eprint}" if eprint else work_links.address_of(doi) if doi else "")
    return kind


def _is_preprint(fields: Mapping[str, str]) -> bool:
    names_of_venues = ("journal", "booktitle", "howpublished", "publisher", "institution", "organization")
    venue = next((fields[name] for name in names_of_venues if fields.get(name)), "")
    return not venue or _IN_ARXIV.search(venue) is not None


def _left_out(fields: Mapping[str, str], given: Mapping[str, str]) -> list[str]:
    """Say which addresses of the entry have no place in ours."""
    found = [*work_links.addresses(given.get("howpublished", "")), *work_links.addresses(given.get("note", ""))]
    known = {fields["url"], work_links.address_of(fields["doi"]), f"https://dx.doi.org/{fields['doi']}"}
    known |= {f"https://arxiv.org/{kind}/{fields['eprint']}" for kind in ("abs", "pdf")}
    return [f"the entry has an address that was left out: {url}" for url in found if url not in known]
