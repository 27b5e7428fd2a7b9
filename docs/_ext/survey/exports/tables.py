"""Tables of papers, head types and head positions, as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import astuple, fields
from functools import lru_cache
from typing import TYPE_CHECKING

from survey.catalogue.markup.summary_terms import TERMS
from survey.catalogue.schema.fields import PaperLinks
from survey.catalogue.views.overview import Row
from survey.catalogue.views.overview import rows as overview_rows
from survey.catalogue.views.plain_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from survey.catalogue import Catalogue, Entry, Paper
    from survey.exports.site import Site

#: What begins a formula, in whichever width, also behind space; or the sign that says that none begins.
_FORMULA = re.compile(r"'|\s*[=+\-@＝＋－＠]|[\t\n]")
_RETURN = re.compile(r"\r\n?")  #: The csv library writes one without quotes, and readers take it for the end of a row.
_SEPARATOR = "; "  #: Between the items of a list in one cell.
_POSITIONS = (
    "model",
    "family",
    "layer",
    "head",
    "head_type",
    "inferred",
    "automatic",
    "score",
    "paper",
    "source",
    "url",
    "kv",
    "called",
    "measure",
    "rank",
    "given",
    "of",
    "criterion",
    "caveat",
)


def papers(catalogue: Catalogue, site: Site) -> str:
    """Return the papers, one a row, newest first."""
    return written(paper_rows(catalogue, site))


def paper_rows(catalogue: Catalogue, site: Site) -> list[list[str]]:
    """Return the names of the columns and the cells of each paper."""
    folders = [facet.folder for facet in catalogue.layout.facets]
    links = list(PaperLinks.model_fields)
    summary = [f"summary_{part}" for part in TERMS]
    known = ("key", "title", "authors", "published", "preprinted", "year", "venue", "doi", "arxiv", "url")
    columns = [*known, *folders, "tasks", "scope", "read", "takeaway", *links, *summary, "page"]
    return _cells(columns, (_paper(paper, catalogue, site) for paper in catalogue.papers.values()))


def _paper(paper: Paper, catalogue: Catalogue, site: Site) -> Iterator[object]:
    entry, fields = paper.entry, paper.fields
    names = [f"{name.family}, {name.given}" if name.given else name.family for name in entry.authors]
    yield from (paper.key, paper.title, _SEPARATOR.join(names), paper.published, fields.preprinted)
    yield from (entry.year, entry.venue, entry.doi, entry.arxiv, entry.url)
    for facet in catalogue.layout.facets:
        yield _SEPARATOR.join(paper.tags.get(facet.kind, ()))
    yield _SEPARATOR.join(fields.tasks)
    yield fields.scope
    yield _SEPARATOR.join(fields.read)
    yield fields.takeaway
    for name in PaperLinks.model_fields:
        yield _SEPARATOR.join(getattr(fields.links, name))
    for part in TERMS:
        passage = paper.summary.get(part)
        yield plain_text(passage.text, catalogue) if passage is not None else ""
    yield site.page(f"papers/{paper.key}")


def positions(catalogue: Catalogue) -> str:
    """Return the known head positions, one a row, by model, layer and head."""
    rows = (
        (
            at.model,
            catalogue.members[at.model][0].id if at.model in catalogue.members else "",
            at.layer,
            at.head,
            at.role,
            "true" if at.inferred else "false",
            "true" if at.automatic else "false",
            at.score,
            at.paper,
            at.source,
            at.url,
            "true" if at.kv else "false",
            at.called,
            at.measure,
            at.rank,
            at.given,
            at.of,
            at.criterion,
            at.caveat,
        )
        for at in catalogue.places
    )
    return written(_cells(_POSITIONS, rows))


#: The columns of head types that hold one text, and those that hold lists.
_HEAD_TEXTS, _HEAD_LISTS = (
    ("id", "name", "stage", "category", "parent", "reads", "writes"),
    ("reads_kind", "writes_kind"),
)


def heads(catalogue: Catalogue, site: Site) -> str:
    """Return the head types, one a row, by name."""
    columns = (*_HEAD_TEXTS, *_HEAD_LISTS, "aliases", "papers", "page")
    return written(_cells(columns, (_head(entry, catalogue, site) for entry in catalogue.entries["head"].values())))


def _head(entry: Entry, catalogue: Catalogue, site: Site) -> Iterator[object]:
    yield entry.id
    for name in _HEAD_TEXTS[1:]:
        yield getattr(entry.fields, name)
    for name in (*_HEAD_LISTS, "aliases"):
        yield _SEPARATOR.join(getattr(entry.fields, name))
    yield _SEPARATOR.join(paper.key for paper in catalogue.papers_of("head", entry.id))
    yield site.page(f"heads/{entry.id}")


def overview(catalogue: Catalogue) -> str:
    """Return what each paper's page rests on as a table, for those who keep a survey."""
    return written(_cells([field.name for field in fields(Row)], map(astuple, overview_rows(catalogue))))


def _cells(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> list[list[str]]:
    cell = lru_cache(maxsize=4096, typed=True)(_cell)  # models, types and papers are in thousands of rows
    return [list(columns), *([cell(value) for value in row] for row in rows)]


def written(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe in front makes it text.

    One that begins with an apostrophe gets another, so that whoever takes one away has what was meant.
    """
    if isinstance(value, (int, float)):
        return str(value)  # a number with a sign is a number
    text = "" if value is None else _RETURN.sub("\n", str(value))
    return f"'{text}" if _FORMULA.match(text) else text
