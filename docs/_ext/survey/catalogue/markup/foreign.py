"""Markup of other tools, which MyST prints as it is written: readers would see the signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.catalogue.markup.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_CODE, _ROLE, _MATH = "\ue000", "\ue001", "\ue002"  #: What stands in a text for what is no text of it.
_STAND_INS = {"code_inline": _CODE, "myst_role": _ROLE, "math_inline": _MATH, "math_inline_double": _MATH}
#: Elements of HTML that people write in Markdown; '<s>' and '<unk>' are tokens of models.
_HTML = (
    "a|abbr|b|blockquote|br|button|center|code|del|details|div|em|embed|font|form|h[1-6]|hr|i|iframe|img|input|ins|kbd|li"
    "|link|mark|meta|object|ol|p|pre|script|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|tr"
    "|u|ul|video"
)
_CITE = "write {cite:p}`key`"
#: By what they belong to: their form, and what to write instead.
_MARKUP: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "a citation of Pandoc",
        re.compile(r"\[-?@[\w:.#$%&+?<>~/-]+[^\]\n]*\]|(?<![\w/.@])@[a-z]+[0-9]{4}[a-z0-9]*\b"),
        _CITE,
    ),
    ("a citation of LaTeX", re.compile(r"\\(?:cite|parencite|textcite|autocite|footcite)[a-z]*\*?\s*[\[{]"), _CITE),
    (
        "a command of LaTeX",
        re.compile(
            r"\\(?:emph|text(?:bf|it|tt|sc|rm|sf)|href|url|footnote|(?:page|auto|eq|c)?ref|label|begin|end|item|"
            r"(?:sub)*section|chapter|paragraph|caption|includegraphics|newline|noindent)\b\*?\s*[\[{]?"
        ),
        "write Markdown: *emphasis*, **strong**, [words](https://…)",
    ),
    ("a link of a wiki", re.compile(r"!?\[\[[^\[\]\n]+\]\]"), "write {survey:head}`id` or [words](page.md)"),
    ("a variable of a template", re.compile(r"\{\{[^\n]*?\}\}|\{%[^\n]*?%\}"), "write what it stands for"),
    ("a role of reStructuredText", re.compile(rf":[a-z][\w:+-]*:{_CODE}"), "write {role}`text` in Markdown"),
    ("a directive of reStructuredText", re.compile(r"^\.\. [\w:-]+::", re.MULTILINE), "write ```{name} in Markdown"),
    ("a link of reStructuredText", re.compile(rf"{_CODE}__?(?!\w)"), "write [words](https://…)"),
    ("a target of reStructuredText", re.compile(r"^\.\. _[^:\n]+:", re.MULTILINE), "write (name)= in Markdown"),
    (
        "a role without its text",
        re.compile(r"\{(?:(?:survey|cite):[\w-]*|cite|doc|ref|term|eq|math)\}"),
        "write {role}`text`",
    ),
    (
        "an alert of GitHub",
        re.compile(r"^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]", re.MULTILINE),
        "write ```{note}",
    ),
    ("an admonition of MkDocs", re.compile(r"^(?:!!!|\?\?\?\+?) \w+", re.MULTILINE), "write ```{note}"),
    ("a task of a list", re.compile(r"^\[[ xX]\] ", re.MULTILINE), "write the item without it"),
    ("a deletion", re.compile(r"~~(?=\S)[^~\n]+~~"), "leave out what is struck through"),
    ("a mark of a highlighter", re.compile(r"(?<!=)==(?=\S)[^=\n]+(?<=\S)==(?!=)"), "write *emphasis*"),
    ("attributes of Pandoc", re.compile(r"\{[#.][A-Za-z][\w-]*[^{}\n]*\}"), "remove them"),
    ("a footnote in its place", re.compile(r"\^\[[^\]\n]+\]"), "write [^1], and below [^1]: the note"),
    (
        "HTML",
        re.compile(rf"</?(?:{_HTML})(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE),
        "write Markdown, or the sign as code: `<`",
    ),
)
_UNDEFINED = re.compile(r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]")


def faults(children: Sequence[Token], line: int, written: str = "") -> Iterator[Fault]:
    """Yield the markup of other tools in a run of text that begins at ``line``.

    ``written`` is the run's Markdown, in which signs that are meant have a backslash in front.
    """
    text = _text(children)
    for what, form, hint in _MARKUP:
        match = form.search(text)  # of a kind the first: who meets one finds the others
        if match is not None and not _is_escaped(match[0], written):
            shown = " ".join(match[0].replace(_CODE, "`…`").replace(_ROLE, "`…`").replace(_MATH, "$…$").split())
            message = f"{shown[:60]} is {what}, and is shown as it is written"
            yield Fault(line + text.count("\n", 0, match.start()), "foreign-markup", message, hint)
    for match in _UNDEFINED.finditer(text):
        if _is_escaped(match[0], written):
            continue
        message = f"'{match[0]}' is a link to a definition that isn't there, and is shown as it is written"
        hint = r"write [words](page.md), or '\[' for a bracket"
        yield Fault(line + text.count("\n", 0, match.start()), "unknown-target", message, hint)


def _is_escaped(shown: str, written: str) -> bool:
    """Tell whether what is shown isn't what is written, signs for code aside."""
    return bool(written) and not any(sign in shown for sign in _STAND_INS.values()) and shown not in written


def _text(children: Sequence[Token]) -> str:
    """Return a run of text with signs for what is no text of it: code may hold all of this."""
    parts = []
    for child in children:
        if child.type == "text":
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        else:
            parts.append(_STAND_INS.get(child.type, "\ue003" if child.type == "text_special" else ""))
    return "".join(parts)
