"""The words of the watch: names of the survey's head types, and what its settings say that other words count."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding.suggesting import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue import Catalogue

#: What the name of a head type counts, as a word of the settings does; of several names at most two.
NAME, NAMES = 2.5, 2
TITLE = 1.5  #: How much more a word counts in the title.
ASKED = 2.0  #: What a word of the settings counts at least if works are asked for by it.
_SHARED = 5  #: So many names end with the same word if that word stands for them in a question.
_SHORTEST = 4  #: Letters of a name that is one word.
_KEY = re.compile(r"\s*\([a-z]+\d{4}[a-z0-9]*\)$")  #: Behind an alias: who uses it.


@dataclass(frozen=True, slots=True)
class Match:
    """A word that stands in a work."""

    words: str  #: As the survey has them.
    weight: float
    in_title: bool

    @property
    def score(self) -> float:
        """What it counts where it stands."""
        return self.weight * (TITLE if self.in_title else 1)

    def __str__(self) -> str:
        return f"{self.words} (title)" if self.in_title else self.words


@dataclass(frozen=True, slots=True)
class Terms:
    """All words that count, in the form in which they are compared, with their form in the survey."""

    names: tuple[tuple[str, str, str], ...]  #: Of head types: in this form, as written, and of which; longest first.
    words: tuple[tuple[str, str, float], ...]  #: Of the settings.

    @classmethod
    def of(cls, catalogue: Catalogue) -> Terms:
        """Return the words of a survey."""
        names = {plain: (plain, written, name) for plain, written, name in _names(catalogue)}
        by_length = sorted(names.values(), key=lambda name: (-len(name[0]), name))
        words = ((plain_words(word), word, weight) for word, weight in catalogue.layout.watch.words)
        return cls(tuple(by_length), tuple(words))

    def matches(self, title: str, abstract: str) -> list[Match]:
        """Return what stands in a work, what counts most first; a word in both places counts in the title."""
        texts = {True: f" {plain_words(title)} ", False: f" {plain_words(abstract)} "}
        named: dict[str, Match] = {}
        rest = dict(texts)
        for plain, _written, name in self.names:
            for in_title, text in rest.items():
                if f" {plain} " in text:
                    rest[in_title] = text.replace(f" {plain} ", " | ")  # a longer name hides those inside it
                    named.setdefault(name, Match(name, NAME, in_title))
        found = sorted(named.values(), key=lambda at: (not at.in_title, at.words))[:NAMES]
        for plain, word, weight in self.words:
            places = [in_title for in_title, text in texts.items() if f" {plain} " in text]
            if places:
                found.append(Match(word, weight, places[0]))
        return sorted(found, key=lambda at: (-at.score, at.words))

    def asked(self) -> list[str]:
        """Return the words by which works are asked for, one or more of which a work must have.

        Most names of head types end with one and the same word, which stands for all of them; a short one stands with
        its plural, since no service is known to look for both.
        """
        last = Counter(plain.rpartition(" ")[2] for plain, _written, _name in self.names)
        shared = {word for word, count in last.items() if count >= _SHARED}
        own = [(plain, written) for plain, written, _name in self.names]
        own += [(plain, written) for plain, written, weight in self.words if weight >= ASKED]
        alone = {_phrase(written) for plain, written in own if shared.isdisjoint(plain.split())}
        return [*(form for word in sorted(shared) for form in (word, f"{word}s")), *sorted(alone)]


def _phrase(written: str) -> str:
    """Return words as they are asked for: nothing that means something to arXiv."""
    return " ".join(re.sub(r"[^\w.-]+", " ", written.casefold()).split())


def _names(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for entry in catalogue.entries["head"].values():
        for name in (entry.name, *entry.fields.aliases):
            written = _KEY.sub("", name)
            plain = plain_words(written)
            if " " in plain or len(plain) >= _SHORTEST:
                yield plain, written, entry.name
