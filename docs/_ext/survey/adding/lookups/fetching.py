"""Asking a service over HTTP: with limits on time and size, and again after a while where that may help.

The library ``arxiv`` is not used: it asks without a time limit, reads answers of any size, and takes no notice of
``Retry-After`` (seen in its version 4.0.2). What is left to do without it is one request and a short Atom document.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpx

from survey.adding.draft.faults import Fault, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: What helps whatever happens.
INSTEAD = "or give the paper's .bib entry: python -m survey new - < entry.bib"
_AGENT = "attention-heads-survey/0.1 (python -m survey new)"
_BUSY = frozenset({429, 500, 502, 503, 504})  #: Answers after which asking again may help.
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take, and how often it is asked for."""

    silence: float = 10  #: Seconds without a byte.
    whole: float = 30  #: Seconds for one answer.
    attempts: int = 4
    pause: float = 1  #: Seconds before the second attempt; each further pause is twice as long.
    longest: float = 30  #: Seconds that a service may ask us to wait.
    size: int = 2_000_000  #: Bytes of an answer.
    redirects: int = 5
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)


class _AgainError(Exception):
    """No answer, but there may be one later."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait  # seconds that the service asks to wait, if it says so


def fetch(
    service: str,
    address: str,
    *,
    params: Mapping[str, str] | None = None,
    accept: str = "*/*",
    patience: Patience | None = None,
) -> bytes:
    """Return the body of an answer.

    :param service: what it is called in messages.
    :raises NotFound: if there is no such thing.
    :raises Unavailable: if there is no answer, or none that can be used.
    """
    patience = patience or Patience()
    # Uncompressed, so that an answer is never larger than what is counted.
    headers = {"User-Agent": _AGENT, "Accept": accept, "Accept-Encoding": "identity"}
    wait = patience.pause
    with httpx.Client(headers=headers, timeout=patience.silence, follow_redirects=False) as client:
        for attempt in range(1, patience.attempts + 1):
            try:
                return _ask(client, service, address, params, patience)
            except _AgainError as again:
                asked = again.wait or 0
                if asked > patience.longest:
                    hint = f"try again then, {INSTEAD}"
                    raise _unavailable(service, f"asks to wait {asked:.0f} seconds", hint) from None
                if attempt == patience.attempts:
                    raise _unavailable(service, f"{again.reason}, {attempt} times", f"try later, {INSTEAD}") from None
                patience.sleep(max(wait, asked))
                wait = min(2 * wait, patience.longest)
    raise AssertionError  # the loop returns or raises


def _unavailable(service: str, what: str, hint: str) -> Unavailable:
    return Unavailable(Fault(f"{service} {what}", hint))


def _ask(
    client: httpx.Client, service: str, address: str, params: Mapping[str, str] | None, patience: Patience
) -> bytes:
    end = time.monotonic() + patience.whole
    asked = address
    try:
        for _ in range(patience.redirects + 1):
            with client.stream("GET", asked, params=params) as answer:
                if answer.status_code in _REDIRECTS:
                    asked, params = _redirected(service, asked, answer), None
                    continue
                return _body(service, answer, patience, end)
    except (httpx.ConnectError, httpx.ConnectTimeout):
        hint = f"is there a network? Try later, {INSTEAD}"
        raise _unavailable(service, f"cannot be reached at {urlsplit(asked).netloc}", hint) from None
    except httpx.TimeoutException:
        raise _AgainError("does not answer in time") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
        raise _AgainError("breaks off its answer") from None
    raise _unavailable(service, "leads from one address to the next without end", f"try later, {INSTEAD}")


def _redirected(service: str, asked: str, answer: httpx.Response) -> str:
    """Return where an answer leads: to an encrypted address, or within the host that was asked."""
    try:
        target: str = urljoin(asked, answer.headers.get("location", ""))
        parts = urlsplit(target)
        allowed = parts.scheme == "https" or (parts.scheme, parts.netloc) == urlsplit(asked)[:2]
    except ValueError:
        allowed = False
    if not allowed:
        raise _unavailable(service, "leads to an address that is not https", f"look it up by hand, {INSTEAD}")
    return target


def _body(service: str, answer: httpx.Response, patience: Patience, end: float) -> bytes:
    status = answer.status_code
    if status in _BUSY:
        reason = "is asked too often" if status == httpx.codes.TOO_MANY_REQUESTS else f"fails (status {status})"
        raise _AgainError(reason, _retry_after(answer))
    if status in _GONE:
        raise NotFound(Fault(f"{service} knows no such paper", f"check the identifier, {INSTEAD}"))
    if status != httpx.codes.OK:
        raise _unavailable(service, f"refuses to answer (status {status})", f"check the identifier, {INSTEAD}")
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise _unavailable(service, "answers in a form that wasn't asked for", f"try later, {INSTEAD}")
    body = bytearray()
    for piece in answer.iter_raw():
        body += piece
        if len(body) > patience.size:
            raise _unavailable(service, f"answers with more than {patience.size} bytes", f"try later, {INSTEAD}")
        if time.monotonic() > end:
            raise _AgainError("does not answer in time")
    return bytes(body)


def _retry_after(answer: httpx.Response) -> float | None:
    """Return the seconds of ``Retry-After``, which is a number or a date (RFC 9110, section 10.2.3)."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
        return max(0.0, moment.timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
