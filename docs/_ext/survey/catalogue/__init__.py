"""The catalogue: what the survey's files say, read once and cross-checked. Nothing here knows Sphinx."""

from __future__ import annotations

from survey.catalogue.bibliography import BibEntry, Name
from survey.catalogue.catalogue import Catalogue, load, newest_first
from survey.catalogue.dates import PartialDate
from survey.catalogue.facets import Facet, Layout
from survey.catalogue.problems import CODES, Problem, did_you_mean
from survey.catalogue.records import Entry, Paper, Place

__all__ = [
    "CODES",
    "BibEntry",
    "Catalogue",
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
    "newest_first",
]
