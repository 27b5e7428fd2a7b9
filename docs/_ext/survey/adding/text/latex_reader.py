"""A reader of LaTeX that says what is shown, and refuses what it doesn't know; it reads a text once."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from survey.adding.text import latex_commands as words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: What is shown: characters, each with its place in the source.
Shown = list[tuple[str, int]]

DEEPEST = 40  #: Groups inside each other that are read.
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.|\Z)", re.DOTALL)
_SPACE = re.compile(r"\s*")
_OPTION = re.compile(r"\[(\w{1,5})\]")
_WORD = re.compile(r"[^\W_]|\\[A-Za-z]")
_JOINED = re.compile(r"---?|``|''")
_JOINS = {"---": "—", "--": "–", "``": "“", "''": "”"}
_INSIDE = r"(?=[^\s$])(?:\\.|[^$\\])*?"
#: A formula: people write dollars without a backslash too, and a number behind one, or a space inside, says so, unless
#: there is a command.
_FORMULA = re.compile(
    rf"(?P<fence>\$\$)(?:\\.|[^$\\])+?\$\$|\${_INSIDE}(?<=\S)\$(?![0-9])"
    r"|\$[^$\\]*\\[A-Za-z](?:\\.|[^$\\])*\$(?![0-9])",
    re.DOTALL,
)
#: One whose dollars were escaped: it stands apart from words, since there are amounts too.
ESCAPED_FORMULA = re.compile(
    rf"(?<![\w$])\$\$?{_INSIDE}(?<=\S)\$\$?(?![\w$])|\$(?=[^\s$])[^$\\^_]*[\\^_][^$]*(?<=\S)\$(?![0-9])", re.DOTALL
)
_DIGITS = re.compile(r"[-+−–]?[0-9]+")


class UnreadableError(ValueError):
    """It holds what isn't known."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.words = source  #: As they stand in the source.


class Reader:
    """Reads from the left to the right; every method begins at ``at``, and leaves it behind what it has read."""

    def __init__(self, source: str, *, formula: bool = False) -> None:
        self.source, self.at, self.formula = source, 0, formula
        self.first = len(source) - len(source.lstrip())

    def group(self, depth: int, *, ends: bool = True) -> Shown:
        """Read up to the brace that closes a group, which is read too, or up to the end."""
        start, found = self.at, Shown()
        if depth > DEEPEST:
            raise UnreadableError(self.source[start - DEEPEST : start + 20])
        while self.at < len(self.source):
            if self.source[self.at] == "}":
                if not ends:
                    return found
                self.at += 1
                return found
            found += self._piece(depth)
        if ends:
            raise UnreadableError(self.source[start - 1 : start + 40])
        return found

    def _piece(self, depth: int) -> Shown:
        start, sign = self.at, self.source[self.at]
        if sign == "\\":
            return self._command(depth)
        if sign == "{":
            self.at += 1
            return self.group(depth + 1)
        if self.formula and sign in "^_":
            return self._script(depth)
        if sign == "$" and not self.formula and (match := _FORMULA.match(self.source, start)) is not None:
            fence = 2 if match["fence"] else 1
            self.at = match.end()
            return _formula(self.source, start + fence, match.end() - fence, depth)
        if not self.formula and (match := _JOINED.match(self.source, start)) is not None:
            self.at = match.end()
            return [(_JOINS[match[0]], start)]
        self.at += 1
        return [(" " if sign == "~" else sign, start)]

    def _command(self, depth: int) -> Shown:
        start = self.at
        match = _COMMAND.match(self.source, start)
        name = match[0][1:] if match is not None else ""
        if name.endswith("*") and name not in words.LENGTHS and name not in words.shown():
            name = name[:-1]
        self.at = start + 1 + len(name)
        if not name:
            raise UnreadableError(self.source[max(0, start - 10) :])
        if name in {"(", "["}:
            return self._fenced(start, {"(": "\\)", "[": "\\]"}[name], depth)
        marks = words.MATH_ACCENTS if self.formula or name in words.MATH_ACCENTS else words.ACCENTS
        if name in marks:
            return self._accent(start, name, marks[name], depth)
        spaced = self.formula and self.source[self.at : self.at + 1] == " " == self.source[start - 1 : start]
        if name[0].isalpha():
            self._skip_space()
        if name in words.shown():
            shown = words.shown()[name]
            if name in {"left", "right"} and self.source[self.at : self.at + 1] == ".":
                self.at += 1  # a fence that isn't there
            if shown.strip() and (spaced or (name in words.FUNCTIONS and _WORD.match(self.source, self.at))):
                shown += " "  # TeX puts its own spaces into formulas
            return [(character, start) for character in shown]
        return self._with_arguments(start, name, depth)

    def _with_arguments(self, start: int, name: str, depth: int) -> Shown:
        if name in words.LAST:
            return [self._argument(start, depth) for _ in range(words.LAST[name])][-1]
        if name in words.AROUND:
            before, after = words.AROUND[name]
            return [(before, start), *self._argument(start, depth), (after, start)]
        if name in _MAKERS:
            return _MAKERS[name](self, start, depth)
        raise UnreadableError(self.source[start : start + 1 + len(name)])

    def length(self, start: int, depth: int) -> Shown:
        """Read a length between words."""
        self._argument(start, depth)
        return [(" ", start)]

    def hidden(self, start: int, depth: int) -> Shown:
        """Read what says how the rest looks."""
        self._argument(start, depth)
        return []

    def superscript(self, start: int, depth: int) -> Shown:
        """Read what stands above the line."""
        return raised(self._argument(start, depth), start)

    def fraction(self, start: int, depth: int) -> Shown:
        """Read a fraction: 'a/b', '(a+b)/c'."""
        above, below = self._argument(start, depth), self._argument(start, depth)
        return [*_joined(above, start), ("/", start), *_joined(below, start)]

    def root(self, start: int, depth: int) -> Shown:
        """Read a root: '√x', '3√(x+y)'."""
        match = _OPTION.match(self.source, self.at)
        self.at = match.end() if match is not None else self.at
        degree = match[1] if match is not None else ""
        return [*((sign, start) for sign in degree), ("√", start), *_joined(self._argument(start, depth), start)]

    def _accent(self, start: int, name: str, mark: str, depth: int) -> Shown:
        if name[0].isalpha():
            self._skip_space()
        argument = self._argument(start, depth) if self.source[self.at : self.at + 1] == "{" else self._single(depth)
        text = "".join(character for character, _ in argument)
        if not text.strip() and name in words.ALONE and self.source[self.at - 1 : self.at] == "}":
            return [(words.ALONE[name], start)]
        if not text or not (text[0].isalpha() or (text[0].isdigit() and name in words.MATH_ACCENTS)):
            raise UnreadableError(self.source[start : self.at + 1])
        text = {"ı": "i", "ȷ": "j"}.get(text[0], text[0]) + text[1:]
        end = 1 + next((at for at, sign in enumerate(text[1:]) if not unicodedata.combining(sign)), len(text) - 1)
        marked = unicodedata.normalize("NFC", text[:end] + mark)
        return [(character, start) for character in marked + text[end:]]

    def _single(self, depth: int) -> Shown:
        """Read the one letter or command that stands for an argument without braces."""
        if self.at >= len(self.source) or self.source[self.at].isspace() or self.source[self.at] in "}$~":
            return []
        if self.source[self.at] == "\\":
            return self._command(depth + 1) if depth < DEEPEST else []
        self.at += 1
        return [(self.source[self.at - 1], self.at - 1)]

    def _argument(self, start: int, depth: int) -> Shown:
        self._skip_space()
        if self.source[self.at : self.at + 1] != "{":
            is_command = self.source[self.at : self.at + 1] == "\\"
            single = self._single(depth)
            if not single and is_command and self.source[self.at : self.at + 1] == "{":  # p_\mathrm{T}
                return self._argument(start, depth)
            if not single:
                raise UnreadableError(self.source[start : self.at + 1])
            return single
        self.at += 1
        return self.group(depth + 1)

    def _script(self, depth: int) -> Shown:
        """Read what is raised or lowered: the sign stays where something stands in front of it."""
        start, sign = self.at, self.source[self.at]
        self.at += 1
        argument = self._argument(start, depth)
        if start == self.first:
            return raised(argument, start) if sign == "^" else argument
        text = "".join(character for character, _ in argument)
        if text in {"∘", "°"} and sign == "^":
            return [("°", start)]
        return [(sign, start), *(argument if _DIGITS.fullmatch(text) else _joined(argument, start))]

    def verbatim(self, start: int, depth: int) -> Shown:
        """Read an address."""
        end, depth = self.at, 0  # its own braces count, whatever is around them
        while end < len(self.source):
            depth += {"{": 1, "}": -1}.get(self.source[end], 0)
            end += 1
            if depth <= 0:
                break
        if depth or self.source[self.at : self.at + 1] != "{":
            raise UnreadableError(self.source[start : start + 40])
        inside, self.at = self.source[self.at + 1 : end - 1], end
        return [(character, start) for character in re.sub(r"\\([_%&#~$])", r"\1", inside).strip()]

    def as_formula(self, start: int, depth: int) -> Shown:
        """Read a group that is a formula."""
        before, self.formula = self.formula, True
        try:
            return self._argument(start, depth)
        finally:
            self.formula = before

    def _fenced(self, start: int, fence: str, depth: int) -> Shown:
        end = self.source.find(fence, self.at)
        if end < 0 or self.formula:
            raise UnreadableError(self.source[start : start + 40])
        found = _formula(self.source, self.at, end, depth)
        self.at = end + len(fence)
        return found

    def _skip_space(self) -> None:
        match = _SPACE.match(self.source, self.at)
        self.at = match.end() if match is not None else self.at


_MAKERS: Mapping[str, Callable[[Reader, int, int], Shown]] = {
    **dict.fromkeys(words.VERBATIM, Reader.verbatim),
    **dict.fromkeys(words.LENGTHS, Reader.length),
    **dict.fromkeys(words.HIDDEN, Reader.hidden),
    **dict.fromkeys(words.FRACTIONS, Reader.fraction),
    "textsuperscript": Reader.superscript,
    "ensuremath": Reader.as_formula,
    "sqrt": Reader.root,
}


def _formula(source: str, start: int, end: int, depth: int) -> Shown:
    """Read a formula that stands between two places."""
    reader = Reader(source[start:end], formula=True)
    try:
        found = reader.group(depth + 1, ends=False)
    except UnreadableError:
        raise UnreadableError(source[start - 1 : end + 1].strip()) from None
    if reader.at < len(reader.source):
        raise UnreadableError(source[start - 1 : end + 1].strip())
    shown = [(character, start + at) for character, at in found]
    solid = [index for index, (character, _) in enumerate(shown) if not character.isspace()]
    return shown[solid[0] : solid[-1] + 1] if solid else []


def raised(shown: Shown, start: int) -> Shown:
    """Return what stands above the line: numbers are powers, letters ('2nd') are not."""
    power = _DIGITS.fullmatch("".join(character for character, _ in shown))
    return [("^", start), *shown] if power else shown


def _joined(shown: Shown, start: int) -> Shown:
    """Return a part of a formula, in parentheses where it would be read otherwise without them."""
    text = "".join(character for character, _ in shown)
    if len(text) < 2 or text.isalnum() or (text[0], text[-1]) == ("(", ")"):  # noqa: PLR2004
        return shown
    return [("(", start), *shown, (")", start)]
