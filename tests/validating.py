"""Validate a folder of data by the validators of its own formats: ``python tests/validating.py data/``.

``nox -s data`` runs it. It is no test of the suite, since the validators bring 400 MB of libraries with them. Exit
status 1, with a line for each fault.
"""

from __future__ import annotations

import csv
import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import frictionless
import jsonschema
import mlcroissant

if TYPE_CHECKING:
    from collections.abc import Iterator


def _packaged(folder: Path) -> Iterator[str]:
    """Frictionless reads every row of every table, and compares sizes and digests."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    for task in report.tasks:
        yield from (f"{task.name}: {error.message}" for error in task.errors)
    yield from (f"datapackage.json: {error.message}" for error in report.errors)


def _croissant(folder: Path) -> Iterator[str]:
    """Croissant's own library takes the description without a warning, and finds the rows that there are."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]  # two lines for a class
    logging.getLogger("absl").addHandler(handler)
    try:
        data = mlcroissant.Dataset(str(folder / "croissant.json"))
    except mlcroissant.ValidationError as error:
        yield f"croissant.json: {error}"
        return
    yield from (f"croissant.json: {message}" for message in said)
    for table in ("papers", "positions"):
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            expected = sum(1 for _ in csv.DictReader(file))
        if (found := sum(1 for _ in data.records(table))) != expected:
            yield f"croissant.json: {found} records of '{table}', which has {expected} rows"


def _schema(folder: Path) -> Iterator[str]:
    schema, survey = (json.loads((folder / name).read_text("utf-8")) for name in ("survey.schema.json", "survey.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for error in jsonschema.Draft202012Validator(schema).iter_errors(survey):
        yield f"survey.json: {error.json_path}: {error.message}"


def faults(folder: Path) -> list[str]:
    """Return what the validators have to say of a folder."""
    return [*_packaged(folder), *_croissant(folder), *_schema(folder)]


if __name__ == "__main__":
    found = faults(Path(sys.argv[1]).resolve())
    print("\n".join(found) or "valid: JSON Schema, Data Package and Croissant")
    sys.exit(1 if found else 0)
