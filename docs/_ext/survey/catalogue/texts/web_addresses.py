"""Addresses that a survey links to: https, a plausible host, and nothing that shows something else than it is.

The form is that of RFC 3986, without user names and quotes. What it leaves out can be written percent-encoded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

_LONGEST = 2000  #: Characters; servers refuse longer ones.
_SCHEME = "https://"
#: The scheme of an address, or the host of one that takes the scheme of the page.
NAMES_A_HOST = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2})")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9](?::[0-9]{{1,5}})?")
#: Names that lead to the reader's own machine or network.
_LOCAL = re.compile(r".*\.(?:localhost|local|localdomain|internal|lan|home|arpa|onion)(?::.*)?", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9._~:/?#@!$&()*+,;=%-]*")
_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "/:?#[]@!$&()*+,;=~%"  #: Characters that stay when the others are percent-encoded.

#: What is wrong with an address, and what to do about it.
Fault = tuple[str, str]


@lru_cache(4096)  # the same few hundred are asked for wherever a work is shown
def fault(address: str) -> tuple[str, str, str] | None:
    """Return code, message and hint if this isn't an address that a survey may link to."""
    if not address.startswith(_SCHEME) or len(address) == len(_SCHEME):
        return "not-https", f"'{_short(address)}' is not an https address", "use the address that starts with https://"
    wrong = _wrong(address)
    return ("bad-address", f"'{_short(address)}' {wrong[0]}", wrong[1]) if wrong is not None else None


def is_address(address: str) -> bool:
    """Tell whether a survey may link to this."""
    return fault(address) is None


def encoded(text: str) -> str:
    """Return a piece of an address with everything percent-encoded that an address cannot hold as it is."""
    return quote(text, safe=_KEPT)


def doi_address(doi: str) -> str:
    """Return the address of a DOI, which may hold any character."""
    return f"https://doi.org/{quote(doi, safe='/:;().,-_~')}"


def arxiv_address(number: str) -> str:
    """Return the address of an arXiv number."""
    return f"https://arxiv.org/abs/{number}"


def _wrong(address: str) -> Fault | None:
    rest = address.removeprefix(_SCHEME)
    if len(address) > _LONGEST:
        return f"has more than {_LONGEST} characters", "link to a shorter address"
    if (found := _wrong_host(re.split(r"[/?#\\]", rest, maxsplit=1)[0])) is not None:
        return found
    if _PLAIN.fullmatch(rest) is None:
        return "holds characters that no address has", f"write '{_short(_SCHEME + encoded(rest))}' if that is meant"
    if _ENCODED.search(rest) or not all(_shows(sign) for sign in unquote(rest, errors="ignore")):
        return "holds characters that readers don't see", "copy the address anew, without them"
    return None


def _wrong_host(host: str) -> Fault | None:
    if "@" in host:
        return "has a user name in front of its host", "write the host alone"
    if not host.isascii() or any(label.lower().startswith("xn--") for label in host.split(".")):
        return "has a host with letters that look like others", "use a host of plain Latin letters"
    if _HOST.fullmatch(host) is None or _LOCAL.fullmatch(host):
        return "has no host that readers can reach", "write the host's name in full, as https://example.org"
    return None


def _shows(sign: str) -> bool:
    """Tell whether a reader sees a character, and in its place: not so of control and direction-changing ones."""
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and sign not in _INVISIBLE


#: Letters and marks without a shape of their own.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(at) for at in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}


def _short(address: str) -> str:
    return address if len(address) <= 100 else f"{address[:100]}…"  # noqa: PLR2004  # what a line of a terminal holds
