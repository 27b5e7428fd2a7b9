"""The catalogue for machines: BibTeX, RIS, CSL-JSON, JSON, CSV, Atom and more. Nothing here knows Sphinx."""

from __future__ import annotations

from survey.exports.files import data_files, each_file, write
from survey.exports.site import HOME, Site

__all__ = ["HOME", "Site", "data_files", "each_file", "write"]
