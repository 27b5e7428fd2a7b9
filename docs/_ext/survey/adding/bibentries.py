"""An entry of BibTeX from anywhere, a publisher's page, a reference manager, a person, as a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from survey.adding import identifiers
from survey.adding.cleaning import one_line, seen, without_latex, without_markup
from survey.adding.drafts import PREPRINT, Draft, person
from survey.adding.faults import Fault, Refused
from survey.catalogue import BibEntry, PartialDate, bibliography
from survey.catalogue.dates import MONTHS
from survey.catalogue.works import TYPES, are_names

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 200_000  #: Characters that are read.
_LONGEST = 600  #: Of a value.
#: What stands between '@' and the first field; keys from elsewhere may hold what ours don't.
_HEAD = re.compile(r"(@\s*+(?!string|comment|preamble)\w++\s*+[{(])\s*+[^\s,{}()=\"]*+\s*+,", re.IGNORECASE)
_KEY = re.compile(r"@\s*\w+\s*[{(]\s*(?P<key>[a-z]+[0-9]{4}[a-z0-9]*)\s*,")
_RENAMED = {"journaltitle": "journal", "eprinttype": "archiveprefix", "eprintclass": "primaryclass"}
_TYPES = {"conference": "inproceedings", "thesis": "phdthesis", "report": "techreport", "electronic": "misc"}
#: Types of what has not appeared anywhere, as far as its entry says.
_LOOSE = frozenset({"misc", "online", "unpublished", "article", "techreport", "manual"})
_IN_ARXIV = re.compile(r"arxiv|corr", re.IGNORECASE)
_NUMBER = re.compile(r"(?:arxiv:|abs/)\s*(?P<id>\S+?)(?=[\s,;)\]]|$)", re.IGNORECASE)
_KEPT = (
    *("title", "journal", "booktitle", "howpublished", "school", "institution"),
    *("year", "volume", "number", "publisher"),
)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([_%&#~$])")
_URL = re.compile(r"https?://[^\s{}\\<>\"]+")
_CATEGORY = re.compile(r"[a-z-]+(\.[A-Za-z-]+)?")


def read(text: str, place: str) -> Draft:
    """Read one entry.

    :param place: where it comes from, for messages.
    :raises Refused: if there is none, more than one, or one that cannot be read.
    """
    entry = _entry(text, place)
    given = {_RENAMED.get(name, name): value for name, value in entry.fields.items()}
    try:
        fields = {name: without_markup(given[name], _LONGEST) for name in _KEPT if name in given}
        fields["author"] = _authors(given.get("author", ""), place)
        abstract = without_markup(given.get("abstract", ""), 10_000)
    except ValueError:
        hint = "write the characters themselves in place of its LaTeX"
        raise Refused(Fault("the entry holds LaTeX that cannot be read", hint, place)) from None
    published = _date(given)
    if published is not None:
        fields["year"] = f"{published.year:04d}"
    fields["pages"] = one_line(given.get("pages", ""), 30)
    if doi := _DOI_PREFIX.sub("", _verbatim(given.get("doi", ""))):
        fields["doi"] = unquote(doi) if "%2F" in doi.upper() else doi
    kind = entry.type if entry.type in TYPES else _TYPES.get(entry.type, "misc")
    kind = _arxiv(kind, fields, given)
    if (url := _address(given)) or "eprint" in fields or "doi" in fields:
        fields["url"] = url or (
            f"https://arxiv.org/abs/{fields['eprint']}" if "eprint" in fields else f"https://doi.org/{fields['doi']}"
        )
    match = _KEY.search(text)
    return Draft(kind, fields, published, None, abstract, match["key"] if match is not None else "")


def _entry(text: str, place: str) -> BibEntry:
    if len(text) > _MOST:
        raise Refused(Fault(f"there are more than {_MOST} characters", "give one entry of BibTeX", place))
    text = seen(text)
    found = bibliography.read_all(_HEAD.sub(r"\1entry,", text))
    count = len(_HEAD.findall(text))
    if count > 1:
        raise Refused(Fault(f"there are {count} entries", "give one at a time", place))
    if found.entries:
        return next(iter(found.entries.values()))
    codes = {"bibtex-syntax", "duplicate-field", "bad-key"}
    problem = next((problem for problem in found.problems if problem.code in codes and count), None)
    if problem is None:
        hint = "it begins like @misc{key, and has fields like title = {…}"
        raise Refused(Fault("there is no entry of BibTeX", hint, place))
    raise Refused(Fault(problem.message, problem.hint.partition(";")[0], f"{place}:{problem.line}"))


def _authors(value: str, place: str) -> str:
    """Return a list of names, every one as 'Family, Given'."""
    plain = without_latex(value, keep_braces=True).replace("\\", "")
    text = " ".join(plain.split())
    if not are_names(text):
        hint = "write 'Family, Given and Family, Given'; what is no person's name goes in braces"
        raise Refused(Fault("the author field is not a list of names", hint, place))
    entry = BibEntry("", "misc", {"author": text}, "", 1)
    if entry.more_authors:
        raise Refused(Fault("the list of authors ends in 'and others'", "give all authors", place))
    return " and ".join(filter(None, (person(name.given, name.family) for name in entry.authors)))


def _date(given: Mapping[str, str]) -> PartialDate | None:
    """Return when the work appeared: from biblatex's date, or from year and month."""
    year, month = given.get("year", "").strip(), given.get("month", "").strip().casefold()
    numbers = [number for number, name in enumerate(MONTHS, 1) if month in {str(number), f"{number:02d}"}]
    named = [
        number for number, name in enumerate(MONTHS, 1) if month[:3].isalpha() and month[:3] == name[:3].casefold()
    ]
    for text in (given.get("date", "").strip(), f"{year}-{(numbers + named)[0]:02d}" if numbers + named else "", year):
        try:
            return PartialDate.parse(text)
        except ValueError:
            continue
    return None


def _arxiv(kind: str, fields: dict[str, str], given: Mapping[str, str]) -> str:
    """Note the arXiv number, wherever the entry has it; return the type, which for a preprint is 'misc'."""
    number = _arxiv_number(given)
    if number is None:
        return kind
    fields |= {"eprint": number, "archiveprefix": "arXiv"}
    category = given.get("primaryclass", "").strip()
    if _CATEGORY.fullmatch(category) and "/" not in number:
        fields["primaryclass"] = category
    venue = next((fields[name] for name in ("journal", "booktitle", "howpublished", "publisher") if name in fields), "")
    if kind not in _LOOSE or (venue and not _IN_ARXIV.search(venue)):
        return kind
    for name in ("journal", "volume", "number", "pages", "publisher", "institution"):
        fields.pop(name, None)
    fields["howpublished"] = PREPRINT
    return "misc"


def _arxiv_number(given: Mapping[str, str]) -> str | None:
    candidates = []
    if given.get("archiveprefix", "arxiv").strip().casefold() == "arxiv":
        candidates.append(given.get("eprint", ""))
    for name in ("journal", "howpublished", "volume", "note", "publisher"):
        candidates += [match["id"] for match in _NUMBER.finditer(given.get(name, "")[:_LONGEST])]
    candidates += [given.get("doi", ""), given.get("url", "")]
    for candidate in candidates:
        try:
            found = identifiers.parse(_verbatim(candidate).rstrip("."))
        except Refused:
            continue
        if found.scheme == "arxiv":
            return found.value
    return None


def _address(given: Mapping[str, str]) -> str:
    match = _URL.search(_verbatim(given.get("url", "") or given.get("howpublished", "")))
    return re.sub(r"^http://", "https://", match[0]) if match is not None else ""


def _verbatim(value: str) -> str:
    """Return a value that is no text: an address or a number, without the escapes that some writers put in."""
    return _ESCAPED.sub(r"\1", one_line(value, _LONGEST)).replace("{", "").replace("}", "").strip()
