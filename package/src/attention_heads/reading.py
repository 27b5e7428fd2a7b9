"""How ``survey.json`` is read: from this package, a file or an address."""

from __future__ import annotations

import gzip
import json
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attention_heads.errors import DataError

if TYPE_CHECKING:
    import os

#: The schema that this package reads: ``version`` of survey.json.
SCHEMA = 1
#: Inside the package, written there when it is built.
_INSIDE = "survey.json.gz"
_LARGEST = 500_000_000  #: Bytes; the survey's own file has a few millions.
_TIMEOUT = 30  #: Seconds.


def read(source: str | os.PathLike[str] | None) -> dict[str, Any]:
    """Return the records of a file or an address, or those of the package.

    :raises DataError: if there are none, or they are of another schema.
    """
    name = "the package" if source is None else str(source)
    content = _fetched(source, name)
    try:
        data = json.loads(gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content)
    except (ValueError, EOFError, OSError, RecursionError) as error:
        raise DataError(f"{name} is not JSON: {error}") from error
    _check(data, name)
    found: dict[str, Any] = data
    return found


def _fetched(source: str | os.PathLike[str] | None, name: str) -> bytes:
    try:
        if source is None:
            content = pkgutil.get_data("attention_heads", _INSIDE)
        elif name.startswith(("https://", "http://")):
            content = _downloaded(name)
        else:
            content = Path(source).read_bytes()
    except (OSError, ValueError) as error:
        raise DataError(f"{name} cannot be read: {error}") from error
    if content is None or len(content) > _LARGEST:
        raise DataError(f"{name} cannot be read: there is nothing, or far too much")
    return content


def _downloaded(address: str) -> bytes:
    from urllib.request import Request, urlopen  # noqa: PLC0415  # it takes longer to import than all the rest

    request = Request(address, headers={"User-Agent": "attention-heads"})
    with urlopen(request, timeout=_TIMEOUT) as answer:
        content: bytes = answer.read(_LARGEST + 1)
    return content


def _check(data: object, name: str) -> None:
    if not isinstance(data, dict) or not isinstance(data.get("version"), int) or "papers" not in data:
        raise DataError(f"{name} is no survey.json: it has no version of a schema, or no papers")
    if data["version"] != SCHEMA:
        newer = "a newer attention-heads" if data["version"] > SCHEMA else "an older attention-heads"
        raise DataError(f"{name} is of schema {data['version']}, and this package reads schema {SCHEMA}; use {newer}")
