"""The works of the bibliography: what an entry of BibTeX says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bibtexparser.middlewares.names import parse_single_name_into_parts

from survey.catalogue.names import are_names, split

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
_VERBATIM = frozenset({"url", "doi", "eprint"})  #: Fields that are never taken for LaTeX.


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
        """The entry with every value spelled out in braces, for readers that take values for LaTeX.

        They can read and cite it whatever is wrong with the entry: of a type that they don't know it becomes a 'misc',
        what isn't a list of names becomes one name, and what has neither people nor a title is called by its key.
        """
        kind = self.type if self.type in TYPES else "misc"
        values = {name: value for name, value in self.fields.items() if unbraced(value)}
        if not values.keys() & {*PERSONS, "title"}:
            values["title"] = self.key
        fields = "".join(f"  {name} = {{{self._escaped(name, value)}}},\n" for name, value in values.items())
        return f"@{kind}{{{self.key},\n{fields}}}\n"

    def _escaped(self, name: str, value: str) -> str:
        """Write a value as LaTeX; one that holds LaTeX, against the rules, keeps it."""
        if name in _VERBATIM:
            return value
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

    @property
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
    def venue(self) -> str:
        """Where the work appeared."""
        for field in ("journal", "booktitle", "howpublished", "publisher", "institution", "school"):
            if field in self.fields:
                return unbraced(self.fields[field])
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
