"""How a paper is named on the command line: an arXiv number, a DOI, or an address that holds one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from survey.adding.draft.faults import Fault, Refused
from survey.adding.text.cleaning import one_line

#: The two forms of arXiv's numbers (https://info.arxiv.org/help/arxiv_identifier.html), with or without a version.
_ARXIV = re.compile(
    r"(?P<id>[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/[0-9]{7})(?:v[1-9][0-9]*)?",
)
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s{}\\$\"]+")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>.+)", re.IGNORECASE)
_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{5,40}")
#: Both forms of the ACL Anthology's identifiers (https://aclanthology.org/info/ids/).
_ACL = re.compile(r"[A-Z][0-9]{2}-[0-9]{4,5}|[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+")
_LONGEST = 300
_ARXIV_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org"})
_DOI_HOSTS = frozenset({"doi.org", "www.doi.org", "dx.doi.org"})
_OPENREVIEW_HOSTS = frozenset({"openreview.net", "www.openreview.net"})
_ACL_HOSTS = frozenset({"aclanthology.org", "www.aclanthology.org", "aclweb.org", "www.aclweb.org"})
_HOSTS = _ARXIV_HOSTS | _DOI_HOSTS | _OPENREVIEW_HOSTS | _ACL_HOSTS
WANTED = (
    "give an arXiv number (2404.15574), a DOI (10.18653/v1/…), an address of arxiv.org, doi.org, openreview.net or "
    "aclanthology.org, or a .bib entry"
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a paper is called, and by whom."""

    scheme: Literal["arxiv", "doi", "openreview", "acl"]
    value: str

    def __str__(self) -> str:
        return {"arxiv": "arXiv:", "doi": "doi:", "openreview": "OpenReview ", "acl": "ACL Anthology "}[
            self.scheme
        ] + self.value


def parse(text: str) -> Identifier:
    """Read an identifier in any of the usual forms.

    :raises Refused: if it is none.
    """
    given = text.strip().strip("<>").strip()
    found = _parse(given) if len(given) <= _LONGEST and given.isprintable() else None
    if found is None:
        raise Refused(Fault(f"'{one_line(text, 100)}' does not name a paper", WANTED))
    return found


def at(address: str) -> Identifier | None:
    """Return what an address is the place of, if it is one of a known host."""
    return _address(address) if len(address) <= _LONGEST else None


def _parse(given: str) -> Identifier | None:
    host = given.split("/", 1)[0].lower()
    if given.lower().startswith(("https://", "http://")) or host in _HOSTS:
        return _address(given)
    prefix, _, rest = given.partition(":")
    if rest and prefix.lower() == "arxiv":
        return _arxiv(rest.strip())
    if rest and prefix.lower() == "doi":
        return _doi(rest.strip())
    return _doi(given) or _arxiv(given.removeprefix("abs/"))


def _arxiv(text: str) -> Identifier | None:
    match = _ARXIV.fullmatch(text)
    return Identifier("arxiv", match["id"]) if match is not None else None


def _doi(text: str) -> Identifier | None:
    if _DOI.fullmatch(text) is None:
        return None
    if (match := _ARXIV_DOI.fullmatch(text)) is not None:  # arXiv itself knows more than its DOI's record
        return _arxiv(match["id"])
    return Identifier("doi", text)


def _address(address: str) -> Identifier | None:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host, query = (parts.hostname or "").lower(), parse_qs(parts.query, max_num_fields=20)
    except ValueError:
        return None
    path = unquote(parts.path).strip("/")
    if host in _ARXIV_HOSTS:
        kind, _, rest = path.partition("/")
        return _arxiv(rest.removesuffix(".pdf")) if kind in {"abs", "pdf", "html", "format"} else None
    if host in _DOI_HOSTS:
        return _doi(path)
    if host in _OPENREVIEW_HOSTS:
        value = (query.get("id") or [""])[0]
        return Identifier("openreview", value) if _OPENREVIEW.fullmatch(value) else None
    if host in _ACL_HOSTS:
        value = path.removeprefix("anthology/").removesuffix(".pdf").removesuffix(".bib")
        return Identifier("acl", value) if _ACL.fullmatch(value) else None
    return None
