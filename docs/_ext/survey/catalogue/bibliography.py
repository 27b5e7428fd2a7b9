"""``references.bib``: read with bibtexparser, checked, and kept as the text that was written."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from bibtexparser import model
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from survey.catalogue.fields import PAPER_KEY
from survey.catalogue.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bibtexparser.library import Library

FILE = "references.bib"
_REQUIRED = ("title", "author", "year")
_IDENTIFIERS = {
    "doi": (re.compile(r"10\.\d{4,9}/[^\s{}]+"), "a DOI starts with 10. and has a slash"),
    "eprint": (re.compile(r"\d{4}\.\d{4,5}(v\d+)?|[a-z-]+(\.[A-Z]{2})?/\d{7}(v\d+)?"), "an arXiv number is 2404.15574"),
    "year": (re.compile(r"\d{4}"), "a year has four digits"),
}
_LATEX = re.compile(r"\\[a-zA-Z\"'`^~=.{}&%$#_-]|\$")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; a name of one word has only a family."""

    given: str
    family: str  #: With its particles: 'van Rijn'.


@dataclass(frozen=True)
class BibEntry:
    """One work of the bibliography."""

    key: str
    type: str  #: 'article', 'inproceedings', 'misc', …
    fields: Mapping[str, str]  #: By lower-case name, without the outer braces or quotes.
    source: str  #: The entry as written, from '@' to its closing brace.
    line: int

    @property
    def normalised(self) -> str:
        """The entry with every value spelled out in braces, as any reader of BibTeX takes it."""
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in self.fields.items())
        return f"@{self.type}{{{self.key},\n{fields}}}\n"

    @cached_property
    def title(self) -> str:
        """The title as plain text."""
        return _unbraced(self.fields.get("title", ""))

    @cached_property
    def authors(self) -> tuple[Name, ...]:
        """The authors in order; a closing 'and others' is left out (see :attr:`more_authors`)."""
        return tuple(_name(text) for text in self._author_texts if text != "others")

    @property
    def more_authors(self) -> bool:
        """Whether the list of authors ends in 'and others'."""
        return "others" in self._author_texts[-1:]

    @property
    def _author_texts(self) -> list[str]:
        return split_multiple_persons_names(self.fields.get("author", ""))

    @property
    def year(self) -> str:
        """The year of publication, as written."""
        return self.fields.get("year", "")

    @property
    def venue(self) -> str:
        """Where the work appeared."""
        for field in ("journal", "booktitle", "howpublished", "publisher", "institution", "school"):
            if field in self.fields:
                return _unbraced(self.fields[field])
        return ""

    @property
    def doi(self) -> str | None:
        """The DOI, without a resolver's address."""
        return self.fields.get("doi")

    @property
    def arxiv(self) -> str | None:
        """The arXiv number."""
        return self.fields.get("eprint") if self.fields.get("archiveprefix", "").lower() == "arxiv" else None

    @property
    def url(self) -> str | None:
        """The address that the entry gives, or that of its DOI or arXiv number."""
        if "url" in self.fields:
            return self.fields["url"]
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else None

    @property
    def short_authors(self) -> str:
        """The authors as a citation gives them: 'Wu et al.', 'Singh and Moskovitz', 'Yu'."""
        names = [name.family for name in self.authors]
        if not names:
            return self.key
        match names:
            case [only] if not self.more_authors:
                return only
            case [first, second] if not self.more_authors:
                return f"{first} and {second}"
        return f"{names[0]} et al."

    @property
    def short(self) -> str:
        """Authors and year: 'Wu et al. 2024'."""
        return f"{self.short_authors} {self.year}".strip()


def read(text: str) -> tuple[Mapping[str, BibEntry], list[Problem]]:
    """Read a bibliography, by key in the order of the file; broken and repeated entries are reported and left out."""
    logging.getLogger("bibtexparser").setLevel(logging.ERROR)  # it logs what we report
    library = parse_string(text, parse_stack=[])
    malformed = dict(_malformed(library))
    for middleware in (ResolveStringReferencesMiddleware(True), RemoveEnclosingMiddleware(True)):
        library = middleware.transform(library)
    entries: dict[str, BibEntry] = {}
    seen: dict[str, int] = {}  # keys that differ only in case are one to BibTeX
    problems: list[Problem] = []
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, model.DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, model.Entry):
            problems.append(_duplicate(block.ignore_error_block.key, line, seen))
        elif isinstance(block, model.Entry):
            if block.start_line in malformed:
                problems.append(malformed[block.start_line])
                continue
            if block.key.lower() in seen:
                problems.append(_duplicate(block.key, line, seen))
                continue
            entry = _entry(block, line)
            problems += _check_entry(entry, block)
            seen[entry.key.lower()] = line
            entries[entry.key] = entry
        elif isinstance(block, model.ParsingFailedBlock):
            problems.append(_failed(block, line))
        elif isinstance(block, model.ImplicitComment) and block.comment.strip():
            hint = "remove it, or put it in a comment of its own"
            problems.append(Problem(FILE, line, "bibtex-syntax", "text outside any entry", hint))
    problems += _check_order(entries)
    return MappingProxyType(entries), problems


#: What may stand after '=': pieces in braces or quotes, numbers and names, joined by '#'.
_PIECE = re.compile(r"\s*(?:[0-9]+|[A-Za-z][\w.:+/-]*)\s*")
_NAME = re.compile(r"[A-Za-z][\w:.+/-]*")
_KEY = re.compile(r"[^\s,{}()\"#%=\\]+")


def _malformed(library: Library) -> Iterator[tuple[int | None, Problem]]:
    """Yield the entries that bibtexparser lets pass but BibTeX and pybtex don't, by their first line."""
    for block in library.blocks:
        if not isinstance(block, model.Entry):
            continue
        line = (block.start_line or 0) + 1
        if _KEY.fullmatch(block.key) is None:
            hint = "write name, year, word after the brace; the entry is not used until then"
            yield block.start_line, Problem(FILE, line, "bad-key", f"'{block.key}' cannot be a key", hint)
            continue
        if _NAME.fullmatch(block.entry_type) is None:
            message = f"'{block.entry_type}' cannot be a type of entry"
            hint = "write @article, @inproceedings, @misc …; the entry is not used until then"
            yield block.start_line, Problem(FILE, line, "bibtex-syntax", message, hint)
            continue
        for field in block.fields:
            if _NAME.fullmatch(field.key) is None or not _is_value(str(field.value)):
                hint = f"end it with '}},' (or '\",'); '{block.key}' is not used until then"
                message = f"the value of '{field.key}' doesn't end where it should"
                place = (field.start_line or 0) + 1
                yield block.start_line, Problem(FILE, place, "bibtex-syntax", message, hint)
                break


def _is_value(text: str) -> bool:
    """Tell whether a field's value is well formed."""
    rest = text.strip()
    while True:
        if rest[:1] in {"{", '"'}:
            end = _closing(rest)
            if end is None:
                return False
            rest = rest[end + 1 :].lstrip()
        elif (match := _PIECE.match(rest)) is not None:
            rest = rest[match.end() :]
        else:
            return False
        if not rest:
            return True
        if rest[0] != "#":
            return False
        rest = rest[1:].lstrip()


def _closing(text: str) -> int | None:
    """Return where the brace or quote that ``text`` begins with is closed, or None."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return None
        if depth == 0 and (text[0] == "{" or (index and character == '"')):
            return index
    return None


def _entry(block: model.Entry, line: int) -> BibEntry:
    fields = {field.key.lower(): _spaced(str(field.value)) for field in block.fields}
    return BibEntry(block.key, block.entry_type.lower(), MappingProxyType(fields), (block.raw or "").strip(), line)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _unbraced(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def _name(text: str) -> Name:
    try:
        parts = parse_single_name_into_parts(text, strict=False)
    except ValueError:
        return Name("", _unbraced(text))
    family = " ".join([*parts.von, *parts.last])
    given = " ".join(parts.first)
    if parts.jr:
        family = f"{family} {' '.join(parts.jr)}"
    return Name(_unbraced(given), _unbraced(family))


def _duplicate(key: str, line: int, seen: Mapping[str, int]) -> Problem:
    message = f"'{key}' is already defined at line {seen.get(key.lower(), 1)}"
    return Problem(FILE, line, "duplicate-key", message, "the second entry is not used")


def _failed(block: model.ParsingFailedBlock, line: int) -> Problem:
    if isinstance(block, model.DuplicateFieldKeyBlock):
        names = ", ".join(f"'{name}'" for name in sorted(block.duplicate_keys))
        message, code = f"{names} is given twice in one entry", "duplicate-field"
        return Problem(FILE, line, code, message, "keep one; the entry is not used until then")
    reason = str(getattr(block.error, "abort_reason", "") or block.error).split("\n", maxsplit=1)[0].rstrip(". ")
    start = (block.raw or "").strip().split("\n", maxsplit=1)[0]
    message = f"the entry that starts '{start}' cannot be read ({reason})"
    return Problem(FILE, line, "bibtex-syntax", message, "mend it; it is not used until then")


def _check_entry(entry: BibEntry, block: model.Entry) -> Iterator[Problem]:
    lines = {field.key.lower(): (field.start_line or 0) + 1 for field in block.fields}
    if PAPER_KEY.fullmatch(entry.key) is None:
        hint = "keys are a lower-case name, a year and a word: wu2024retrieval"
        yield Problem(FILE, entry.line, "bad-key", f"'{entry.key}' is not a key of this bibliography", hint)
    for field in _REQUIRED:
        if not entry.fields.get(field):
            yield Problem(FILE, entry.line, "missing-field", f"'{entry.key}' has no {field}", f"add {field} = {{…}}")
    for field, (form, hint) in _IDENTIFIERS.items():
        value = entry.fields.get(field)
        if value and form.fullmatch(value) is None:
            yield Problem(FILE, lines[field], "bad-identifier", f"'{value}' is not a valid {field}", hint)
    for field, value in entry.fields.items():
        if field not in {"url", "doi"} and _LATEX.search(value):
            hint = "write the character itself: the file is UTF-8"
            yield Problem(FILE, lines[field], "latex-markup", f"the {field} holds LaTeX ('{value}')", hint)
    url = entry.fields.get("url")
    if url and not url.startswith("https://"):
        hint = "use the address that starts with https://"
        yield Problem(FILE, lines["url"], "not-https", f"'{url}' is not an https address", hint)


def _check_order(entries: Mapping[str, BibEntry]) -> Iterator[Problem]:
    last = ""
    for key, entry in entries.items():
        if key < last:
            hint = f"move it in front of '{min(other for other in entries if other > key)}'"
            yield Problem(FILE, entry.line, "unsorted", f"'{key}' comes after '{last}'", hint)
        else:
            last = key
