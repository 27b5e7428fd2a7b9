"""The files for machines by their addresses: what each holds and in which format, for the reference.

Some of them are made of the catalogue alone, by :func:`survey.exports.files.data_files`; the others by a build of the
site. A part of an address in angle brackets stands for a key or an id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """One file, or one form of files."""

    address: str  #: From the site's root.
    form: str
    holds: str
    site_only: bool = False  #: Whether it takes a build; ``python -m survey export`` writes the others.

    def matches(self, address: str) -> bool:
        """Tell whether a file is of this form."""
        form = "[^/]+".join(re.escape(piece) for piece in re.split("<[^>]+>", self.address))
        return re.fullmatch(form, address) is not None


PUBLISHED = (
    Published("references.bib", "BibTeX", "The bibliography, byte for byte as it was written."),
    Published("cite/<key>.bib", "BibTeX", "One work of the bibliography, as it was written."),
    Published("cite/<key>.ris", "RIS", "The same work for reference managers."),
    Published("cite/<key>.json", "CSL-JSON", "The same work for citation processors."),
    Published("data/README.md", "Markdown", "The card of the data: what they are, their files, columns and licence."),
    Published("data/datapackage.json", "Data Package 2.0", "A description of the data folder for Frictionless."),
    Published("data/croissant.json", "Croissant 1.0 (JSON-LD)", "The same for libraries of machine learning."),
    Published("data/survey.json", "JSON", "All records: papers, and the entries of each facet."),
    Published("data/survey.schema.json", "JSON Schema, draft 2020-12", "What data/survey.json holds."),
    Published("data/papers/<key>.json", "JSON", "The record of one paper, as data/survey.json has it."),
    Published("data/heads/<id>.json", "JSON", "The record of one head type, likewise."),
    Published("data/papers.csv", "CSV (RFC 4180)", "The papers, one a row, newest first."),
    Published("data/heads.csv", "CSV (RFC 4180)", "The head types, one a row, by name."),
    Published("data/positions.csv", "CSV (RFC 4180)", "The known positions, one a row, by model, layer and head."),
    Published("data/models/<id>.json", "JSON", "What is known of each head of a model."),
    Published("data/model-heads.schema.json", "JSON Schema, draft 2020-12", "What data/models/<id>.json hold."),
    Published("feed.xml", "Atom", "The 30 newest papers."),
    Published("feeds/heads/<id>.xml", "Atom", "The 30 newest papers that name a head type."),
    Published("llms.txt", "Markdown", "A guide for language models, with a line for each page, head type and paper."),
    Published("sitemap.xml", "Sitemap", "The addresses of all pages, if html_baseurl is set.", site_only=True),
    Published("robots.txt", "Robots Exclusion Protocol", "What crawlers may do: everything.", site_only=True),
    Published("_headers", "Headers", "The security headers of all addresses, for hosts that read it.", site_only=True),
    Published("404.html", "HTML", "The page for addresses that don't exist.", site_only=True),
    Published("papers/<alias>.html", "HTML", "A redirect from an earlier key of a paper.", site_only=True),
    Published("objects.inv", "Sphinx inventory", "What other Sphinx sites can refer to.", site_only=True),
    Published("search-names.json", "JSON", "What the search knows of all that has a page.", site_only=True),
    Published("search-start.json", "JSON", "What the search suggests when it opens.", site_only=True),
    Published("search-heads.json", "JSON", "The heads of models by which the search knows them.", site_only=True),
    Published("data/cards.js", "JavaScript", "What the cards of works and head types show.", site_only=True),
    Published("data/summaries.js", "JavaScript", "The summaries that lists of papers unfold.", site_only=True),
    Published("data/compare/<id>.js", "JavaScript", "What a comparison shows of a head type.", site_only=True),
    Published("data/citations.js", "JavaScript", "The pieces of the explorer's exports.", site_only=True),
)
