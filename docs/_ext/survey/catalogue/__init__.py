"""The catalogue: what the survey's files say, read once and cross-checked. Nothing here knows Sphinx."""

from __future__ import annotations

from survey.catalogue.bibliography.bibentry import BibEntry, Name
from survey.catalogue.loading import load, load_kept
from survey.catalogue.problems import CODES, Problem, did_you_mean
from survey.catalogue.records.catalogue import Catalogue, newest_first
from survey.catalogue.records.record_types import Document, Entry, Paper, Place
from survey.catalogue.schema.facets import Facet, Layout
from survey.catalogue.texts.dates import PartialDate

__all__ = [
    "CODES",
    "BibEntry",
    "Catalogue",
    "Document",
    "Entry",
    "Facet",
    "Layout",
    "Name",
    "Paper",
    "PartialDate",
    "Place",
    "Problem",
    "did_you_mean",
    "load",
    "load_kept",
    "newest_first",
]
