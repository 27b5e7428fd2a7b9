"""Text of unknown origin made plain, for every door: no control characters, no LaTeX, no HTML, and no word lost."""

from __future__ import annotations

import re
import unicodedata

from survey.adding.text import html_text, latex
from survey.adding.text.latex_reader import UnreadableError
from survey.catalogue.bibliography.bibentry import LATEX
from survey.catalogue.texts.hidden_letters import LIGATURES, UNSEEN

_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_LONGEST = 200_000


def seen(text: str) -> str:
    """Return text as it is seen: composed, lines ended by line feeds, without characters that don't show."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    found = []
    for character in text:
        if character in _BREAKS:
            found.append("\n")
        elif character == "\t" or unicodedata.category(character) == "Zs":
            found.append(" ")
        elif unicodedata.category(character) not in UNSEEN:
            found.append(LIGATURES.get(character, character))
    return "".join(found)


def one_line(text: str, longest: int = _LONGEST) -> str:
    """Return text in one line of at most ``longest`` characters, ended by '…' where something was left out."""
    line = " ".join(seen(text[: 4 * longest]).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def plain(source: str) -> str:
    """Return in one line what a value shows that may hold LaTeX, HTML, or one of them written in the other.

    :raises UnreadableError: with the source's words that are LaTeX of which nobody knows what it shows.
    """
    text = html_text.text_of(latex.text_of(seen(source)))
    if LATEX.search(text) is not None:  # LaTeX that was in HTML
        text = latex.text_of(text) if LATEX.search(source) is None else text
    if (match := LATEX.search(text)) is not None:
        raise UnreadableError(match[0] if match[0] in source else one_line(source, 80))
    return one_line(re.sub(r"[{}\\]", "", text))


def address(source: str) -> str:
    """Return a value that is no text, an address or a number, without what some writers put in for LaTeX or HTML."""
    bare = re.sub(r"\\(?:url|path|nolinkurl|href)\b\s*", "", seen(source))
    bare = re.sub(r"\\([_%&#~$])(?:\{\})?", r"\1", bare)
    bare = re.sub(r"\$(\\sim|<|>|_|\\_)\$|\\ensuremath\{(<|>|\\sim)\}", _between_dollars, bare)
    bare = re.sub(r"\{?\\(text[a-z]+|sim)(?![A-Za-z])(?:\{\})?\}?", _named, bare)
    return one_line(html_text.text_of(bare.replace("{", "").replace("}", "")))


def _between_dollars(match: re.Match[str]) -> str:
    found = match[1] or match[2]
    return "~" if found == "\\sim" else found.lstrip("\\")


def _named(match: re.Match[str]) -> str:
    signs = {"textless": "<", "textgreater": ">", "textunderscore": "_", "textasciitilde": "~", "sim": "~"}
    signs |= {"textbar": "|", "textbackslash": "\\", "textendash": "–", "texttildelow": "~"}
    return signs.get(match[1], match[0])
