"""Lists of authors, as programs and people write them, in the form of the house: 'Family, Given and Family, Given'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.adding.draft.drafts import institution, person, spoken
from survey.adding.text.cleaning import one_line, plain
from survey.catalogue.bibliography.name_lists import SUFFIX, are_names, outside_braces, split

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_NAME = 600  #: Characters of one, with its LaTeX.
_LONGEST = 100  #: Characters of a list that are quoted.
_OTHERS = re.compile(r"(?:.*\s)?(?:et\.?\s+al\.?|others)", re.IGNORECASE | re.DOTALL)
#: biblatex's names by parts: 'family=Deursen, given=Alexander, prefix=van, useprefix=true'.
_PART = re.compile(r"\s*(?P<name>family|given|prefix|suffix|useprefix|id|[a-z]+-i)\s*=\s*(?P<value>.*?)\s*", re.DOTALL)
_OPTION = re.compile(r"[a-z]+=(?:true|false)")  #: How a name is shown: 'juniorcomma=true'.
#: Words of the names of what is no person.
_BODY = re.compile(
    r"\b(?:administration|universit|institut|societ|associat|team|group|lab|cent(?:er|re)\b|department|ministr|committee|"
    r"council|agenc|foundation|compan|corporation|consortium|collaboration|project|research|academ|office|bureau|"
    r"organi[sz]ation|national|international|federal|commission|inc\b|ltd\b|gmbh|press\b|sons\b|school|college)",
    re.IGNORECASE,
)
#: What DBLP adds to a name that several people have.
_HOMONYM = re.compile(r"(?<=\S)\s+[0-9]{4}$")
#: A word of LaTeX's source: up to a space that is neither in braces nor behind a command.
_COMMAND = re.compile(r"\\[A-Za-z]+\s*|\\\S")
_FULL = re.compile(r"[^\W\d_a-z][\w'’-]*[a-z][\w'’-]*")  #: A word of a name that is no initial and no particle.
_ACRONYMS = re.compile(r"\{[A-Z]{2,}\}(?:\s+\{[A-Z]{2,}\})+")
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?)+")
_TITLE = 2  #: Words that a full name has at least.
_HINT = "write 'Family, Given and Family, Given'; what is no person's name goes in braces"


class UnclearError(ValueError):
    """A value is no list of names, or may be two different ones."""

    def __init__(self, message: str, hint: str = _HINT) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def read(value: str) -> str:
    """Return a list of names, each as 'Family, Given', or in braces where it is nobody's.

    :raises UnclearError: if it isn't one, or isn't complete.
    :raises UnreadableError: if it holds LaTeX that isn't known.
    """
    if not value.strip():
        return ""
    names = split(_without_outer_braces(value))
    if any(len(name) > _LONGEST_NAME for name in names):
        raise _no_list(value)
    if _OTHERS.fullmatch(one_line(names[-1])):
        ending = " ".join(one_line(names[-1]).split()[-2:] if " " in names[-1].strip() else names[-1].split())
        ending = "and others" if ending.endswith("others") else ending
        raise UnclearError(f"the list of authors ends in '{ending}'", "give all authors")
    found = [_read(name) for name in names]
    _refuse_run_together(names)
    listed = " and ".join(found)
    if not all(found) or not are_names(listed):
        raise _no_list(value)
    return listed


def _no_list(value: str, hint: str = _HINT) -> UnclearError:
    return UnclearError(f"the author field is not a list of names ('{one_line(value, _LONGEST)}')", hint)


def _without_outer_braces(value: str) -> str:
    """Return a list without the braces that some programs put around every field.

    :raises UnclearError: if what they hold may be one institution or several people.
    """
    inside = _braced(value)
    if inside is None or _braced(inside) is not None:
        return value
    names = split(inside)
    if len(names) == 1:
        return value
    parts = [[part.strip() for part in outside_braces(name).split(",")] for name in names]
    if all(len(part) == 2 and all(part) for part in parts):  # noqa: PLR2004
        return inside
    if all(len(part) == 1 and _is_full(part[0]) for part in parts) and _BODY.search(inside) is None:
        hint = "remove the braces around several people, or put one pair more around one name"
        raise UnclearError(f"one pair of braces holds the whole list of names ('{one_line(value, _LONGEST)}')", hint)
    return value


def _braced(text: str) -> str | None:
    """Return what stands in the braces that hold all of a text, or None."""
    text = text.strip()
    return text[1:-1] if text.startswith("{") and outside_braces(text) == "x" else None


def _read(name: str) -> str:
    if _PART.match(name) is not None:
        return _by_parts(name)
    if (inside := _braced(name)) is not None and not inside.startswith("\\"):
        return _in_braces(inside)
    if _ACRONYMS.fullmatch(name.strip()):
        return institution(plain(name))
    return _between_commas(name)


def _between_commas(name: str) -> str:
    parts = [_HOMONYM.sub("", _words(part)) for part in _cut(name, ",")]
    if not all(are_names(part) for part in parts):
        raise _no_list(name)
    match parts:
        case [whole]:
            return spoken(whole)
        case [family, given] if SUFFIX.fullmatch(given):
            return spoken(f"{family} {given}")
        case [family, given]:
            return person(given, family)
        case [family, suffix, given] if SUFFIX.fullmatch(suffix):
            return person(given, f"{family} {suffix}")
        case [family, given, suffix] if SUFFIX.fullmatch(suffix):
            return person(given, f"{family} {suffix}")
    raise _no_list(name)


def _in_braces(inside: str) -> str:
    """Return one name that stands in braces: an institution, unless initials say that it is a person."""
    parts = [plain(part) for part in _cut(inside, ",")]
    if len(parts) == 2 and _INITIALS.fullmatch(parts[1]):  # noqa: PLR2004
        return person(parts[1], parts[0])
    return institution(plain(inside))


def _by_parts(name: str) -> str:
    found = {}
    for part in _cut(name, ","):
        match = _PART.fullmatch(part)
        if match is None and _OPTION.fullmatch(part.strip()):
            continue
        if match is None:
            raise _no_list(name, "write 'Family, Given' in place of biblatex's 'family=…, given=…'")
        found[match["name"]] = plain(match["value"].strip('"'))
    family = " ".join(filter(None, (found.get("prefix"), found.get("family"), found.get("suffix"))))
    given = found.get("given", "")
    return person(given, family) if given else institution(family)


def _words(part: str) -> str:
    """Return the words of a part of a name; those in braces that are more than one stay together."""
    found = []
    for word in _cut(re.sub(r"\\[ ,]", "~", part), " ~"):
        text = plain(word)
        found.append(f"{{{text}}}" if " " in text and "{" in word else text)
    return " ".join(filter(None, found))


def _cut(text: str, signs: str) -> list[str]:
    """Return the parts of LaTeX between signs that stand outside braces."""
    parts, depth, at, start = [], 0, 0, 0
    while at < len(text):
        command = _COMMAND.match(text, at)
        if command is not None:
            at = command.end()
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0 and (text[at] in signs or (" " in signs and text[at].isspace())):
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def _refuse_run_together(names: Iterable[str]) -> None:
    """Refuse 'Rob Oak, Sam Pine': one person with two family names, or two people.

    :raises UnclearError: unless another name of the list shows what a comma stands for.
    """
    parts = [[part.strip() for part in outside_braces(name).split(",")] for name in names if "=" not in name]
    pairs = [part for part in parts if len(part) == 2]  # noqa: PLR2004
    doubtful = [part for part in pairs if _is_full(part[0]) and _is_full(part[1])]
    if doubtful and len(doubtful) == len(pairs):
        names_ = ", ".join(doubtful[0])
        hint = "put 'and' between two people; for one, put the family name in braces: '{Oak Pine}, Sam Quill'"
        raise UnclearError(f"the author field is not clearly a list of names: '{names_}' may be two people", hint)


def _is_full(name: str) -> bool:
    words = name.split()
    return len(words) >= _TITLE and all(_FULL.fullmatch(word) for word in words)
