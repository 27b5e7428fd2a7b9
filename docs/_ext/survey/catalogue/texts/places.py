"""Where the files of a survey lie, from its root."""

from __future__ import annotations

from survey.catalogue.texts.references_bib import FILE

DOCS = "docs"
CITATION = "CITATION.bib"  #: How the survey itself is cited: its first entry, and what it grew from after it.
BESIDE = (FILE, CITATION)  #: The files beside ``docs/`` that are read and published.
