"""All data files by their address, and how they get into a folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from survey.catalogue.texts.references_bib import FILE as BIBLIOGRAPHY
from survey.catalogue.texts.references_bib import PAPER_KEY
from survey.catalogue.texts.symlinks import is_linked
from survey.exports import croissant, csl, datacard, datapackage, feeds, llms, modelheads, ris, survey_json, tables
from survey.exports.described import describe
from survey.exports.text import encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def data_files(catalogue: Catalogue, root: Path, site: Site) -> dict[str, bytes]:
    """Return the content of every data file of the survey at ``root``, by its address from the site's root."""
    survey = survey_json.survey(catalogue, site)
    records = {kind: [_json(record) for record in survey[kind]] for kind in ("papers", "heads")}
    texts = {
        "data/survey.json": _whole(survey, records),
        survey_json.SCHEMA: _json(survey_json.schema(catalogue.layout, site)),
        "data/papers.csv": tables.papers(catalogue, site),
        "data/heads.csv": tables.heads(catalogue, site),
        "data/positions.csv": tables.positions(catalogue),
        "feed.xml": feeds.survey_feed(catalogue, site),
        "llms.txt": llms.guide(catalogue, site),
    }
    for address, content in modelheads.files(catalogue, site):
        texts[address] = _json(content)
    for head in catalogue.entries.get("head", {}).values():
        texts[feeds.head_feed_address(head.id)] = feeds.head_feed(head, catalogue, site)
    for kind, name in (("papers", "key"), ("heads", "id")):
        written = zip(survey[kind], records[kind], strict=True)
        texts |= {f"data/{kind}/{record[name]}.json": text for record, text in written}
    for entry in catalogue.bibliography.values():
        if PAPER_KEY.fullmatch(entry.key) is None:
            continue  # reported by the catalogue's checks; a key of another form could be a path
        paper = catalogue.papers.get(entry.key)
        texts[f"cite/{entry.key}.bib"] = entry.source
        texts[f"cite/{entry.key}.ris"] = ris.record(entry)
        texts[f"cite/{entry.key}.json"] = _json([csl.item(entry, paper.published if paper is not None else None)])
    files = {address: encoded(text) for address, text in texts.items()}
    files |= _described(files, catalogue, site)
    if (root / BIBLIOGRAPHY).is_file() and not is_linked(root, BIBLIOGRAPHY):
        files[BIBLIOGRAPHY] = (root / BIBLIOGRAPHY).read_bytes()
    return dict(sorted(files.items()))


def _described(files: Mapping[str, bytes], catalogue: Catalogue, site: Site) -> dict[str, bytes]:
    """Return what describes the data files as a whole, for archives and libraries."""
    data = describe(catalogue, site, files)
    return {
        "data/README.md": encoded(datacard.card(data)),
        "data/datapackage.json": encoded(_json(datapackage.package(data))),
        "data/croissant.json": encoded(_json(croissant.croissant(data))),
    }


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def _whole(content: Mapping[str, Any], known: Mapping[str, list[str]]) -> str:
    """Return an object as :func:`_json` writes it, with the lists of which the items are written already.

    Python's own writer of indented JSON is slow; lines end in JSON only between its parts, so that an item in a list is
    its text, further in.
    """
    parts = []
    for key, value in content.items():
        texts = known.get(key)
        items = ",\n".join(texts or ()).replace("\n", "\n  ")
        text = _json(value).replace("\n", "\n ") if not texts else f"[\n  {items}\n ]"
        parts.append(f" {_json(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}"


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder, leave those alone that are as they should be, and delete those of removed things.

    Each is there as a whole or as it was, even if the disk is full in the middle of it.
    """
    for address, content in files.items():
        path = folder / address
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)
    for owned, form in _OWNED.items():
        for path in (folder / owned).glob("*"):
            if f"{owned}/{path.name}" not in files and form.fullmatch(path.name):
                path.unlink()


def _write(path: Path, content: bytes) -> None:
    new = Path(path).with_name(f".{path.name}.being-written")  # a path of Sphinx's replaces letters, not files
    try:
        new.write_bytes(content)
        Path(new).replace(path)  # Sphinx's own paths are texts as well, with the method of texts
    except BaseException:
        new.unlink(missing_ok=True)
        raise
