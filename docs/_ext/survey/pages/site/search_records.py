"""What the search knows by itself, beside Pagefind's index: everything that has a page, by all that it is called.

A reader who types an arXiv number, ``Wu 2024`` or ``copies names`` looks for one page, and knows part of what stands
on it. The records hold these parts: names, identifiers, people, what a thing does. They are one file, fetched when the
search is first opened; ``static/lookup.js`` ranks them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.schema.fields import HeadFields
from survey.catalogue.views.aliases import without_paper
from survey.catalogue.views.plain_text import plain_text, shortened
from survey.pages.site.search_heads import names_of
from survey.translation import _, begun, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from survey.catalogue import Catalogue
    from survey.catalogue.records.record_types import Document, Entry, Paper
    from survey.catalogue.schema.fields import Member

#: What a result is called by its kind; the kinds that a survey declares go by their names.
KINDS = {
    "paper": noted("Paper"),
    "head": noted("Head type"),
    "stage": noted("Stage"),
    "method": noted("Method"),
    "model": noted("Model family"),
}
CHAPTERS = "survey/"
#: Pages for those who work on the survey, which its readers find after everything else.
WORKSHOP = "development/"
_LENGTH = 240  #: Characters of a definition: what a hit shows in two or three lines.
_MOST_WORDS = 32  #: Of a page.
_SHARE = 4  #: A word that stands in more than this part of all texts tells nothing.
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Record:
    """Something with a page, as the search knows and shows it."""

    title: str
    kind: str
    stages: tuple[str, ...] = ()
    year: str = ""
    years: tuple[str, ...] = ()  #: Others by which it is known: of a preprint, of the bibliography.
    names: tuple[str, ...] = ()  #: The title and the aliases.
    ids: tuple[str, ...] = ()  #: Keys, numbers and names by which machines know it.
    people: tuple[str, ...] = ()  #: The family names of authors, in their order.
    does: str = ""  #: What it does or finds, in a line.
    about: str = ""  #: What it is, in a sentence or two.
    words: str = ""  #: What else its page speaks of more than other pages do.
    papers: int = 0  #: How many name it, or pages cite it: of two that fit alike, the better known comes first.
    url: str = ""  #: Relative to the site's root.

    @property
    def written(self) -> dict[str, Any]:
        """The record as it is sent: without what it lacks."""
        return {name: value for name, value in asdict(self).items() if value}


def kind_words(kind: str, catalogue: Catalogue) -> str:
    """Return what a result of this kind is called."""
    return _(KINDS[kind]) if kind in KINDS else begun(catalogue.layout.facet(kind).words.one)


def record(kind: str, key: str, catalogue: Catalogue) -> Record:
    """Return a paper or an entry as the search knows it."""
    return _paper(catalogue.papers[key], catalogue) if kind == "paper" else _entry(kind, key, catalogue)


def _paper(paper: Paper, catalogue: Catalogue) -> Record:
    stages, entry = catalogue.entries.get("stage", {}), paper.entry
    preprinted = paper.fields.preprinted or paper.published
    given = (paper.key, *paper.fields.aliases, entry.arxiv, entry.doi)
    return Record(
        paper.title,
        kind_words("paper", catalogue),
        stages=tuple(stages[stage].name for stage in paper.tags.get("stage", ()) if stage in stages),
        year=str(paper.published.year),
        years=tuple(sorted({str(preprinted.year), entry.year[:4]} - {str(paper.published.year), ""})),
        names=(paper.title,),
        ids=tuple(dict.fromkeys(text for text in given if text)),
        people=tuple(dict.fromkeys(name.family for name in entry.authors)),
        does=paper.fields.takeaway or "",
        words=" ".join(paper.fields.tasks),
        papers=len(catalogue.cited_on.get(paper.key, ())),
    )


def _entry(kind: str, key: str, catalogue: Catalogue) -> Record:
    entry = catalogue.entries[kind][key]
    stages = catalogue.entries.get("stage", {})
    stage = key if kind == "stage" else str(getattr(entry.fields, "stage", ""))
    does = [entry.fields.reads, entry.fields.writes] if isinstance(entry.fields, HeadFields) else []
    first = catalogue.papers.get(str(getattr(entry.fields, "first_described_in", "")))
    members = (name for member in entry.members for name in (member.name, *member.aliases))
    return Record(
        entry.name,
        kind_words(kind, catalogue),
        stages=(stages[stage].name,) if stage in stages else (),
        names=tuple(dict.fromkeys((entry.name, *map(without_paper, entry.fields.aliases), *members))),
        ids=(key,),
        does="; ".join(filter(None, does)),
        about=_lead(entry, catalogue),
        words=" ".join(first.fields.tasks) if first is not None else "",
        papers=len(catalogue.papers_of(kind, key)),
    )


def heads_record(model: str, catalogue: Catalogue) -> Record:
    """Return the page about the heads of a model."""
    family, member = catalogue.members[model]
    title = _("Heads of {model}").format(model=member.name)
    return replace(member_record(family, member, catalogue), title=title)


def member_record(family: Entry, member: Member, catalogue: Catalogue) -> Record:
    """Return a model of a family."""
    layers, heads = member.layers, member.heads
    size = _("{layers} layers of {heads} heads").format(layers=layers, heads=heads) if layers and heads else ""
    return Record(
        member.name,
        _("Model"),
        names=tuple(dict.fromkeys((member.name, *member.aliases))),
        ids=names_of(member),
        about=" · ".join(filter(None, (family.name, size))),
        papers=len(catalogue.papers_of_member(family.kind, member.id)),
    )


def document_record(document: Document, title: str, catalogue: Catalogue) -> Record:
    """Return a page of text."""
    lead = shortened(plain_text(document.lead.text, catalogue), _LENGTH) if document.lead is not None else ""
    kind = _("Chapter") if document.docname.startswith(CHAPTERS) else _("Page")
    return Record(title, kind, names=(title,), about=lead)


def telling_words(texts: Mapping[str, str]) -> dict[str, str]:
    """Return for each text the words that tell it from the others: said twice or more here, and in few of them.

    They are weighed by the number of times that they stand here and the logarithm of the share of texts that lack them
    (Spärck Jones 1972).
    """
    counts = {key: Counter(_WORD.findall(text.lower())) for key, text in texts.items()}
    found_in = Counter(word for count in counts.values() for word in count)

    def weight(word: str, times: int) -> float:
        return times * math.log(len(texts) / found_in[word])

    result = {}
    for key, count in counts.items():
        few = max(1, len(texts) // _SHARE)
        weights = {word: weight(word, times) for word, times in count.items() if times > 1 and found_in[word] <= few}
        best = sorted(weights, key=lambda word: (-weights[word], word))
        result[key] = " ".join(best[:_MOST_WORDS])
    return result


def _lead(entry: Entry, catalogue: Catalogue) -> str:
    return shortened(plain_text(entry.lead.text, catalogue), _LENGTH) if entry.lead is not None else ""


def records(catalogue: Catalogue, address: Callable[[str, str], str | None]) -> Iterator[Record]:
    """Yield everything that has an address: entries, models, pages of text, then papers, the newest first.

    ``address`` gives it for a kind (``member`` for a model of a family, ``page`` for a page of text) and an id.
    """
    for found, url in _all(catalogue, address):
        if url is not None:
            yield replace(found, url=url)


def _all(catalogue: Catalogue, address: Callable[[str, str], str | None]) -> Iterator[tuple[Record, str | None]]:
    for facet in catalogue.layout.facets:
        words = telling_words({key: entry.text for key, entry in catalogue.entries[facet.kind].items()})
        for key in catalogue.entries[facet.kind]:
            found = record(facet.kind, key, catalogue)
            yield replace(found, words=f"{words[key]} {found.words}".strip()), address(facet.kind, key)
    for key, (family, member) in catalogue.members.items():
        home = catalogue.head_homes.get(key)
        own = address("page", home.page) if home is not None and home.own else None
        found = member_record(family, member, catalogue) if own is None else heads_record(key, catalogue)
        yield found, own or address("member", key)
    for docname, document in catalogue.documents.items():
        if not _is_of_facts(docname, catalogue) and not docname.startswith(WORKSHOP):
            yield document_record(document, document.title, catalogue), address("page", docname)
    for key in catalogue.papers:
        yield record("paper", key, catalogue), address("paper", key)


def _is_of_facts(docname: str, catalogue: Catalogue) -> bool:
    folder, _slash, key = docname.rpartition("/")
    return folder in {PAPERS, *(facet.folder for facet in catalogue.layout.facets)} and key != "index"
