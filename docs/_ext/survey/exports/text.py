"""Text of papers and front matter in formats that don't take every character."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic_core import to_json

#: Characters that XML cannot hold; line ends and tabs are white space like any other.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]")


def one_line(text: str) -> str:
    """Return a text in one line, without control characters."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def encoded(text: str) -> bytes:
    """Return a file's content as UTF-8, with one line end at its end."""
    return (text.rstrip("\n") + "\n").encode("utf-8", "replace")


def as_json(content: Any, indent: int | None = None) -> str:
    """Return JSON as :mod:`json` lays it out, which itself takes eight times as long over indented lines.

    Without an indent it has no spaces, as scripts and data of pages have it.
    """
    try:
        return to_json(content, indent=indent).decode()
    except ValueError:  # for half of a surrogate pair, which UTF-8 doesn't have
        separators = (",", ":") if indent is None else None
        return json.dumps(content, ensure_ascii=False, indent=indent, separators=separators)
