"""A work in each of the forms in which it can be cited, and all papers in the forms of the explorer's exports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from survey.exports import csl, ris, tables
from survey.exports.text import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue import BibEntry, Catalogue, PartialDate
    from survey.exports import Site


@dataclass(frozen=True, slots=True)
class Forms:
    """One work, as reference managers take it."""

    key: str
    bibtex: str
    ris: str
    csl: str
    normalised: str  #: BibTeX with every value spelled out: what a reference in words is made of.
    more: tuple[str, ...] = ()  #: The same of works that are cited along with it.

    @classmethod
    def of(cls, entry: BibEntry, published: PartialDate | None = None) -> Forms:
        """Return the forms of a work: the same texts as in the files ``cite/<key>.*``."""
        item = as_json([csl.item(entry, published)], indent=1)
        return cls(entry.key, entry.source, ris.record(entry).rstrip("\n"), item, entry.normalised)


def together(forms: Sequence[Forms]) -> Forms:
    """Return works that are cited along with the first as one, under its key."""
    items = [item for one in forms for item in json.loads(one.csl)]
    return Forms(
        forms[0].key,
        "\n\n".join(one.bibtex for one in forms),
        "\n\n".join(one.ris for one in forms),
        as_json(items, indent=1),
        forms[0].normalised,
        tuple(one.normalised for one in forms[1:]),
    )


@dataclass(frozen=True, slots=True)
class Cite:
    """View of a work of the bibliography in the forms in which it can be cited."""

    key: str

    def select(self, catalogue: Catalogue) -> Forms | None:
        """Return the forms, or None if there's no such work."""
        entry = catalogue.bibliography.get(self.key)
        paper = catalogue.papers.get(self.key)
        return Forms.of(entry, paper.published if paper is not None else None) if entry is not None else None


def citations(catalogue: Catalogue, site: Site) -> dict[str, Any]:
    """Return each paper's pieces of the files that the explorer exports, and what a file of CSV begins with."""
    head, *rows = tables.paper_rows(catalogue, site)
    return {
        "columns": tables.written([head]),
        "papers": {
            row[0]: [
                catalogue.papers[row[0]].entry.source,
                ris.record(catalogue.papers[row[0]].entry),
                tables.written([row]),
            ]
            for row in rows
        },
    }
