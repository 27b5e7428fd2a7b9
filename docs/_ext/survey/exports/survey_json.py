"""``data/survey.json``: every record of the survey, and the JSON Schema that says what is in it."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, create_model

from survey.catalogue.markup.summary_terms import TERMS
from survey.catalogue.schema.fields import Depth, Fields, Finding, PaperLinks, Positions, Relation
from survey.catalogue.views import evidence
from survey.catalogue.views.plain_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from survey.catalogue import Catalogue, Entry, Facet, Layout, Paper
    from survey.exports.site import Site

#: Raised when a field is removed or changes its meaning; not when one is added.
VERSION = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA = "data/survey.schema.json"  #: Its address, from the site's root.

Date = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$", description="ISO 8601, at the precision known.")]
Page = Annotated[str, Field(description="Address of its page, from the site's root.")]
Keys = Annotated[tuple[str, ...], Field(description="Keys of the papers that name it, newest first.")]
DataVersion = Annotated[str | None, Field(description="The release of the data, by year and month; null between them.")]
PlainText = Annotated[str, Field(description="Plain text.")]


class AuthorRecord(Fields):
    """A person; a name of one word has only a family."""

    given: str
    family: str


class SummaryRecord(Fields):
    """The summary of a paper in its three parts, as plain text; empty where a part is missing."""

    innovation: str
    tasks: str
    significant_result: str


class PaperRecord(Fields):
    """A surveyed paper."""

    key: Annotated[str, Field(description="Its key in references.bib.")]
    page: Page
    title: str
    authors: tuple[AuthorRecord, ...]
    published: Annotated[Date, Field(description="When it appeared: its place in the chronology.")]
    date_note: Annotated[str | None, Field(description="Why that is another year than the one by which it is cited.")]
    preprinted: Date | None
    year: Annotated[int | None, Field(description="The year by which it is cited.")]
    venue: str
    doi: str | None
    arxiv: str | None
    url: str | None
    scope: Literal["background"] | None
    tasks: tuple[str, ...]
    links: PaperLinks
    positions: tuple[Positions, ...]
    models_note: Annotated[str | None, Field(description="What it ran on, where no model is named.")]
    takeaway: Annotated[str | None, Field(description="One sentence that stands alone.")]
    read: Annotated[tuple[Depth, ...], Field(description="What its page rests on; nothing where that isn't said.")]
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    aliases: Annotated[tuple[str, ...], Field(description="Earlier keys; their pages redirect.")]
    summary: SummaryRecord
    bibtex: Annotated[str, Field(description="Its entry in references.bib, as it was written.")]
    cited_on: Annotated[tuple[str, ...], Field(description="Addresses of the pages whose own text cites or names it.")]


def survey(catalogue: Catalogue, site: Site) -> dict[str, Any]:
    """Return all records: papers as the chronology has them, the entries of each facet in the survey's order."""
    return {**head(catalogue), **{name: list(found) for name, found in records(catalogue, site)}}


def head(catalogue: Catalogue) -> dict[str, Any]:
    """Return what stands before the records."""
    return {"version": VERSION, "data_version": catalogue.layout.dataset.version or None}


def records(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """Yield the names of what there are records of, each with its records."""
    yield "papers", (_paper(paper, catalogue, site) for paper in catalogue.papers.values())
    for facet in catalogue.layout.facets:
        yield facet.folder, (_entry(entry, catalogue, site) for entry in catalogue.entries[facet.kind].values())


def _paper(paper: Paper, catalogue: Catalogue, site: Site) -> dict[str, Any]:
    entry, fields = paper.entry, paper.fields
    summary = {part: plain_text(paper.summary[part].text, catalogue) if part in paper.summary else "" for part in TERMS}
    return {
        "key": paper.key,
        "page": site.page(f"papers/{paper.key}"),
        "title": paper.title,
        "authors": [{"given": name.given, "family": name.family} for name in entry.authors],
        "published": str(paper.published),
        "date_note": fields.date_note,
        "preprinted": str(fields.preprinted) if fields.preprinted is not None else None,
        "year": int(entry.year) if entry.year.isascii() and entry.year.isdigit() else None,
        "venue": entry.venue,
        "doi": entry.doi,
        "arxiv": entry.arxiv,
        "url": entry.url,
        **{facet.folder: list(paper.tags.get(facet.kind, ())) for facet in catalogue.layout.facets},
        "scope": fields.scope,
        "tasks": list(fields.tasks),
        "links": fields.links.model_dump(mode="json"),
        "positions": _positions(fields.positions),
        "models_note": fields.models_note,
        "takeaway": fields.takeaway,
        "read": list(fields.read),
        "relations": [relation.model_dump(mode="json") for relation in fields.relations],
        "findings": [finding.model_dump(mode="json") for finding in fields.findings],
        "aliases": list(fields.aliases),
        "summary": summary,
        "bibtex": entry.source,
        "cited_on": [site.page(docname) for docname in catalogue.cited_on.get(paper.key, ())],
    }


def _entry(entry: Entry, catalogue: Catalogue, site: Site) -> dict[str, Any]:
    folder = catalogue.layout.facet(entry.kind).folder
    record = {
        "id": entry.id,
        "page": site.page(f"{folder}/{entry.id}"),
        **entry.fields.model_dump(mode="json", by_alias=True),
        "description": plain_text(entry.lead.text, catalogue) if entry.lead is not None else "",
        "papers": [paper.key for paper in catalogue.papers_of(entry.kind, entry.id)],
    }
    if entry.kind == "head":
        record["positions"] = _positions(getattr(entry.fields, "positions", ()))
        record["evidence"] = dataclasses.asdict(evidence.of_head(catalogue, entry.id))
    return record


def _positions(groups: Iterable[Positions]) -> list[dict[str, Any]]:
    """Return the lists of positions, those of tables like others; one whose table cannot be read has none."""
    return [group.model_dump(mode="json") for group in groups if group.at]


def schema(layout: Layout, site: Site) -> dict[str, Any]:
    """Return the JSON Schema of :func:`survey`, with its own address as its identity where the site has one."""
    identity = {"$id": site.link(SCHEMA)} if site.base else {}
    return {"$schema": DIALECT, **identity, **_schema(layout)}


@lru_cache(maxsize=4)
def _schema(layout: Layout) -> Mapping[str, Any]:
    """Return the JSON Schema of :func:`survey`, with the facets that the survey declares itself.

    It is kept for further builds of the process: making it takes a fifth of a small one.
    """
    tags: dict[str, Any] = {facet.folder: _ids(facet) for facet in layout.facets}
    tables: dict[str, Any] = {"papers": _many(create_model("PaperRecord", __base__=PaperRecord, **tags))}
    tables |= {facet.folder: _many(_entry_model(facet)) for facet in layout.facets}
    tables["version"] = (Literal[VERSION], ...)
    tables["data_version"] = (DataVersion, ...)
    model = create_model("Survey", __base__=Fields, __doc__="Every record of the survey.", **tables)
    return model.model_json_schema(by_alias=True, mode="serialization")


def _many(model: Any) -> Any:
    """Return the definition of a required list of records."""
    return tuple[model, ...], ...  # mypy takes no variable for a type


def _ids(facet: Facet) -> Any:
    what = "members" if facet.by_member else "entries"
    return Annotated[tuple[str, ...], Field(description=f"Ids of {what} of '{facet.folder}'.")], ...


def _entry_model(facet: Facet) -> Any:
    derived: dict[str, Any] = {"id": (str, ...), "page": (Page, ...), "description": (PlainText, ...)}
    derived["papers"] = (Keys, ...)
    if facet.kind == "head":
        derived["evidence"] = (evidence.Evidence, ...)
    return create_model(f"{facet.kind.title()}Record", __base__=facet.fields, **derived)
