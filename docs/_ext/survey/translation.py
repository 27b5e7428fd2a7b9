"""The words that readers meet, in the language of a build.

Text is made in every layer: names of facets in the catalogue, legends in figures, headings on pages. Only the pages
know which language a build has; they hand its message catalogue to :func:`use`. Until then, and on the command line,
words are as they stand in the code, in English. A message is looked up when it is used, never when a module is
imported.

What is text of the survey itself, what the checks say, and what machines read has no translation.
"""

from __future__ import annotations

from gettext import NullTranslations, translation
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The name of the message catalogues, and the folder that holds them by language (see :mod:`survey.messages`).
CATALOGUE = "survey"
LOCALE = Path(__file__).parent / "locale"

_ENGLISH = NullTranslations()
_spoken = [_ENGLISH]  #: The catalogue in use: one for the process, like Sphinx's own; forked workers inherit it.


def use(translations: NullTranslations = _ENGLISH) -> None:
    """Look up all messages in this catalogue from now on."""
    _spoken[0] = translations


def spoken_in(language: str) -> NullTranslations:
    """Return the catalogue of a language, for those who have no Sphinx to ask; one that has none is English."""
    return translation(CATALOGUE, LOCALE, [language], fallback=True)


def say(message: str) -> str:
    """Return a message in the language in use; code calls it ``_``, as is usual."""
    return _spoken[0].gettext(message)


_ = say


def plural(one: str, many: str, count: int) -> str:
    """Return the form of a message that goes with a number."""
    return _spoken[0].ngettext(one, many, count)


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun: ``counted(3, "{count} paper", "{count} papers")`` is '3 papers'."""
    return plural(one, many, count).format(count=count)


def begun(text: str) -> str:
    """Return text as it stands at the beginning of a line: with a capital, and the rest as it is."""
    return text[:1].upper() + text[1:]


def noted(message: str) -> str:
    """Mark a message of a constant for the catalogues; it is looked up by :func:`_` where it's used."""
    return message


def both(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a message of a constant; they are looked up by :func:`plural` where they're used."""
    return one, many


def pieces(message: str, **parts: Any) -> Iterator[Any]:
    """Yield a message in pieces, with parts that are no text, such as links, in the place of their ``{name}``."""
    for text, name, _spec, _conversion in Formatter().parse(message):
        if text:
            yield text
        if name is not None:
            yield parts[name]
