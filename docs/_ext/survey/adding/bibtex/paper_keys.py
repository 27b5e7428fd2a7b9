"""The key of a paper: its first author's family name, the year, and a word of its title (``wu2024retrieval``)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.catalogue import BibEntry
from survey.catalogue.bibliography.name_lists import SUFFIX
from survey.catalogue.texts.references_bib import PAPER_KEY

if TYPE_CHECKING:
    from collections.abc import Container

    from survey.adding.draft.drafts import Draft

_FORM = "the first author's family name, the year and a word of the title: --key wu2024retrieval"
_LONGEST = 60  #: Of a key: it becomes the name of a file and an address.
#: Letters that don't come apart into an ASCII letter and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n"}
)
#: Words that don't tell one title from another.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a about across after against all an and are as at attention be between beyond but by can do "
        "does for from have how in into is it its language large learning llm llms model models more "
        "need neural new not of on or our out over simple some study that the their there they this "
        "through to toward towards transformer transformers under understanding use using via we what "
        "when where which who why with within without you your ",
    )
)


def ascii_letters(text: str) -> str:
    """Return a text in lower case with its letters' marks taken away; what has no ASCII letter is left out."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return plain.encode("ascii", "ignore").decode()


def key_for(draft: Draft, taken: Container[str], wanted: str = "") -> str:
    """Return a key that is free: the one wanted, or one made from the work.

    :raises Refused: if the wanted one is no key, is taken, or none can be made.
    """
    if wanted:
        if PAPER_KEY.fullmatch(wanted) is None or len(wanted) > _LONGEST:
            raise Refused(Fault(f"'{wanted}' is not a key", f"a key is {_FORM}"))
        if wanted in taken:
            raise Refused(Fault(f"the key '{wanted}' is taken", "choose another word of the title"))
        return wanted
    if draft.key and draft.key not in taken and _suits(draft):
        return draft.key
    stem = _stem(draft)
    words = re.findall(r"[a-z0-9]+", ascii_letters(draft.fields.get("title", "")).replace("'", ""))
    telling = [word for word in words if word not in _COMMON and word[0].isalpha() and len(word) > 2]  # noqa: PLR2004
    for word in [*telling, *words]:
        if (key := f"{stem}{word[:30]}") not in taken:
            return key
    for letter in "abcdefghijklmnopqrstuvwxyz":
        if (key := f"{stem}{(telling or words or [''])[0][:30]}{letter}") not in taken:
            return key
    raise Refused(Fault("every key that suits is taken", f"choose {_FORM}"))


def _stem(draft: Draft) -> str:
    authors = BibEntry("", "misc", {"author": draft.fields.get("author", "")}, "", 1).authors
    words = [word for word in (authors[0].family.split() if authors else []) if SUFFIX.fullmatch(word) is None]
    family = re.sub(r"[^a-z]", "", ascii_letters(words[-1])) if words else ""
    year = draft.fields.get("year", "")
    if not family:
        raise Refused(Fault("no key can be made from the first author's name", f"choose one: {_FORM}"))
    return f"{family[:25]}{year}"


def _suits(draft: Draft) -> bool:
    """Tell whether the key that a source gave is what ours are, so that citations written with it still work."""
    try:
        stem = _stem(draft)
    except Refused:
        return False
    return draft.key.startswith(stem) and stem < draft.key and len(draft.key) <= _LONGEST // 2
