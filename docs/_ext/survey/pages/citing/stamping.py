"""The survey's own entry of BibTeX with what its file cannot know: where the survey is, and of which day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.pages.citing.updated import Stamp

#: The first entry, whose end stands on a line of its own.
_FIRST = re.compile(r"(?P<entry>^@\w+\{[^\n]*,\n.*?)(?P<end>^\}[ \t]*$)", re.MULTILINE | re.DOTALL)
_FIELD = r"^\s*{name}\s*="
_ALIGNED = re.compile(r"^  (\w+ *) = ", re.MULTILINE)
_NOTE = re.compile(r"^(?P<start>\s*note\s*=\s*\{)(?P<said>[^{}]*)\}", re.MULTILINE)


def stamped(text: str, stamp: Stamp) -> str:
    """Return a bibliography whose first entry says address and date, unless it has such fields of its own."""
    return _FIRST.sub(lambda found: _with(found["entry"], stamp) + found["end"], text, count=1)


def _with(entry: str, stamp: Stamp) -> str:
    if stamp.date:
        entry = _NOTE.sub(rf"\g<start>\g<said>, last updated {stamp.date}}}", entry)
    given = {"url": stamp.address, "urldate": stamp.date if stamp.address else ""}
    lacking = {name: value for name, value in given.items() if value and not _has(entry, name)}
    width = max((len(found[1]) for found in _ALIGNED.finditer(entry)), default=0)
    return entry + "".join(f"  {name.ljust(width)} = {{{value}}},\n" for name, value in lacking.items())


def _has(entry: str, name: str) -> bool:
    return re.search(_FIELD.format(name=name), entry, re.MULTILINE | re.IGNORECASE) is not None
