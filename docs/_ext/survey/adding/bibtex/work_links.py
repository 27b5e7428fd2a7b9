"""Where a work is, as an entry of BibTeX says it: its DOI, its arXiv number and its address, in any notation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from survey.adding.draft import identifiers
from survey.adding.draft.faults import Refused
from survey.adding.text.cleaning import address, one_line, plain
from survey.catalogue.texts.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RESOLVER = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|info:doi/|urn:doi:|doi:?\s*)\s*", re.IGNORECASE)
_ESCAPED = re.compile(r"%(?:2F|3C|3E|28|29|3A|3B)", re.IGNORECASE)
_END = ".,;: "
_URL = re.compile(r"https?://[^\s<>\"{}\\^`|]+", re.IGNORECASE)
_HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
#: 'arXiv:2404.15574', 'arXiv preprint arXiv:2404.15574', 'abs/2404.15574'
_NUMBER = re.compile(
    r"(?:\barxiv(?:\s+(?:preprint|e-?prints?))?[\s:,]*(?:arxiv:)?|\babs/)\s*(?P<id>[\w./-]+)", re.IGNORECASE
)
_CLASS = re.compile(r"\s*\[(?P<class>[\w.-]+)\]\s*$")
_CATEGORY = re.compile(r"[a-z-]+(\.[A-Za-z-]+)?")
#: What stands around addresses, and says nothing else.
_AROUND = re.compile(
    r"\b(?:available|retrieved|accessed|access|visited|online|web\s?page|website|url|link|see|at|from|on|last|date|"
    rf"{'|'.join(MONTHS)}|{'|'.join(f'{name[:3]}' for name in MONTHS)}|[0-9]+(?:st|nd|rd|th)?)\b|[\W_]+",
    re.IGNORECASE,
)


class UnclearPlaceError(ValueError):
    """A field that should hold an identifier or an address holds something else."""

    def __init__(self, name: str, value: str, hint: str) -> None:
        super().__init__(value)
        self.name, self.value, self.hint = name, one_line(value, 200), hint


def doi(given: Mapping[str, str]) -> str:
    """Return the DOI, from its field or from an address of the resolver; an empty text if there is none."""
    value, found = address(given.get("doi", "")), ""
    if not value:
        value = address(given.get("url", ""))
        if re.match(r"https?://(?:dx\.|www\.)?doi\.org/10\.", value, re.IGNORECASE) is None:
            return ""
    while (match := _RESOLVER.match(value)) is not None:
        found, value = found + match[0], value[match.end() :]
    if "doi.org" in found.lower() or _ESCAPED.search(value):
        value = unquote(value)
    return value.rstrip(_END)


def address_of(number: str) -> str:
    """Return the address of a DOI, in which an old one's signs are encoded."""
    return f"https://doi.org/{quote(number, safe='/:;().,-_~')}"


def arxiv(given: Mapping[str, str]) -> tuple[str, str]:
    """Return the arXiv number and its category, wherever the entry has them; or empty texts.

    :raises UnclearPlaceError: if what is said to be an arXiv number is none.
    """
    prefix = address(given.get("archiveprefix", "")).casefold()
    eprint, written = _CLASS.sub("", address(given.get("eprint", ""))), given.get("primaryclass", "")
    category = address(written)
    if not prefix or prefix.startswith("arxiv"):
        number = _number(eprint)
        if prefix and eprint and not number:
            raise UnclearPlaceError("eprint", given["eprint"], "an arXiv number is 2404.15574, or math/0211159")
        if number:
            return number, primary_class(category, number)
    for candidate in _candidates(given):
        if number := _number(candidate):
            return number, primary_class(category, number)
    return "", ""


def _candidates(given: Mapping[str, str]) -> Iterator[str]:
    for name in ("journal", "howpublished", "volume", "number", "pages", "eid", "publisher", "note"):
        value = address(given.get(name, "")[:2000])
        for match in _NUMBER.finditer(value):
            if name != "note" or not value[: match.start()].strip(" ([{"):  # a note may speak of another paper
                yield match["id"]
    yield from (address(given.get("doi", "")), address(given.get("url", "")))
    yield from _URL.findall(address(given.get("howpublished", "")))


def _number(candidate: str) -> str:
    try:
        found = identifiers.parse(candidate.rstrip(_END))
    except Refused:
        return ""
    return found.value if found.scheme == "arxiv" else ""


def primary_class(category: str, number: str) -> str:
    """Return the category of a work at arXiv as entries give it: of old numbers it is a part, and some are none."""
    return category if _CATEGORY.fullmatch(category) and "/" not in number else ""


def url(given: Mapping[str, str]) -> str:
    """Return the address that the field for it has, or that of how the work was published.

    :raises UnclearPlaceError: if the field holds anything but one address.
    """
    value = _spread(given.get("url", "")).strip("<>" + _END)
    if value.lower().startswith("www."):
        value = f"https://{value}"
    if not value:
        return next(iter(addresses(given.get("howpublished", ""))), "")
    found = addresses(value)
    if len(found) != 1 or _AROUND.sub("", _URL.sub("", value)):
        raise UnclearPlaceError("url", given["url"], "give one address that starts with https://, without spaces")
    return found[0]


def addresses(value: str) -> list[str]:
    """Return the addresses that a value holds, encrypted, without the punctuation behind them."""
    return list(dict.fromkeys(_ended(match[0]) for match in _URL.finditer(_spread(value))))


def _spread(value: str) -> str:
    return address(_HREF.sub(r"\1 \2", value))


def _ended(found: str) -> str:
    found = found.rstrip(_END + "'")
    if found.endswith(")") and "(" not in found:
        found = found.rstrip(")" + _END)
    return re.sub(r"^http://", "https://", found, flags=re.IGNORECASE)


def published_how(value: str) -> str:
    """Return what says how a work was published beside its address, which has a field of its own.

    :raises UnreadableError: if it holds LaTeX that isn't known.
    """
    text = plain(_HREF.sub(r"\1 \2", value))
    if _URL.search(text) is None:
        return text
    rest = _URL.sub("", text)
    return " ".join(rest.split()).strip(_END + "()[]") if _AROUND.sub("", rest) else ""
