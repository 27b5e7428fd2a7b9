"""Papers and entries as listings show them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.catalogue.records.selecting import LISTING_PARTS
from survey.catalogue.texts.web_addresses import arxiv_address, doi_address
from survey.catalogue.views import evidence
from survey.catalogue.views.plain_text import first_sentence
from survey.translation import _, noted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Entry, Paper
    from survey.catalogue.views.marks import Marks


_CITE = re.compile(r"\{cite(?P<form>:\w+)?\}`(?P<keys>[^`]+)`")
#: One work of a citation, as sphinxcontrib-bibtex takes it: {see}key{p. 3}.
_TARGET = re.compile(r"(?:\{(?P<before>[^{}]*)\})?(?P<key>[^\s,{}]+)(?:\{(?P<after>[^{}]*)\})?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A link to an entry or member, with the name to show."""

    kind: str
    id: str
    name: str
    shade: int = 0  #: The place of its stage among the stages, from 1; 0 for what belongs to none.

    member: bool = False  #: Whether a member is meant where a family has the same id.
    home: str = ""  #: Of a member, the id of its family, on whose page it stands.

    @classmethod
    def of(cls, kind: str, key: str, catalogue: Catalogue, *, member: bool = False) -> Tag:
        """Return the tag of an entry or, where ``member`` says so first, of a member."""
        return catalogue.once((cls, kind, key, member), lambda: cls._of(kind, key, catalogue, member=member))

    @classmethod
    def _of(cls, kind: str, key: str, catalogue: Catalogue, *, member: bool) -> Tag:
        name = catalogue.tag_name(kind, key) if member else catalogue.name(kind, key)
        stages = list(catalogue.entries.get("stage", {}))
        entry = catalogue.entries[kind].get(key)
        stage = key if kind == "stage" else getattr(entry.fields, "stage", None) if entry is not None else None
        shade = stages.index(stage) + 1 if stage in stages else 0
        return cls(kind, key, name, shade, member, home_of(kind, key, catalogue))


def home_of(kind: str, key: str, catalogue: Catalogue) -> str:
    """Return the id of a member's family; nothing for what is no member."""
    is_member = catalogue.layout.facet(kind).by_member and key in catalogue.members
    return catalogue.members[key][0].id if is_member else ""


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown of one file to be shown on the page of another."""

    markdown: str
    path: str = field(repr=False)  #: Where it stands, for warnings; no part of what is shown.
    line: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A paper as listings show it."""

    key: str
    title: str
    authors: tuple[str, ...]  #: As names are written, given names first.
    more_authors: bool  #: Whether the list ends in "and others".
    date: str  #: ISO 8601, at the precision known.
    date_words: str
    venue: str
    tags: tuple[Tag, ...]
    links: tuple[tuple[str, str], ...]  #: Label and address.
    summary: tuple[tuple[str, Text], ...]  #: Part and text.
    background: bool
    takeaway: str = ""  #: One sentence of plain text; empty where the paper has none, or isn't shown with it.
    read: tuple[str, ...] = ()  #: What its page rests on, the deepest first.


def author_list(card_: PaperCard, most: int | None = None) -> str:
    """Return the authors of a paper as text; with ``most``, a longer list is cut before its last name."""
    names = list(card_.authors)
    ending = ["et al."] if card_.more_authors else names[-1:]
    if most is not None and len(names) > most:
        return f"{', '.join(names[: most - 2])}, … {ending[0]}"
    return ", ".join([*names, *(ending if card_.more_authors else ())])


@dataclass(frozen=True, slots=True)
class EntryCard:
    """An entry of a facet as listings show it."""

    tag: Tag
    papers: int
    lead: Text | None
    kinds: tuple[tuple[str, tuple[str, ...]], ...] = ()  #: What it reads and writes, where a listing says so.
    marks: Marks | None = None  #: Of a head type, how far anybody has got with it.

    @property
    def qualms(self) -> tuple[str, ...]:
        """What tells a head type from those that are established."""
        if self.marks is None:
            return ()
        unlocated = () if self.marks.located else (_("no head located"),)
        return ((_("rests on one paper"), *unlocated)) if self.papers == 1 else unlocated


_LISTED = ("stage", "head")  #: The kinds of tags that listings show.


def tags_of(paper: Paper, catalogue: Catalogue, kinds: Sequence[str] = ()) -> tuple[Tag, ...]:
    """Return a paper's tags with their names, of the kinds asked for or of all, stages first."""
    kinds = kinds or sorted(paper.tags, key=lambda kind: kind != "stage")
    return tuple(Tag.of(kind, tag, catalogue, member=True) for kind in kinds for tag in paper.tags.get(kind, ()))


def card(paper: Paper, catalogue: Catalogue, parts: Collection[str] = LISTING_PARTS) -> PaperCard:
    """Return a paper as a listing of these parts shows it, and nothing more: other changes leave its page as it is."""
    return catalogue.once((PaperCard, paper.key, frozenset(parts)), lambda: _card(paper, catalogue, parts))


def _card(paper: Paper, catalogue: Catalogue, parts: Collection[str]) -> PaperCard:
    takeaway = paper.fields.takeaway or "" if {"summary", "result"} & set(parts) else ""
    summary = set(paper.summary) if "summary" in parts else set()
    if "result" in parts and not takeaway:
        summary.add("significant_result")
    names = (f"{name.given} {name.family}".strip() for name in paper.entry.authors)
    return PaperCard(
        key=paper.key,
        title=paper.title,
        authors=tuple(names) if "authors" in parts else (),
        more_authors=paper.entry.more_authors and "authors" in parts,
        date=str(paper.published),
        date_words=paper.published.words,
        venue=f"{paper.entry.venue}, {paper.entry.year}".strip(", ") if "authors" in parts else "",
        tags=tags_of(paper, catalogue, _LISTED) if "tags" in parts else (),
        links=tuple(links_of(paper)) if "links" in parts else (),
        summary=tuple(
            (part, Text(linked_citations(passage.text, catalogue), paper.path, passage.line))
            for part, passage in paper.summary.items()
            if part in summary
        ),
        background=paper.is_background,
        takeaway=takeaway,
        read=depths_of(paper) if "summary" in parts else (),
    )


#: How deep the reading behind a page went, the deepest first, and what that is called.
DEPTHS = {
    "full": noted("read in full"),
    "code": noted("code"),
    "abstract": noted("abstract"),
    "second-hand": noted("second-hand"),
}


def depths_of(paper: Paper) -> tuple[str, ...]:
    """Return what a paper's page rests on, the deepest first."""
    return tuple(depth for depth in DEPTHS if depth in paper.fields.read)


#: What the links are called that a paper's file gives.
_LINKS = {"code": noted("Code"), "demo": noted("Demo"), "data": noted("Data"), "project": noted("Project")}


def links_of(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield label and address of a paper's links: the paper itself, its identifiers, and what belongs to it."""
    entry = paper.entry
    if entry.url and not entry.url.endswith((f"abs/{entry.arxiv}", doi_address(entry.doi or "?"))):
        yield _("Paper"), entry.url
    if entry.doi:
        yield "DOI", doi_address(entry.doi)
    if entry.arxiv:
        yield "arXiv", arxiv_address(entry.arxiv)
    for field_, label in _LINKS.items():
        addresses = getattr(paper.fields.links, field_)
        for number, address in enumerate(addresses, start=1):
            yield _(label) + (f" {number}" if len(addresses) > 1 else ""), address


def linked_citations(text: str, catalogue: Catalogue) -> str:
    """Turn citations into links to papers, so that a listing doesn't itself count as citing them."""

    def link(match: re.Match[str]) -> str:
        textual = match["form"] == ":t"
        parts = []
        for target in _TARGET.finditer(match["keys"]):
            entry = catalogue.bibliography.get(target["key"])
            if entry is None:
                continue
            year = entry.cited_year
            words = f"{entry.short_authors} ({year})" if textual else f"{entry.short_authors}, {year}"
            before = f"{target['before']} " if target["before"] else ""
            after = f", {target['after']}" if target["after"] else ""
            parts.append(f"{before}{{survey:paper}}`{words} <{entry.key}>`{after}")
        return ", ".join(parts) if textual else f"({'; '.join(parts)})"

    return _CITE.sub(link, text)


def entry_card(entry: Entry, catalogue: Catalogue, *, brief: bool = False) -> EntryCard:
    """Return an entry as listings show it, with its first sentence unless ``brief``."""
    lead = None
    if entry.lead is not None and not brief:
        lead = Text(linked_citations(first_sentence(entry.lead.text), catalogue), entry.path, entry.lead.line)
    papers = len(catalogue.papers_of(entry.kind, entry.id))
    marks = evidence.of_head(catalogue, entry.id).marks if entry.kind == "head" else None
    return EntryCard(Tag.of(entry.kind, entry.id, catalogue), papers, lead, marks=marks)
