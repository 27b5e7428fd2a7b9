"""The services that look papers up, as a small server on loopback gives their recorded answers, or fails."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.adding.lookups import Services
from survey.adding.lookups.fetching import Patience

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ANSWERS = Path(__file__).parent / "answers"
#: What is asked for, and the recorded answer.
RECORDED = {
    "/arxiv": "arxiv-2404.15574.xml",
    "/doi/10.18653/v1/W19-4828": "doi-10.18653-v1-W19-4828.json",
    "/acl/D19-1223.bib": "acl-D19-1223.bib",
    "/openreview2": "openreview-v2-GtvuNrk58a.json",
}


def recorded(name: str) -> bytes:
    """Return a recorded answer."""
    return (ANSWERS / name).read_bytes()


@dataclass(frozen=True)
class Answer:
    """One answer of the server."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    silence: float = 0  #: Seconds before it is given.
    cut: bool = False  #: Whether the connection ends before all that was announced is sent.


class Loopback:
    """A server; by path it has the answers to give, the last of them again and again."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {path: [Answer(recorded(name))] for path, name in RECORDED.items()}
        self.asked: list[str] = []  #: Paths with their queries.
        self.headers: list[dict[str, str]] = []
        self.pauses: list[float] = []  #: What was slept between attempts, instead of sleeping.
        self.base = ""

    def services(self, **patience: float) -> Services:
        """Return the addresses of the services; nobody sleeps between attempts."""
        given = {"silence": 1, "whole": 2, "attempts": 3, **patience}
        return Services(
            arxiv=f"{self.base}/arxiv",
            doi=f"{self.base}/doi/",
            openreview=(f"{self.base}/openreview2", f"{self.base}/openreview1"),
            acl=f"{self.base}/acl/",
            patience=Patience(**given, sleep=self.pauses.append),
        )

    def answer(self, path: str) -> Answer:
        """Return the next answer to give."""
        waiting = self.answers.get(path, [Answer(status=404)])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextlib.contextmanager
def serving() -> Iterator[Loopback]:
    """Run a server while the block does."""
    loopback = Loopback()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            loopback.asked.append(self.path)
            loopback.headers.append(dict(self.headers.items()))
            answer = loopback.answer(urlsplit(self.path).path)
            time.sleep(answer.silence)
            with contextlib.suppress(OSError):
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body) + (10 if answer.cut else 0)))
                self.end_headers()
                self.wfile.write(answer.body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    loopback.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield loopback
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def closed_port() -> int:
    """Return a port of loopback at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
