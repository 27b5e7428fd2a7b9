"""The table ``[data]`` of ``docs/survey.toml``: what archives are told of a survey's data as a whole.

::

    [data]
    version = "2026.12"         # year and month of the release, and a number if there is another in the month
    license = "CC-BY-4.0"       # by its identifier of SPDX
    creator = "The contributors of the survey"
    keywords = ["attention heads", "interpretability"]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from survey.catalogue.schema.fields import LONGEST_TEXT, MOST_TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = "data"
#: What the table may hold, with its meaning for the reference.
KEYS = {
    "version": "The release of the data, by year and month: 2026.12, then 2026.12.1; apart from that of the schema.",
    "license": "The licence of the data, by its identifier of SPDX.",
    "creator": "Who made the data.",
    "keywords": "What archives list the data under.",
}
#: A version of Python packages as well (PEP 440), which has no zero before the month.
_VERSION = re.compile(r"(2[0-9]{3})\.([1-9]|1[0-2])(?:\.[1-9][0-9]{0,3})?")
_LICENSE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,63}")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The data of a survey, as archives list them; what a survey doesn't say is empty."""

    version: str = ""
    license: str = ""
    creator: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def month(self) -> str:
        """The month of the release, ``2026-12``; empty if there is no version."""
        found = _VERSION.fullmatch(self.version)
        return f"{found[1]}-{int(found[2]):02}" if found is not None else ""

    @property
    def license_address(self) -> str:
        """The address of the licence's text; empty if there is no licence."""
        return f"https://spdx.org/licenses/{self.license}.html" if self.license else ""


def dataset(table: dict[str, Any]) -> Dataset:
    """Return what a table without faults says."""
    keywords = tuple(table.get("keywords", ()))
    return Dataset(table.get("version", ""), table.get("license", ""), table.get("creator", ""), keywords)


def faults(table: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the known keys of a table: the key, what is wrong, and what to do."""
    for key in ("version", "license", "creator"):
        value = table.get(key, "-")
        if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_TEXT:
            yield key, f"the {key} of the data is not a text", f'write {key} = "…"'
    version, name = table.get("version"), table.get("license")
    if isinstance(version, str) and _VERSION.fullmatch(version) is None:
        yield "version", f"'{version}' is no version of data", 'write year and month, without a zero: "2026.9"'
    if isinstance(name, str) and _LICENSE.fullmatch(name) is None:
        yield "license", f"'{name}' is no licence of https://spdx.org/licenses", 'write "CC-BY-4.0" or another of them'
    if not _are_texts(table.get("keywords", [])):
        yield "keywords", "the keywords of the data are not a list of texts", 'write keywords = ["interpretability"]'


def _are_texts(value: Any) -> bool:
    if not isinstance(value, list) or len(value) > MOST_TEXTS:
        return False
    return all(isinstance(text, str) and 0 < len(text.strip()) <= LONGEST_TEXT for text in value)
