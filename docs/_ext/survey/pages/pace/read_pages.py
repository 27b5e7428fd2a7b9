"""What a build keeps of the pages that it has read, and in how many pieces processes hand them over.

Sphinx keeps all pages that one process has read in memory until they are written, though they lie on the disk as well:
beyond some hundreds that takes more memory than all else. And where several processes read, each hands over the whole
environment for every ten pages, which takes longer than reading them. Both are internals of :mod:`sphinx.builders`
(``BuildEnvironment._write_doc_doctree_cache``, ``make_chunks``); where they are gone, Sphinx's own way is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import builders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Pages that stay in memory. Reading one back takes two milliseconds: a small survey has all of them in memory.
MOST = 300
KEPT, CHUNKS = "_write_doc_doctree_cache", "make_chunks"
#: Pieces for each process: one that is done early gets another.
_PIECES = 4
_stock: Any = getattr(builders, CHUNKS, None)


def _forget(app: Sphinx, docname: str, content: list[str]) -> None:
    """Let go of the pages that have been read, once they are many."""
    kept = getattr(app.env, KEPT, None)
    if isinstance(kept, dict) and len(kept) >= MOST:
        kept.clear()


def chunks(arguments: Sequence[str], nproc: int, maxbatch: int = 10) -> list[Any]:
    """Divide pages among processes: in a few pieces for each."""
    found: list[Any] = _stock(arguments, nproc, max(maxbatch, -(-len(arguments) // (_PIECES * nproc))))
    return found


def _begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    if _stock is not None and hasattr(builders, CHUNKS):
        setattr(builders, CHUNKS, chunks)


def _end(app: Sphinx, env: BuildEnvironment) -> tuple[()]:
    """Let pages be written in Sphinx's own pieces: these are prepared one after the other."""
    if _stock is not None:
        setattr(builders, CHUNKS, _stock)
    return ()


def setup(app: Sphinx) -> None:
    """Connect the steps."""
    app.connect("source-read", _forget)
    app.connect("env-before-read-docs", _begin)
    app.connect("env-updated", _end, priority=0)
