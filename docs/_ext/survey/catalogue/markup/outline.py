"""What a page's text holds beside its roles and directives: headings, labels, footnotes, and lines that lose words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from survey.catalogue.markup import foreign, forms
from survey.catalogue.markup.faults import Fault
from survey.catalogue.markup.parts import directive, parser, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

DEEPEST = 10  #: Directives inside each other. MyST calls itself for each, and would end in a traceback at about fifty.
#: Quotes, lists and items inside each other, as markdown-it counts; it drops what stands in more than 20.
DEEPEST_BLOCKS = 16
#: What may end a line above a list, a quotation or a heading that begins without a blank line.
_END = re.compile(r".*[.:;?!…)”\"'*`_]\s*$", re.DOTALL)
_BEGINS: Mapping[str, tuple[str, str]] = {
    "bullet_list_open": ("list", "-' or '+"),
    "ordered_list_open": ("list", "1."),
    "blockquote_open": ("quotation", ">"),
    "heading_open": ("heading", "#"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page."""

    level: int
    text: str  #: As MyST makes an anchor of it.
    line: int


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name, and where it stands."""

    name: str
    line: int


@dataclass(slots=True)
class Outline:
    """What was collected; nothing changes it once the page is read."""

    headings: list[Heading] = field(default_factory=list)
    titled: list[Named] = field(default_factory=list)  #: ``(name)=`` in front of a heading, whose words are the link's.
    labels: list[Named] = field(default_factory=list)  #: ``(name)=`` in front of anything else.
    equations: list[Named] = field(default_factory=list)
    footnotes: list[Named] = field(default_factory=list)
    footnote_marks: list[Named] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    usable: bool = True  #: Whether Sphinx can read the page at all.


def read(text: str, tokens: Sequence[Token], env: Mapping[str, Any]) -> Outline:
    """Return the outline of a page, given its text, the tokens of all of it, and what its parser has noted."""
    outline = Outline()
    _Reader(outline, env).read(text.split("\n"), tokens, 1, 0)
    outline.faults += _definitions(tokens, env)
    return outline


def _definitions(tokens: Sequence[Token], env: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the definitions of links (``[name]: address``) that are given twice, or that no text uses."""
    for twice in env.get("duplicate_refs", []):
        line = twice["map"][0] + 1 if twice.get("map") else 1
        message = f"the link '[{twice['label'].lower()}]: …' is defined twice"
        yield Fault(line, "duplicate-target", message, "keep one; only the first counts")
    children = [child for token in tokens for child in token.children or []]
    used = {child.attrGet("href") or child.attrGet("src") for child in children}
    for name, found in env.get("references", {}).items():
        if found["href"] not in used:
            message = f"this line defines a link '{name.lower()}' that the text doesn't use, and is not shown"
            line = found["map"][0] + 1 if found.get("map") else 1
            yield Fault(line, "broken-paragraph", message, r"use it, remove it, or write '\[' to have it shown")


class _Reader:
    """Walks through tokens, and through those of the Markdown inside directives."""

    def __init__(self, outline: Outline, env: Mapping[str, Any]) -> None:
        self.outline, self.env = outline, env

    def read(self, lines: Sequence[str], tokens: Sequence[Token], start: int, depth: int) -> None:
        """Read the tokens of ``lines``, the first of which is line ``start`` of the file."""
        line, ended, paragraph = start, -1, ""  # the last paragraph's end, counted in ``lines``, and its text
        containers: list[str] = []
        for index, token in enumerate(tokens):
            if token.map:
                line = start + token.map[0]
            if token.type in _BEGINS and token.map and token.map[0] == ended:
                self._in_a_sentence(token, paragraph, line, containers)
            if token.type.endswith("_open"):
                containers.append(token.type)
                self._too_deep(token, line)
            elif token.type.endswith("_close"):
                containers.pop()
            if token.type == "inline":
                kind = containers[-1] if containers else ""
                self._inline(token, line, is_title=kind == "heading_open" and tokens[index - 1].tag == "h1")
                if token.map and kind in {"paragraph_open", "dt_open"}:
                    ended, paragraph = token.map[1], token.content
                if kind == "heading_open":
                    self._heading(tokens[index - 1], token, line)
            else:
                self._block(token, line, lines, ended, depth, titled=_before_heading(tokens, index))
            if token.type == "hr":
                self._rule(tokens, index, line)

    def _block(self, token: Token, line: int, lines: Sequence[str], ended: int, depth: int, *, titled: bool) -> None:
        out = self.outline
        if token.type == "myst_target":
            (out.titled if titled else out.labels).append(Named(token.content.strip(), line))
        elif token.type == "math_block_label":
            out.equations.append(Named(token.info, line))
        elif token.type == "footnote_reference_open":
            out.footnotes.append(Named(token.meta["label"], line))
        elif token.type == "myst_line_comment" and token.map and _goes_on(lines, token.map[0], ended):
            message = "the line begins with '%', which makes a comment of it: it is not shown"
            hint = "move the '%' to the end of the line above, or put a blank line in front of a comment that is meant"
            out.faults.append(Fault(line, "broken-paragraph", message, hint))
        elif token.type == "myst_block_break" and token.content.strip():
            message = "the words behind '+++' are not shown"
            out.faults.append(Fault(line, "broken-paragraph", message, "remove the signs, or the line"))
        elif token.type in {"fence", "colon_fence"}:
            self._fence(token, line, depth)

    def _rule(self, tokens: Sequence[Token], index: int, line: int) -> None:
        """Report a line between paragraphs that doesn't stand between any: docutils knows none at an end."""
        before = tokens[index - 1].type if index else "front_matter"
        if before in {"front_matter", "heading_close", "hr"} or index + 1 == len(tokens):
            message = "a line across the page doesn't stand between two paragraphs"
            self.outline.faults.append(Fault(line, "bad-directive", message, "remove it"))

    def _fence(self, token: Token, line: int, depth: int) -> None:
        name, argument = (*token.info.split(maxsplit=1), "", "")[:2]
        if not (name.startswith("{") and name.endswith("}")):
            if token.type == "colon_fence":
                self._inner(token.content, line + 1, depth)
            else:
                self.outline.faults += forms.code(token.content, name, line)
            return
        found = directive(name[1:-1], argument.strip(), token.content, line)
        if found.form is None:
            return
        for text, at in texts(found, found.form):
            self._inner(text, at, depth)

    def _inner(self, text: str, line: int, depth: int) -> None:
        if depth < DEEPEST:
            self.read(text.split("\n"), parser().parse(text, self.env), line, depth + 1)  # type: ignore[arg-type]
        elif self.outline.usable:
            self.outline.usable = False
            message = f"more than {DEEPEST} directives stand inside each other; the page is not used"
            self.outline.faults.append(Fault(line, "too-deep", message, "take some of them apart"))

    def _too_deep(self, token: Token, line: int) -> None:
        if token.level >= DEEPEST_BLOCKS and token.map and not any(at.code == "too-deep" for at in self.outline.faults):
            message = "quotations or lists stand so deep inside each other that their text would be lost"
            self.outline.faults.append(Fault(line, "too-deep", message, "take some of them apart"))

    def _in_a_sentence(self, token: Token, paragraph: str, line: int, containers: Sequence[str]) -> None:
        """Report what a wrapped line became that begins with a sign: the line above doesn't end a sentence."""
        if (
            _END.fullmatch(paragraph)
            or "list_item_open" in containers
            or (token.markup in {"-", "="} and (token.type == "heading_open"))
        ):
            return
        what, signs = _BEGINS[token.type]
        message = f"the line begins a {what} in the middle of a sentence"
        hint = f"don't begin the line with '{signs}', or put a blank line in front of a {what} that is meant"
        self.outline.faults.append(Fault(line, "broken-paragraph", message, hint))

    def _heading(self, opened: Token, token: Token, line: int) -> None:
        text = "".join(child.content for child in token.children or [] if child.type in {"text", "code_inline"})
        self.outline.headings.append(Heading(int(opened.tag[1:]), text, line))
        if opened.markup in {"-", "="} and "\n" in token.content:
            message = f"the paragraph is read as a heading: it is underlined with '{opened.markup}'"
            hint = "put a blank line in front of the line of signs, or remove it"
            self.outline.faults.append(Fault(line, "broken-paragraph", message, hint))

    def _inline(self, token: Token, line: int, *, is_title: bool) -> None:
        at = line
        for child in token.children or []:
            if child.type in {"softbreak", "hardbreak"}:
                at += 1
            elif child.type == "footnote_ref":
                self.outline.footnote_marks.append(Named(child.meta["label"], at))
        if not is_title:  # a paper's is its authors', whatever signs it has
            self.outline.faults += foreign.faults(token.children or [], line, token.content)


def _before_heading(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether what follows a label, behind others, is a heading."""
    following = next((token.type for token in tokens[index:] if token.type != "myst_target"), "")
    return following == "heading_open"


def _goes_on(lines: Sequence[str], at: int, ended: int) -> bool:
    """Tell whether a comment stands right below a paragraph: then it was a part of it."""
    return at == ended and bool(lines[at - 1].strip())
