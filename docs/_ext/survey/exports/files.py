"""All data files by their address, and how they get into a folder."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from survey.catalogue.texts.references_bib import FILE as BIBLIOGRAPHY
from survey.catalogue.texts.references_bib import PAPER_KEY
from survey.catalogue.texts.symlinks import is_linked
from survey.catalogue.texts.whole_files import write_whole
from survey.exports import croissant, csl, datacard, datapackage, feeds, llms, modelheads, ris, survey_json, tables
from survey.exports.described import describe
from survey.exports.text import as_json, encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from survey.catalogue import Catalogue
    from survey.exports.site import Site

#: Folders with a file for each record, and the form of its name; nobody else puts files of that form there, so those
#: of what the survey no longer has are deleted.
_OWNED = {
    "cite": re.compile(r"[a-z]+[0-9]{4}[a-z0-9]*\.(bib|ris|json)"),
    "data/heads": re.compile(r"[^/]+\.json"),
    "data/models": re.compile(r"[^/]+\.json"),
    "data/papers": re.compile(r"[^/]+\.json"),
    "feeds/heads": re.compile(r"[^/]+\.xml"),
}
#: The records that have a file each, with what names them.
_ID = {"papers": "key", "heads": "id"}


def data_files(catalogue: Catalogue, root: Path, site: Site) -> dict[str, bytes]:
    """Return the content of every data file of the survey at ``root``, by its address from the site's root."""
    return dict(sorted(each_file(catalogue, root, site)))


def each_file(catalogue: Catalogue, root: Path, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of every data file, one after the other: all of them are as large as the site."""
    described = {"data/survey.json", *(f"data/{table}.csv" for table in ("papers", "heads", "positions"))}
    made: dict[str, bytes] = {}  #: The content of those that are described, and the addresses of all.
    for address, text in chain(_survey(catalogue, site), _tables(catalogue, site), _cite(catalogue)):
        content = encoded(text)
        made[address] = content if address in described else b""
        yield address, content
    yield from _described(made, catalogue, site).items()
    if (root / BIBLIOGRAPHY).is_file() and not is_linked(root, BIBLIOGRAPHY):
        yield BIBLIOGRAPHY, (root / BIBLIOGRAPHY).read_bytes()


def _survey(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the file of each record, and that of all records, as ``json`` writes them together."""
    arrays = []
    for name, records in survey_json.records(catalogue, site):
        texts = []
        for record in records:
            texts.append(_json(record))
            if name in _ID:
                yield f"data/{name}/{record[_ID[name]]}.json", texts[-1]
        inner = ",\n  ".join(text.replace("\n", "\n  ") for text in texts)
        arrays.append(f' "{name}": ' + (f"[\n  {inner}\n ]" if texts else "[]"))
    head = _json(survey_json.head(catalogue)).removesuffix("\n}")
    yield "data/survey.json", ",\n".join([head, *arrays]) + "\n}"
    yield survey_json.SCHEMA, _json(survey_json.schema(catalogue.layout, site))


def _tables(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, str]]:
    """Yield tables and feeds, and what is known of the heads of each model."""
    yield "data/papers.csv", tables.papers(catalogue, site)
    yield "data/heads.csv", tables.heads(catalogue, site)
    yield "data/positions.csv", tables.positions(catalogue)
    yield "feed.xml", feeds.survey_feed(catalogue, site)
    yield "llms.txt", llms.guide(catalogue, site)
    for address, content in modelheads.files(catalogue, site):
        yield address, _json(content)
    for head in catalogue.entries.get("head", {}).values():
        yield feeds.head_feed_address(head.id), feeds.head_feed(head, catalogue, site)


def _cite(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield what reference managers take of each work."""
    for entry in catalogue.bibliography.values():
        if PAPER_KEY.fullmatch(entry.key) is None:
            continue  # reported by the catalogue's checks; a key of another form could be a path
        paper = catalogue.papers.get(entry.key)
        yield f"cite/{entry.key}.bib", entry.source
        yield f"cite/{entry.key}.ris", ris.record(entry)
        yield f"cite/{entry.key}.json", _json([csl.item(entry, paper.published if paper is not None else None)])


def _described(files: Mapping[str, bytes], catalogue: Catalogue, site: Site) -> dict[str, bytes]:
    """Return what describes the data files as a whole, for archives and libraries."""
    data = describe(catalogue, site, files)
    return {
        "data/README.md": encoded(datacard.card(data)),
        "data/datapackage.json": encoded(_json(datapackage.package(data))),
        "data/croissant.json": encoded(_json(croissant.croissant(data))),
    }


def _json(content: Any) -> str:
    return as_json(content, indent=1)


def write(files: Iterable[tuple[str, bytes]], folder: Path) -> frozenset[str]:
    """Write files into a folder, leave those alone that are as they should be, and delete those of removed things.

    Each is there as a whole or as it was, even if the disk is full in the middle of it. Returns their addresses.
    """
    written = set()
    for address, content in files:
        written.add(address)
        path = folder / address
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
    for owned, form in _OWNED.items():
        for path in (folder / owned).glob("*"):
            if f"{owned}/{path.name}" not in written and form.fullmatch(path.name):
                path.unlink()
    return frozenset(written)
