"""Text of unknown origin made plain: no control characters, no markup, no LaTeX."""

from __future__ import annotations

import html
import logging
import re
import unicodedata

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

#: Categories of Unicode that nobody sees: controls, marks of direction and joining, surrogates, private and unassigned.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_DEEPEST = 20  #: Braces inside each other in LaTeX that are read.
_LONGEST = 200_000  #: Characters of LaTeX that are read; a list of a thousand authors has a tenth of it.
_IS_LATEX = re.compile(r"[\\${}~`]|''|--")
#: A formula, which stays as it is; or a sign that means something to LaTeX unless a backslash stands in front of it,
#: which people often leave out.
_SIGNS = "%&#_$"
_SIGN = re.compile(r"(?P<formula>\$(?=\S)[^$]*(?<=\S)\$(?![0-9]))|\\[%&#_$]|[%&#$]")
#: They go through LaTeX as characters of private use, which :func:`seen` leaves nowhere else.
_HIDDEN = str.maketrans({sign: chr(0xE000 + number) for number, sign in enumerate(_SIGNS)})
_SHOWN = {ord(hidden): sign for sign, hidden in _HIDDEN.items()}
#: What TeX's fonts join; the library takes away the spaces around it.
_JOINED = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))
#: Inline tags that publishers leave in titles and abstracts.
_TAG = re.compile(
    r"</?(?:(?:jats|mml):\w+|i|b|u|p|em|strong|italic|bold|sub|sup|scp|sc|tt|br|span)(?:\s[^<>]*)?/?>", re.IGNORECASE
)


def seen(text: str) -> str:
    """Return text as it is seen: composed, lines ended by line feeds, without characters that don't show."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    found = []
    for character in text:
        if character in _BREAKS:
            found.append("\n")
        elif character == "\t" or unicodedata.category(character) == "Zs":
            found.append(" ")
        elif unicodedata.category(character) not in _UNSEEN:
            found.append(character)
    return "".join(found)


def one_line(text: str, longest: int = _LONGEST) -> str:
    """Return text in one line of at most ``longest`` characters, ended by '…' where something was left out."""
    line = " ".join(seen(text[: 4 * longest]).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def without_tags(text: str) -> str:
    """Return the text of what may hold tags and entities of HTML, JATS or MathML."""
    return html.unescape(_TAG.sub("", text))


def without_latex(text: str, *, keep_braces: bool = False) -> str:
    """Return what LaTeX shows; text that holds none stays as it is.

    With ``keep_braces``, braces around more than one letter stay: around a name they mean something.

    :raises ValueError: if it cannot be read.
    """
    if _IS_LATEX.search(text) is None:
        return text
    if len(text) > _LONGEST or _depth(text) > _DEEPEST:
        raise ValueError(text[:100])
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it logs what it cannot read, once a command
    reader = LatexNodes2Text(
        math_mode="text",
        strict_latex_spaces="based-on-source",
        keep_braced_groups=keep_braces,
        keep_braced_groups_minlen=2,
    )
    text = _SIGN.sub(lambda match: match["formula"] or match[0][-1].translate(_HIDDEN), text)
    for written, joined in _JOINED:
        text = text.replace(written, joined)
    try:
        shown = str(reader.latex_to_text(text)).translate(_SHOWN)
    except (LatexWalkerError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        raise ValueError(text[:100]) from None
    return shown


def without_markup(text: str, longest: int) -> str:
    """Return a value of a bibliography in one plain line: neither LaTeX nor braces.

    :raises ValueError: if it is LaTeX that cannot be read.
    """
    plain = without_latex(seen(text[: 4 * longest]))
    return one_line(re.sub(r"[{}\\]", "", plain), longest)


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest
