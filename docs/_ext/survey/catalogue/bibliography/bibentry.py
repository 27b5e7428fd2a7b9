"""The works of the bibliography: what an entry of BibTeX says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bibtexparser.middlewares.names import parse_single_name_into_parts

from survey.catalogue.bibliography.name_lists import are_names, split
from survey.catalogue.texts import web_addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The types of entries that BibTeX's plain styles, as pybtex has them, can format.
TYPES = frozenset(
    [
        "article",
        "book",
        "booklet",
        "dataset",
        "inbook",
        "incollection",
        "inproceedings",
        "manual",
        "mastersthesis",
        "misc",
        "online",
        "patent",
        "phdthesis",
        "proceedings",
        "software",
        "techreport",
        "unpublished",
    ]
)
#: Fields that hold names of people.
PERSONS = ("author", "editor")
#: What is LaTeX: a command, or a formula. A dollar sign alone, or in front of a number, is just that.
LATEX = re.compile(r"\\\S|\$(?=\S)[^$]*(?<=\S)\$(?![0-9])")
#: Characters that would not come through as they are.
_SPECIAL = {"%": r"\%", "~": r"\textasciitilde{}", "\\": r"\textbackslash{}"}
_OF_LATEX = re.compile(r"\\\S|[\\%]")  #: A command, which stays, or a sign that isn't part of one.
VERBATIM = frozenset({"url", "doi", "eprint"})  #: Fields that are never taken for LaTeX.
#: Identifiers become addresses, so that nothing else can be one.
DOI = re.compile(r"10\.[0-9]{4,9}/(?:(?![\\{}$\"'`])[!-~])+(?<![.,;])")
_EPRINT = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]*")
_LINKING = re.compile(r"\\(?:url|href)(?![A-Za-z])\s*")  #: Commands that sphinxcontrib-bibtex makes links of.


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
    #: What tells it from other works of the same authors and year (see survey.catalogue.bibliography.year_letters).
    letter: str = ""

    @cached_property
    def normalised(self) -> str:
        """The entry with every value spelled out in braces, for readers that take values for LaTeX.

        They can read and cite it whatever is wrong with the entry: of a type that they don't know it becomes a 'misc',
        what isn't a list of names becomes one name, and what has neither people nor a title is called by its key.
        """
        kind = self.type if self.type in TYPES else "misc"
        values = {name: value for name, value in self.fields.items() if unbraced(value) and self._leads(name)}
        values.pop("yearsuffix", None)
        if "year" in values:
            values["year"] += self.letter
        if not values.keys() & {*PERSONS, "title"}:
            values["title"] = self.key
        fields = "".join(f"  {name} = {{{self._escaped(name, value)}}},\n" for name, value in values.items())
        return f"@{kind}{{{self.key},\n{fields}}}\n"

    def _leads(self, name: str) -> bool:
        """Tell whether a field may stand in a reference: those that become links may be refused."""
        match name:
            case "url":
                return web_addresses.is_address(self.fields[name])
            case "doi":
                return self.doi is not None
            case "eprint":
                return self._eprint is not None
        return True

    def _escaped(self, name: str, value: str) -> str:
        """Write a value as LaTeX; one that holds LaTeX, against the rules, keeps it, without links."""
        if name in VERBATIM:
            return value
        value = _LINKING.sub("", value)
        if LATEX.search(value):
            text = _OF_LATEX.sub(lambda match: _SPECIAL.get(match[0], match[0]), value)
        else:
            text = "".join(_SPECIAL.get(character, character) for character in value)
        return f"{{{text}}}" if name in PERSONS and not are_names(value) else text

    @cached_property
    def title(self) -> str:
        """The title as plain text."""
        return unbraced(self.fields.get("title", ""))

    @cached_property
    def authors(self) -> tuple[Name, ...]:
        """The authors in order; a closing 'and others' is left out (see :attr:`more_authors`)."""
        return tuple(_name(text) for text in self._author_texts if text != "others")

    @property
    def more_authors(self) -> bool:
        """Whether the list of authors ends in 'and others'."""
        return "others" in self._author_texts[-1:]

    @cached_property
    def _author_texts(self) -> list[str]:
        text = self.fields.get("author", "")
        if not unbraced(text):
            return []
        return split(text) if are_names(text) else [f"{{{text}}}"]

    @property
    def year(self) -> str:
        """The year of publication, as written."""
        return self.fields.get("year", "")

    @property
    def cited_year(self) -> str:
        """The year as citations give it, with the letter of works that would be cited alike: '2025a'."""
        return f"{self.year}{self.letter}"

    @property
    def venue(self) -> str:
        """Where the work appeared."""
        for field in ("journal", "booktitle", "howpublished", "publisher", "institution", "school"):
            if venue := unbraced(self.fields.get(field, "")):
                return venue
        return ""

    @property
    def doi(self) -> str | None:
        """The DOI, without a resolver's address, if it is one."""
        value = self.fields.get("doi", "")
        return value if DOI.fullmatch(value) else None

    @property
    def _eprint(self) -> str | None:
        value = self.fields.get("eprint", "")
        return value if _EPRINT.fullmatch(value) else None

    @property
    def arxiv(self) -> str | None:
        """The arXiv number, if it is one."""
        return self._eprint if self.fields.get("archiveprefix", "").lower() == "arxiv" else None

    @property
    def url(self) -> str | None:
        """The address that the entry gives, if it may be linked to, or that of its DOI or arXiv number."""
        given = self.fields.get("url", "")
        if given and web_addresses.is_address(given):
            return given
        if self.doi:
            return web_addresses.doi_address(self.doi)
        return web_addresses.arxiv_address(self.arxiv) if self.arxiv else None

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
        return f"{self.short_authors} {self.cited_year}".strip()


def unbraced(text: str) -> str:
    """Return a value without its braces."""
    return text.replace("{", "").replace("}", "").strip()


def _name(text: str) -> Name:
    try:
        parts = parse_single_name_into_parts(text, strict=False)
    except ValueError:
        return Name("", unbraced(text))
    family = " ".join([*parts.von, *parts.last])
    given = " ".join(parts.first)
    if parts.jr:
        family = f"{family} {' '.join(parts.jr)}"
    return Name(unbraced(given), unbraced(family))
