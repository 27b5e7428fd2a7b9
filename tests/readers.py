"""Readers of the exports that share no code with what wrote them."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import citeproc
import feedparser
import rispy
from bibtexparser.entrypoint import parse_string
from bs4 import BeautifulSoup
from citeproc.source.json import CiteProcJSON
from lxml import etree
from pybtex.database import parse_string as pybtex_parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trees import Built

_SCHEMA = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles"


def bibtexparser_entry(text: bytes) -> Any:
    """Return the one entry that bibtexparser finds."""
    library = parse_string(text.decode("utf-8"))
    assert library.failed_blocks == []
    (entry,) = library.entries
    return entry


def pybtex_entry(text: bytes) -> Any:
    """Return the one entry that pybtex finds."""
    (entry,) = pybtex_parse(text.decode("utf-8"), "bibtex").entries.values()
    return entry


def ris_record(text: bytes) -> dict[str, Any]:
    """Return the one record that rispy finds, which has no tag that rispy doesn't know."""
    (record,) = rispy.loads(text.decode("utf-8"))
    assert "unknown_tag" not in record
    return dict(record)


@cache
def _style() -> Any:
    return citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)


def csl_reference(items: Sequence[Mapping[str, Any]]) -> str:
    """Return the reference that a citation processor makes of the one item of a file."""
    source = CiteProcJSON(list(items))
    bibliography = citeproc.CitationStylesBibliography(_style(), source, citeproc.formatter.plain)
    (item,) = items
    bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    (reference,) = bibliography.bibliography()
    return " ".join(str(reference).split())


def csl_words(name: str) -> set[str]:
    """Return the words that a part of CSL's own schema allows: its types or variables."""
    return set(re.findall(r'"([\w-]+)"', (_SCHEMA / f"csl-{name}.rnc").read_text("utf-8")))


def table(text: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file, by column; all have every column and no other."""
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8"), newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def feed(text: bytes) -> Any:
    """Return a feed that is well-formed."""
    etree.fromstring(text)
    parsed = feedparser.parse(text)
    assert not parsed.bozo
    return parsed


def coins(page: BeautifulSoup) -> list[dict[str, list[str]]]:
    """Return the OpenURLs on a page."""
    return [parse_qs(str(span["title"]), strict_parsing=True) for span in page.select("span.Z3988")]


def summaries(built: Built) -> dict[str, BeautifulSoup]:
    """Return what lists unfold of papers, as a script puts it there."""
    text = built.text("data/summaries.js")
    found = json.loads(text.partition(".summaries = ")[2].rstrip(";\n"))
    return {key: BeautifulSoup(html, "html.parser") for key, html in found.items()}
