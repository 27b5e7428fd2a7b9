"""Digests by which this build's inputs and outputs are compared with the last one's: BLAKE2b (RFC 7693), 16 bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZE = 16  #: Bytes; twice as many hexadecimal digits.


def digest(*parts: bytes) -> str:
    """Return a digest of some pieces, one after the other, in hexadecimal digits."""
    return digest_of_all(parts)


def digest_of_all(parts: Iterable[bytes]) -> str:
    """Return a digest of pieces that need not be in memory together."""
    found = hashlib.blake2b(digest_size=SIZE)
    for part in parts:
        found.update(part)
    return found.hexdigest()
