"""Text of papers and front matter in formats that don't take every character."""

from __future__ import annotations

import re

#: Characters that XML cannot hold; line ends and tabs are white space like any other.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]")


def one_line(text: str) -> str:
    """Return a text in one line, without control characters."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def encoded(text: str) -> bytes:
    """Return a file's content as UTF-8, with one line end at its end."""
    return (text.rstrip("\n") + "\n").encode("utf-8", "replace")
