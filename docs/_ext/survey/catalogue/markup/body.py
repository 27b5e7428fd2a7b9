"""The Markdown below the front matter: its title, its first paragraph, a paper's summary, and what its roles name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from survey.catalogue.markup import outline as outlines
from survey.catalogue.markup.own_directives import OWN, PREFIX
from survey.catalogue.markup.parts import DirectiveText, RoleText, parser, parts
from survey.catalogue.markup.summary_terms import part_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.markup.outline import Outline
    from survey.catalogue.markup.parts import Part

_OPEN = re.compile(r"([^\n]+)\n[ \t]*:[ \t]*")  #: No definition to Markdown, which wants text behind the colon.
#: Directives whose content declares what is to be drawn.
_DRAWN = frozenset(f"{PREFIX}{name}" for name, own in OWN.items() if own.declares)
_TARGET = re.compile(r"(?P<text>.+?)\s*<(?P<target>.*?)>", re.DOTALL)  #: As Sphinx has it: from the first sign on.
_CITE = re.compile(r"cite(:\w+)?")
_AROUND_KEY = re.compile(r"\{[^{}]*\}")  # sphinxcontrib-bibtex: {see}key{p. 3}


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of inline Markdown and where it stands."""

    text: str  #: Markdown, as written.
    line: int  #: Its first line in the file.


@dataclass(frozen=True, slots=True)
class Role:
    """A role in running text: ``{survey:head}`retrieval heads <retrieval>```."""

    name: str
    target: str  #: What it names: an id, a key, or keys joined by commas.
    line: int

    @property
    def cited(self) -> tuple[str, ...]:
        """The keys of the works that it cites; none if it is no citation."""
        return cited_keys(self.target) if _CITE.fullmatch(self.name) else ()

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the works that it cites or, as a link to a paper, names."""
        return (self.target,) if self.name == "survey:paper" else self.cited


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive that declares or names what is to be drawn."""

    name: str
    argument: str  #: What stands behind its name.
    content: str
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """What the catalogue needs to know of a page's text."""

    title: str | None  #: The first-level heading as plain text.
    title_line: int
    lead: Passage | None  #: The first paragraph.
    note: int | None  #: The line of the first comment, which readers don't see.
    summary: dict[str, Passage]  #: Of the three parts, those that are there.
    open: dict[str, int]  #: Of the three parts, those whose term is there with nothing behind the colon, and its line.
    roles: tuple[Role, ...]
    drawn: tuple[Directive, ...]
    parts: tuple[Part, ...]  #: All roles, directives, links, images and formulas.
    outline: Outline  #: Headings, labels, footnotes, and lines that lose words.
    repeated: tuple[tuple[str, int], ...] = ()  #: Parts of the summary that are given again, and where.
    prose: tuple[Passage, ...] = ()  #: What readers read as sentences, headings included, outside directives.
    sections: tuple[tuple[str, Passage], ...] = ()  #: Headings of the second level, each with its first paragraph.
    text: str = ""  #: All that it says, as plain text without what roles name: for what can be counted in words.


def parse(text: str) -> Body:
    """Read the Markdown of a whole file, front matter included (it keeps the lines right)."""
    env: dict[str, Any] = {}
    tokens = parser().parse(text, env)
    title, title_line, lead = None, 1, None
    unfilled: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if token.level or index + 1 >= len(tokens):
            continue
        inline = tokens[index + 1]
        if token.type == "heading_open" and token.tag == "h1" and title is None:
            title, title_line = plain(inline.children or []), _line(token)
        elif token.type == "paragraph_open":
            if (match := _OPEN.fullmatch(inline.content)) and (part := part_of(match[1])):
                unfilled.setdefault(part, _line(token) + 1)
            elif lead is None:
                lead = Passage(inline.content, _line(token))
    summary: dict[str, Passage] = {}
    repeated = []
    for part, passage in _summary(tokens):
        if summary.setdefault(part, passage) is not passage:
            repeated.append((part, passage.line))
    inside = tuple(parts(tokens))
    roles = tuple(
        Role(part.name, split_target(part.content)[1], part.line) for part in inside if isinstance(part, RoleText)
    )
    drawn = tuple(
        Directive(part.name, part.argument, part.written, part.line)
        for part in inside
        if isinstance(part, DirectiveText) and part.name in _DRAWN
    )
    note = next((_line(token) for token in tokens if token.type == "myst_line_comment"), None)
    outline = outlines.read(text, tokens, env)
    text_ = " ".join(plain(token.children or []) for token in tokens if token.type == "inline")
    told = (tuple(repeated), tuple(prose(tokens)), tuple(_sections(tokens)), text_)
    return Body(title, title_line, lead, note, summary, unfilled, roles, drawn, inside, outline, *told)


def prose(tokens: Sequence[Token]) -> Iterator[Passage]:
    """Yield what tokens say in words, with the line breaks of the file."""
    line = 1
    for token in tokens:
        line = _line(token) if token.map else line  # the cells of a table have none
        if token.type == "inline" and (text := "".join(_said(token.children or []))).strip():
            yield Passage(text, line)


#: Roles whose content readers see, if it has no text of its own; of others it is a key, a formula or code.
_SEEN = frozenset({"term", "abbr"})


def _said(children: Sequence[Token]) -> Iterator[str]:
    address = False  # of a link that shows nothing else
    for token in children:
        if token.type in {"link_open", "link_close"}:
            address = token.type == "link_open" and token.info == "auto"
        elif token.type in {"text", "text_special"}:
            yield "…" if address else token.content
        elif token.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif token.type == "image":
            yield from _said(token.children or [])
        elif token.type == "myst_role":
            own, target = split_target(token.content)
            yield own or (target if token.meta["name"] in _SEEN else "…")
        elif token.content:
            yield "…"  # code or a formula


def plain(children: Sequence[Token]) -> str:
    """Return the text of inline tokens without their markup."""
    parts = []
    for token in children:
        if token.type in {"text", "code_inline", "math_inline"} or token.type == "text_special":
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return "".join(parts)


def split_target(content: str) -> tuple[str | None, str]:
    """Split a role's content into its own text, if it has one, and its target."""
    match = _TARGET.fullmatch(content)
    return (match["text"], match["target"]) if match else (None, content)


def cited_keys(target: str) -> tuple[str, ...]:
    """Return the keys of a citation, without the text around them."""
    return tuple(key.strip() for key in _AROUND_KEY.sub("", target).split(","))


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text of Markdown, as they follow each other."""
    return parser().parse(text)


def inline(text: str) -> list[Token]:
    """Return the inline tokens of a passage of Markdown; of several paragraphs, in one run."""
    found: list[Token] = []
    for token in parser().parse(text):
        if token.type == "inline":
            found += [Token("softbreak", "br", 0), *(token.children or [])] if found else token.children or []
    return found


def _sections(tokens: Sequence[Token]) -> Iterator[tuple[str, Passage]]:
    """Yield the headings of the second level, each with its first paragraph, if one comes before the next heading."""
    heading = None
    for index, token in enumerate(tokens[:-1]):
        inline = tokens[index + 1]
        if token.type == "heading_open" and not token.level:
            heading = plain(inline.children or []) if token.tag == "h2" else None
        elif token.type == "paragraph_open" and not token.level and heading is not None:
            yield heading, Passage(inline.content, _line(token))
            heading = None


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _summary(tokens: Sequence[Token]) -> Iterator[tuple[str, Passage]]:
    """Yield the definitions of the terms that introduce a summary's parts."""
    part: str | None = None
    passages: list[Passage] = []
    term, definition = False, False
    for token in tokens:
        if token.type == "dt_open":
            term = True
        elif token.type == "dd_open":
            definition, passages = True, []
        elif token.type == "inline" and term:
            part, term = part_of(plain(token.children or [])), False
        elif token.type == "inline" and definition:
            passages.append(Passage(token.content, _line(token)))
        elif token.type == "dd_close":
            definition = False
            if part and passages:
                yield part, Passage("\n\n".join(passage.text for passage in passages), passages[0].line)
            part = None
