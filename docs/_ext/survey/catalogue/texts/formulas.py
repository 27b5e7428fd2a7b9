r"""Formulas: from LaTeX to MathML, by lists of the commands, elements and attributes that a formula is made of.

latex2mathml passes on what it is given: ``\href{javascript:…}`` becomes an attribute, of an unknown environment only
the name vanishes, and what it leaves out of an argument is still read by LaTeX when a book is made. Therefore both
sides are looked at: the commands of the source, and the elements and attributes of the result.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from functools import cache

from latex2mathml import commands
from latex2mathml.converter import convert_to_element
from latex2mathml.symbols_parser import convert_symbol

_LONGEST = 5000  #: Characters of a formula; the converter calls itself.
_DEEPEST = 40  #: Braces inside each other.
_LABELS = re.compile(r"\\(?:label|tag)\*?\{[\w :.*+-]*\}")
#: Commands that say how or where something is shown, not what it is: with their first argument they are left out.
_LOOKS = re.compile(r"\\(?:href|style|class)\s*\{[^{}]*\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([^{}]*)\}")
#: What LaTeX reads before it reads commands: characters by number, comments, parameters.
_BEFORE_COMMANDS = re.compile(r"\^\^|(?<!\\)(?:\\\\)*[%#]")
#: Commands that the converter knows, and that make others, or show their argument as it is.
_MAKERS = frozenset({"newcommand", "newenvironment", "def", "DeclareMathOperator", "verb", "unicode"})
_PLACED = frozenset({"begin", "end", "label", "tag", "left", "right", "middle", "operatorname"})
#: Environments that LaTeX has and the converter takes for rows or tables.
_ENVIRONMENTS = frozenset(
    {name[1:] for name in commands.MATRICES}
    | {"aligned", "alignedat", "gathered", "gather", "gather*", "equation", "equation*", "dcases", "multline"}
)

_ELEMENTS = frozenset(
    {
        *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom", "menclose"),
        *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none"),
        *("mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mlabeledtr"),
    }
)
_WORD = r"[A-Za-z]{1,30}(?:[ -][A-Za-z]{1,30}){0,3}"
_LENGTH = r"[+-]?[0-9]{0,2}(?:\.[0-9]{0,4})?(?:em|ex|px|pt|mu|mm|cm|in|pc|bp|dd|cc|sp|width|height|depth|%)?"
_VALUE = re.compile(rf"{_WORD}|{_LENGTH}(?: {_LENGTH}){{0,3}}|#[0-9A-Fa-f]{{3,8}}|[0-9]{{1,3}}")
_ATTRIBUTES = frozenset(
    {
        *("accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle"),
        *("fence", "form", "height", "largeop", "linebreak", "linethickness", "lspace", "mathbackground", "mathcolor"),
        *("mathsize", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing"),
        *("rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width"),
    }
)
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
#: Signs that TeX sets close, as letters; the converter makes operators of them, with space around.
_ORDINARY = frozenset("|/∞⊤∥…⋯")
_NAME = re.compile(r"[A-Za-z]{2,}")  #: Of a function: ``\operatorname{softmax}``.
_THIN = "0.167em"  #: TeX's space between such a name and a letter.
#: How many parts these elements of MathML have.
_CHILDREN = {"mfrac": 2, "msub": 2, "msup": 2, "mroot": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}


def mathml(latex: str, display: str) -> str:
    """Return the MathML of a formula.

    :raises ValueError: if it cannot be converted, would come out as something else than it says, or holds what is no
        mathematics.
    """
    _check_source(latex)
    # latex2mathml knows align* but not aligned, which differs only in text that stands beside it; and it makes the same
    # of \\& as of an & that stands where it separates nothing.
    known = _LABELS.sub("", latex).strip().replace("{aligned}", "{align*}").replace(r"\&", r"\text{&}")
    try:
        result = convert_to_element(known, display=display)
    except Exception as error:  # the converter raises what its parser meets: IndexError, KeyError, …
        raise ValueError(f"{type(error).__name__} {error}".strip()) from error
    for part in result.iter():
        _check_element(part)
    for row in result.iter():
        _set_spaces(row)
    return ET.tostring(result, encoding="unicode")


@cache
def fault(latex: str) -> str | None:
    """Return why a formula cannot be shown as MathML, or None if it can."""
    try:
        mathml(latex, "inline")
    except ValueError as error:
        return str(error)
    return None


def text(latex: str) -> str:
    """Return a formula without its labels, as it is shown where there is no MathML of it."""
    return _LABELS.sub("", latex).strip()


def without_looks(latex: str) -> str:
    """Return a formula without links and styles: what they are put on stays."""
    return _LOOKS.sub("", latex)


def _check_source(latex: str) -> None:
    if len(latex) > _LONGEST:
        raise ValueError(f"it has more than {_LONGEST} characters")
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", latex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
        if depth > _DEEPEST:
            raise ValueError(f"its braces are nested more than {_DEEPEST} times")
    if depth:
        raise ValueError("its braces don't pair up")
    if found := _BEFORE_COMMANDS.search(latex):
        raise ValueError(f"'{found[0]}' is no mathematics")
    for name in _COMMAND.findall(_LABELS.sub("", latex)):
        if not _is_known(name):
            raise ValueError(f"'\\{name}' is not known")
    for name in _ENVIRONMENT.findall(latex):
        if name not in _ENVIRONMENTS:
            raise ValueError(f"the environment '{name}' is not known")


@cache
def _is_known(name: str) -> bool:
    if name in _MAKERS or name in {"href", "style", "class"}:
        return False
    return name in _PLACED or f"\\{name}" in _commands() or convert_symbol(f"\\{name}") is not None


@cache
def _commands() -> frozenset[str]:
    """Return the commands that the converter names: they stand in its constants."""
    found: set[str] = set()
    for value in vars(commands).values():
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, (dict, tuple)):
            found.update(item for item in value if isinstance(item, str))
    return frozenset(found)


def _check_element(part: ET.Element) -> None:
    """Decode an element's text, and refuse what stands on no list."""
    part.text = html.unescape(part.text) if part.text else part.text
    if (part.tag == "mi" and part.text == "&") or (part.text != "\\" and "\\" in (part.text or "")):
        raise ValueError(f"'{part.text}' is not known")
    if part.tag in _CHILDREN and len(part) != _CHILDREN[part.tag]:
        raise ValueError("an argument is missing")
    if part.tag not in _ELEMENTS:
        raise ValueError(f"'{part.tag}' is no part of a formula")
    for name, value in part.attrib.items():
        if name == "xmlns" and value == _NAMESPACE:
            continue
        if name not in _ATTRIBUTES or _VALUE.fullmatch(value) is None:
            raise ValueError(f"'{name}' cannot be '{value[:60]}'")


def _set_spaces(row: ET.Element) -> None:
    """Set the spaces around operators that browsers would set wider than TeX does (The TeXbook, chapter 18)."""
    for before, part, after in zip([None, *row], row, [*row[1:], None], strict=False):
        if part.tag != "mo" or part.text is None:
            continue
        if part.text in _ORDINARY:
            part.attrib |= {"lspace": "0", "rspace": "0"}
        elif _NAME.fullmatch(part.text):
            beside = [one is not None and one.tag not in {"mo", "mrow"} for one in (before, after)]
            part.attrib |= dict(zip(("lspace", "rspace"), (_THIN if letter else "0" for letter in beside), strict=True))
