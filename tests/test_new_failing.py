"""Looking papers up when a service, or the network, fails: limits, patience, and words that say what to do."""

from __future__ import annotations

import gzip
from email.utils import formatdate
from time import time

import pytest
from loopback import Answer, Loopback, closed_port, recorded

from survey.adding.draft.faults import Unavailable
from survey.adding.draft.identifiers import Identifier
from survey.adding.lookups import Services, look_up
from survey.adding.lookups.fetching import Patience

ARXIV = Identifier("arxiv", "2404.15574")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_service_is_asked_again_after_longer_and_longer_pauses(loopback: Loopback, status: int) -> None:
    loopback.answers["/arxiv"][:0] = [Answer(status=status), Answer(status=status)]
    assert look_up(ARXIV, loopback.services()).fields["eprint"] == "2404.15574"
    assert loopback.pauses == [1, 2]


def test_the_pause_is_as_long_as_the_service_asks(loopback: Loopback) -> None:
    in_a_while = formatdate(time() + 20, usegmt=True)
    loopback.answers["/arxiv"][:0] = [
        Answer(status=429, headers={"Retry-After": "7"}),
        Answer(status=503, headers={"Retry-After": in_a_while}),
    ]
    look_up(ARXIV, loopback.services())
    assert loopback.pauses[0] == 7
    assert 15 < loopback.pauses[1] <= 20


def test_a_service_that_asks_for_too_long_a_pause_is_left_alone(loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [Answer(status=429, headers={"Retry-After": "86400"})]
    with pytest.raises(Unavailable, match="arXiv asks to wait 86400 seconds; try again then, or give"):
        look_up(ARXIV, loopback.services())
    assert (loopback.pauses, len(loopback.asked)) == ([], 1)


@pytest.mark.parametrize("value", ["soon", "-1", "9" * 400, "Wed, 99 Foo 2026", "1e9", "²"])
def test_a_pause_that_is_none_ends_all_the_same(loopback: Loopback, value: str) -> None:
    headers = {"Retry-After": value.encode().decode("latin-1")}
    loopback.answers["/arxiv"] = [Answer(status=429, headers=headers)]
    with pytest.raises(Unavailable):
        look_up(ARXIV, loopback.services())
    assert sum(loopback.pauses) < 10


def test_after_some_attempts_it_is_said_that_the_service_fails(loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [Answer(status=500)]
    with pytest.raises(Unavailable, match=r"arXiv fails \(status 500\), 3 times; try later, or give the paper's .bib"):
        look_up(ARXIV, loopback.services())
    assert len(loopback.asked) == 3


def test_silence_has_a_limit(loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [Answer(recorded("arxiv-2404.15574.xml"), silence=0.6)]
    with pytest.raises(Unavailable, match="arXiv does not answer in time, 2 times"):
        look_up(ARXIV, loopback.services(silence=0.1, attempts=2))


def test_a_body_that_breaks_off_is_asked_for_again(loopback: Loopback) -> None:
    loopback.answers["/arxiv"].insert(0, Answer(recorded("arxiv-2404.15574.xml")[:500], cut=True))
    assert look_up(ARXIV, loopback.services(silence=0.3)).fields["eprint"] == "2404.15574"
    assert len(loopback.asked) == 2


def test_without_a_network_it_is_said_what_to_do_instead() -> None:
    services = Services(arxiv=f"http://127.0.0.1:{closed_port()}/", patience=Patience(sleep=pytest.fail))
    with pytest.raises(Unavailable, match=r"arXiv cannot be reached at 127\.0\.0\.1") as raised:
        look_up(ARXIV, services)
    assert "python -m survey new - < entry.bib" in str(raised.value)


def test_a_redirect_within_the_service_is_followed(loopback: Loopback) -> None:
    loopback.answers["/moved"] = loopback.answers["/arxiv"]
    loopback.answers["/arxiv"] = [Answer(status=302, headers={"Location": "/moved"})]
    assert look_up(ARXIV, loopback.services()).fields["eprint"] == "2404.15574"


@pytest.mark.parametrize("target", ["http://127.0.0.2:1/", "file:///etc/passwd", "ftp://example.org/", "https://[", ""])
def test_a_redirect_to_elsewhere_is_not(loopback: Loopback, target: str) -> None:
    loopback.answers["/arxiv"] = [Answer(status=302, headers={"Location": target})]
    with pytest.raises(Unavailable):
        look_up(ARXIV, loopback.services(attempts=1, redirects=2))
    assert all(asked.startswith("/arxiv") for asked in loopback.asked)


def test_redirects_have_an_end(loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [Answer(status=302, headers={"Location": "/arxiv"})]
    with pytest.raises(Unavailable, match="without end"):
        look_up(ARXIV, loopback.services())
    assert len(loopback.asked) == 6


def test_answers_have_a_size(loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [Answer(b"<a>" * 1000)]
    with pytest.raises(Unavailable, match="more than 2000 bytes"):
        look_up(ARXIV, loopback.services(size=2000))


def test_compressed_answers_are_neither_asked_for_nor_read(loopback: Loopback) -> None:
    body = gzip.compress(b"\0" * 10_000_000)
    loopback.answers["/arxiv"] = [Answer(body, headers={"Content-Encoding": "gzip"})]
    with pytest.raises(Unavailable, match="a form that wasn't asked for"):
        look_up(ARXIV, loopback.services())
    assert loopback.headers[0]["Accept-Encoding"] == "identity"
