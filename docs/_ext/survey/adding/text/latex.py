"""LaTeX as text.

Read by a reader of our own, since the libraries' lose words: pylatexenc and pybtex leave out what they don't know, and
each takes some spaces, accents or formulas otherwise than TeX.
"""

from __future__ import annotations

import re

from survey.adding.text.latex_reader import ESCAPED_FORMULA, Reader, Shown, UnreadableError

LONGEST = 200_000  #: Characters that are read; a list of a thousand authors has a tenth of it.
#: LaTeX that was written as text once more, as OpenReview does.
_AGAIN = re.compile(r"\\[A-Za-z'\"`^~=.({\[&%#_$]")
_MOST = 3  #: Times that LaTeX is taken out of text that was LaTeX.


def text_of(source: str) -> str:
    """Return what LaTeX shows; text that holds none stays as it is.

    :raises UnreadableError: with the words that cannot be read.
    """
    if len(source) > LONGEST:
        raise UnreadableError(source[:60])
    shown = read(source)
    for _ in range(_MOST):
        text = "".join(character for character, _ in shown)
        if _AGAIN.search(text) is None and ESCAPED_FORMULA.search(text) is None:
            return text
        try:
            shown = [(character, shown[at][1]) for character, at in read(text)]
        except UnreadableError as error:
            start = text.index(error.words)
            raise UnreadableError(_between(source, shown, start, start + len(error.words))) from None
    raise UnreadableError(_between(source, shown, 0, len(shown)))


def _between(source: str, shown: Shown, start: int, end: int) -> str:
    """Return the part of the source that characters come from, with the braces around it."""
    first, last = shown[start][1], shown[end][1] if end < len(shown) else len(source)
    last = first + len(source[first:last].rstrip("{ "))
    while first and source[first - 1] == "{" and source.count("}", first, last) > source.count("{", first, last):
        first -= 1
    found = source[first:last].strip()
    return found[:-1] if found.endswith("}") and found.count("}") > found.count("{") else found


def read(source: str) -> Shown:
    """Return what LaTeX shows, read once.

    :raises UnreadableError: with the words that cannot be read.
    """
    if not any(sign in source for sign in "\\{}$~`'-"):
        return [(character, at) for at, character in enumerate(source)]
    reader = Reader(source)
    shown = reader.group(0, ends=False)
    if reader.at < len(source):  # a brace too many
        raise UnreadableError(source[max(0, reader.at - 20) : reader.at + 1])
    return shown
