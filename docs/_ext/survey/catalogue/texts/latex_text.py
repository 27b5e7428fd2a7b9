r"""LaTeX of unknown origin as text: the one door to pylatexenc, which raises whatever it meets.

``\sqrt`` without an argument is a typing error, not an attack, and gives an IndexError; others give KeyError, TypeError
or RecursionError. Nothing else in the package calls the library.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text

from survey.catalogue.texts.silence import silent

LONGEST = 200_000  #: Characters that are read; a list of a thousand authors has a tenth of it.
DEEPEST = 20  #: Braces inside each other that are read.
_BRACE = re.compile(r"(?<!\\)[{}]")


class LatexError(ValueError):
    """LaTeX that cannot be read; the error says why."""


def latex_as_text(latex: str, **options: Any) -> str:
    """Return the text of LaTeX, with the ``options`` of pylatexenc's ``LatexNodes2Text``.

    :raises LatexError: if it is longer or deeper than is read, or the library raises anything at all.
    """
    if len(latex) > LONGEST:
        raise LatexError(f"it has more than {LONGEST:,} characters")
    if depth(latex) > DEEPEST:
        raise LatexError(f"it has more than {DEEPEST} braces inside each other")
    try:
        with silent("pylatexenc", logging.CRITICAL):  # it logs what it cannot read, once a command
            return str(LatexNodes2Text(**options).latex_to_text(latex))
    except Exception as error:
        raise LatexError("a command lacks its arguments, or isn't known") from error


@cache
def formula_as_text(latex: str) -> str:
    """Return a formula as plain text; one that cannot be read, which the checks report, as it was written."""
    try:
        return latex_as_text(latex, math_mode="text", strict_latex_spaces="based-on-source").strip()
    except LatexError:
        return latex.strip()


def depth(latex: str) -> int:
    """Return how many braces stand inside each other."""
    now = deepest = 0
    for brace in _BRACE.findall(latex):
        now = max(now + (1 if brace == "{" else -1), 0)
        deepest = max(deepest, now)
    return deepest
