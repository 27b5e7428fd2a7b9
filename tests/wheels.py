"""Look into the wheel that ``nox -s package`` has built: ``python tests/wheels.py FOLDER``, with the data beside it.

Run by a Python that has pandas and polars, which the package itself doesn't need. Exit status 1, with a line for each
fault.
"""

from __future__ import annotations

import email
import gzip
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 3_000_000  #: Bytes.


def _held(wheel: Path, data: Path) -> Iterator[str]:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    if wheel.stat().st_size > LARGEST:
        yield f"{wheel.name}: {wheel.stat().st_size} bytes; the data have outgrown the package"
    records = inside["attention_heads/survey.json.gz"]
    if gzip.decompress(records) != (data / "survey.json").read_bytes():
        yield f"{wheel.name}: holds other data than {data}"
    if "attention_heads/py.typed" not in inside:
        yield f"{wheel.name}: py.typed is missing"
    (metadata,) = (content for name, content in inside.items() if name.endswith(".dist-info/METADATA"))
    said = email.message_from_bytes(metadata)
    if said.get_all("Requires-Dist"):
        yield f"{wheel.name}: needs {said.get_all('Requires-Dist')}"


def _tables(wheel: Path) -> Iterator[str]:
    sys.path.insert(0, str(wheel))
    from attention_heads import survey

    rows = survey.positions()
    frames = {"pandas": pd.DataFrame(rows), "polars": pl.DataFrame(rows)}
    for name, frame in frames.items():
        if frame.shape != (len(rows), len(rows[0])) or list(frame.columns) != list(rows[0]):
            yield f"{name}: has another table than the package"
        if frame["score"].dtype not in ("float64", pl.Float64) or frame["layer"].dtype not in ("int64", pl.Int64):
            yield f"{name}: has taken scores for {frame['score'].dtype}, layers for {frame['layer'].dtype}"


def faults(folder: Path) -> list[str]:
    """Return what is wrong with the wheel in a folder."""
    (wheel,) = folder.glob("*.whl")
    return [*_held(wheel, folder / "data"), *_tables(wheel)]


if __name__ == "__main__":
    found = faults(Path(sys.argv[1]))
    print("\n".join(found) or "the wheel has the data of the site, and pandas and polars take them")
    sys.exit(1 if found else 0)
