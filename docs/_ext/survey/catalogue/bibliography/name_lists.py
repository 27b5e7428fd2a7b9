"""Lists of names, as BibTeX has them: what is one, and what only looks like one."""

from __future__ import annotations

import re

from bibtexparser.middlewares.names import split_multiple_persons_names

#: What stands behind a family name, and between it and the given names in 'King, Jr., Martin'.
SUFFIX = re.compile(r"(?:[Jj]r|[Ss]r|[Jj]nr|[Ss]nr)\.?|II|III|IV")
_MOST_COMMAS = 2  #: In a name: 'von Last, Jr, First'.
_NO_NAME = re.compile(r"and\s.*|.*\sand|and|.*\\(?:[,\s~].*)?|(?:.*\s)?et\.?\s+al\.?", re.DOTALL | re.IGNORECASE)
#: What people and programs write between names, or behind them.
_NO_SIGN = re.compile(r"[;&=@^*<>|]|(?<=,)[^,]*[0-9]|[0-9][^,]*(?=,)")
#: A family name that ends in initials: 'Oak R, Pine S' are two people.
_INITIALS = re.compile(r".*\s[A-Z]{1,2}\.?", re.DOTALL)


def split(text: str) -> list[str]:
    """Return the names of a list, each as it is written."""
    found: list[str] = split_multiple_persons_names(text)
    return found


def are_names(text: str) -> bool:
    """Tell whether a value is a list of names that every reader of BibTeX splits alike, and as it was meant."""
    return all(_is_name(name) for name in split(text))


def _is_name(text: str) -> bool:
    bare = outside_braces(text)
    parts = [part.strip(" ~") for part in bare.split(",")]
    if len(parts) > _MOST_COMMAS + 1 or not all(parts) or _NO_NAME.fullmatch(text) or _NO_SIGN.search(bare):
        return False
    if len(parts) == 1:
        return True
    if len(parts) > _MOST_COMMAS and SUFFIX.fullmatch(parts[1]) is None:
        return False
    return _INITIALS.fullmatch(parts[0]) is None or SUFFIX.fullmatch(parts[0].split()[-1]) is not None


def outside_braces(text: str) -> str:
    """Return a text in which what stands in braces is replaced by one letter each."""
    depth, found = 0, []
    for character in text:
        if depth == 0:
            found.append("x" if character == "{" else character)
        depth += (character == "{") - (character == "}")
    return "".join(found)
