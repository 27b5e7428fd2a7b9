"""The built site on an address of this machine, as a host sends it: compressed, with the headers of ``_headers``."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager
from functools import lru_cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The name of an empty page that each site has here, beside its own.
BLANK = "blank.html"
_COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".bib", ".ris", ".csv"}


@lru_cache(maxsize=4096)
def _gzipped(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


@lru_cache
def _headers(site: Path) -> tuple[tuple[str, str], ...]:
    """Return the headers that a site wants for all its addresses."""
    path = site / "_headers"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else ["/*"]
    assert lines[0] == "/*"
    pairs = (line.partition(":") for line in lines[1:])
    return tuple((name.strip(), value.strip()) for name, _, value in pairs)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        path = Path(__file__).with_name(BLANK) if self.path == f"/{BLANK}" else path
        if not path.is_file():
            self.send_error(404)
            return
        compress = path.suffix in _COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        body = _gzipped(path) if compress else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        if compress:
            self.send_header("Content-Encoding", "gzip")
        for name, value in _headers(Path(self.directory)):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder while the block runs; gives its address, without a slash at the end."""

    def handler(*arguments: object) -> _Handler:
        return _Handler(*arguments, directory=str(site))  # type: ignore[arg-type]

    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
