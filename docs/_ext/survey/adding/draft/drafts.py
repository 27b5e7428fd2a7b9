"""A work as it was found, before it becomes an entry of the bibliography."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.adding.text.cleaning import one_line
from survey.catalogue import BibEntry, PartialDate
from survey.catalogue.bibliography.name_lists import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

#: arXiv's numbers since 2007 begin with year and month.
_MONTH = re.compile(r"([0-9]{2})(0[1-9]|1[0-2])\.[0-9]{4,5}")
_SUFFIX = re.compile(r"(?P<name>.*\S),?\s+(?P<suffix>[JS]r\.?|I{2,3}|IV)")
_NEITHER = re.compile(r"[{}\\,~\"]")
PREPRINT = "arXiv preprint"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a work; nothing in it has been checked."""

    type: str  #: As an entry of BibTeX.
    fields: Mapping[str, str]  #: Of BibTeX, as plain text; authors as BibTeX lists them.
    published: PartialDate | None = None
    preprinted: PartialDate | None = None  #: The first public version.
    abstract: str = field(default="", repr=False)  #: For suggestions only; it is never written anywhere.
    key: str = ""  #: The key that its source gave it, if it has one.
    notes: tuple[str, ...] = ()  #: What a person should look at.

    def with_dates(self) -> Draft:
        """Return the work with the dates that follow from its year and its arXiv number."""
        first = self.preprinted or month_of(self.fields.get("eprint", ""))
        published = self.published
        if published is None:
            year = self.fields.get("year", "")
            published = PartialDate(int(year)) if re.fullmatch(r"[1-9][0-9]{3}", year) else None
        preprint = self.fields.get("howpublished") == PREPRINT
        if first is not None and (published is None or (preprint and published.includes(first))):
            published = first  # a preprint is published when it is first public
        before = first if first is not None and published is not None and first < published else None
        if before is not None and published is not None and before.includes(published):
            before = None
        return dataclasses.replace(self, published=published, preprinted=before)


def joined(title: str, subtitle: str) -> str:
    """Return a title with its subtitle, unless it has it already."""
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{'' if title[-1] in '?!:.' else ':'} {subtitle}"


def month_of(arxiv: str) -> PartialDate | None:
    """Return the month that an arXiv number gives; those before 2007 are not looked at."""
    match = _MONTH.match(arxiv)
    return PartialDate(2000 + int(match[1]), int(match[2])) if match is not None else None


def person(given: str, family: str) -> str:
    """Return a name as BibTeX has it; one without a given name that is more than a word stands in braces."""
    if not one_line(given) or not one_line(family):
        return institution(one_line(family) or given)
    given, family = (" ".join(_NEITHER.sub(" ", one_line(part, 2000)).split()) for part in (given, family))
    whole = f"{given} {family}".strip()
    if not given or not family:
        return institution(whole)
    if SUFFIX.fullmatch(family) and given:
        return person_of(f"{given} {family}")
    if "and" in whole.casefold().split():
        return f"{{{whole}}}"
    return f"{family}, {given}"


def institution(name: str) -> str:
    """Return a name that is nobody's as BibTeX has it: in braces, if there is anything in it that could be split."""
    name = " ".join(re.sub(r"[{}\\~]", " ", one_line(name, 2000)).split())
    return f"{{{name}}}" if re.search(r"[ ,;&=@]", name) or name.casefold() in {"and", "others"} else name


def person_of(name: str) -> str:
    """Return a name as BibTeX has it, given as it is spoken: 'Ludwig van Beethoven', 'Martin Luther King Jr.'."""
    name = one_line(name, 2000)
    if name.count(",") == 1 and not _SUFFIX.fullmatch(name):
        family, _, given = name.partition(",")
        return person(given, family)
    return spoken(_NEITHER.sub(" ", name))


def spoken(name: str) -> str:
    """Return a name as BibTeX has it, of one that BibTeX can read: braces hold words together."""
    match = _SUFFIX.fullmatch(name)
    words = " ".join((match["name"] if match is not None else name).split())
    names = BibEntry("", "misc", {"author": words}, "", 1).authors
    if len(names) != 1:
        return person("", words)
    family = names[0].family + (f" {match['suffix']}" if match is not None else "")
    return person(names[0].given, family)
