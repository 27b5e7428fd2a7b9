"""The data as a whole: what archives are told of them, and the files by which they travel.

The folder ``data/`` is a data package (https://datapackage.org), a Croissant dataset
(https://docs.mlcommons.org/croissant/) and a repository of the Hugging Face hub at once, so that it can be put on
Zenodo or on the hub as it is. All three descriptions are made here from the same :class:`Described`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from survey.catalogue.views.plain_text import plain_text
from survey.exports import columns
from survey.exports.site import HOME
from survey.exports.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.catalogue import Catalogue, Layout
    from survey.catalogue.schema.dataset import Dataset
    from survey.exports.site import Site

FOLDER = "data/"
#: The tables, with what each row is.
_TABLES: tuple[tuple[Literal["papers", "positions"], str], ...] = (
    ("papers", "The surveyed papers, one a row, newest first."),
    ("positions", "The known positions of heads, one a row, by model, layer and head."),
)
#: What else there may be.
_OTHERS = {
    "survey.schema.json": "The JSON Schema of survey.json.",
    "papers/": "The record of each paper, by its key.",
    "heads/": "The record of each head type, by its id.",
    "models/": "What is known of each head of a model, by the id of the model.",
    "model-heads.schema.json": "The JSON Schema of the files in models/.",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file of the folder, by its address in it."""

    name: str  #: Without ending, and lower-case: what other tools know it by.
    address: str
    form: str  #: Its media type.
    meaning: str
    content: bytes
    columns: tuple[columns.Column, ...] = ()  #: Of a table.

    @property
    def sha256(self) -> str:
        """The digest by which others see that they have all of it."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Described:
    """The data of a survey as a whole."""

    name: str  #: Lower-case words joined by hyphens.
    title: str
    description: str
    base: str  #: Address of the site; empty if it isn't known.
    dataset: Dataset
    files: tuple[File, ...]
    others: tuple[tuple[str, str], ...]  #: Schemas, and folders with a file for each record: address and meaning.

    @property
    def tables(self) -> tuple[File, ...]:
        """The files that are tables."""
        return tuple(file for file in self.files if file.columns)


def describe(catalogue: Catalogue, site: Site, written: Mapping[str, bytes]) -> Described:
    """Describe data files that have been made, by their address from the site's root."""
    home = catalogue.documents.get(HOME)
    title = one_line(home.title) if home is not None and home.title else "Survey"
    lead = plain_text(home.lead.text, catalogue) if home is not None and home.lead is not None else title
    tables = [_table(kind, meaning, written[f"data/{kind}.csv"], catalogue.layout) for kind, meaning in _TABLES]
    records = File(
        "survey",
        "survey.json",
        "application/json",
        "All records: papers, and the entries of each facet; survey.schema.json says what is in them.",
        written["data/survey.json"],
    )
    inside = (address.removeprefix(FOLDER).partition("/") for address in written if address.startswith(FOLDER))
    found = {f"{name}{slash}" for name, slash, _ in inside}
    others = tuple((address, meaning) for address, meaning in _OTHERS.items() if address in found)
    dataset = catalogue.layout.dataset
    return Described(_slug(title), title, one_line(lead), site.base, dataset, (records, *tables), others)


def _table(kind: Literal["papers", "positions"], meaning: str, content: bytes, layout: Layout) -> File:
    header = next(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    found = tuple(columns.described(kind, header, layout))
    return File(kind, f"{kind}.csv", "text/csv", meaning, content, found)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:100].strip("-") or "survey"
