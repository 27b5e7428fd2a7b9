"""Text that somebody wrote in a form, on its way into a page: plain sentences, and nothing that does something.

Allowed are emphasis, code, links to https addresses, and the roles that name and cite what the survey has. Anything
else that MyST knows, headings, lists, HTML, directives, other roles, formulas, images, footnotes, is refused: escaping
it would publish what nobody meant.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.adding.text.cleaning import seen
from survey.catalogue.markup.summary_terms import TERMS
from survey.catalogue.markup.syntax import markdown
from survey.catalogue.texts import web_addresses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST = 1500  #: Characters of a part; the longest that the survey has needs half of them.
_DEEPEST = 3  #: Emphasis and links inside each other; those who render a page go down into each.
_CITATIONS = frozenset({"cite", "cite:p", "cite:t"})
#: What a citation names: keys, each perhaps with text in braces around it, as sphinxcontrib-bibtex reads them.
_CITED = re.compile(r"\s*(?:\{[^{}]+\}\s*)?(?P<key>[^{}\s,]+)\s*(?:\{[^{}]+\}\s*)?")
#: What other roles name: an id, or a text and an id. Sphinx takes a backslash for something else.
_NAMED = re.compile(r"[^<>\\]*[^<>\\\s]\s*<[^<>\\\s]+>|[^<>\\\s]+")
#: Addresses as the survey has them: of a host, without a user in front of it, in characters that mean only themselves.
ADDRESS = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?")
#: A line of a paragraph that begins with a percent sign: to MyST a comment, to whoever wrapped it the sign.
_WRAPPED = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=%)")
_NOTE = re.compile(r"\[\^[^\s\]]+\]")  #: A footnote that isn't there: text to Markdown, a fault to the strict build.
_PLAIN = frozenset(["text", "text_special", "softbreak", "hardbreak", "code_inline", "link_close"])
_EMPHASIS = frozenset(["em_open", "em_close", "strong_open", "strong_close"])
#: What other tokens are, in words, and what to do instead.
_KINDS = {
    "html_inline": ("HTML", "write it without tags, or put it in backticks if a tag is meant"),
    "html_block": ("HTML", "write it without tags, or put it in backticks if a tag is meant"),
    "image": ("an image", "say in words what it shows"),
    "footnote_ref": ("a footnote", "put it into the text"),
    "math_inline": ("a formula", r"write it in words; a dollar sign is written \$"),
    "math_inline_double": ("a formula", r"write it in words; a dollar sign is written \$"),
    "math_block": ("a formula", r"write it in words; a dollar sign is written \$"),
    "heading_open": ("a heading", "write plain sentences"),
    "fence": ("a block of code, or a directive", "write plain sentences"),
    "colon_fence": ("a directive", "write plain sentences"),
    "myst_line_comment": ("a comment, which begins with a percent sign", "begin it with a word"),
    "hr": ("a line of hyphens", "remove it"),
}


@cache
def _parser() -> MarkdownIt:
    return markdown(html=True)


def _tokens(text: str) -> list[Token]:
    return _parser().parse(text)


def sentences(text: str, kinds: Collection[str]) -> str:
    """Return an answer as one line of Markdown.

    :param kinds: of the survey's facets, for its roles.
    :raises Refused: if it holds more than plain sentences.
    """
    text = seen(text)
    if len(text) > _LONGEST:
        raise Refused(
            Fault(f"the answer has {len(text)} characters", f"shorten it: {_LONGEST} at most, 70 words are enough")
        )
    text = _WRAPPED.sub(" ", text)
    faults = list(dict.fromkeys(_faults(_tokens(text), kinds)))
    if faults:
        raise Refused(*faults)
    line = " ".join(text.split())
    if list(_shape(_tokens(f"Term\n: {line}\n"))) != ["dl_open", "dt_open", "dt_close", *_DEFINITION, "dl_close"]:
        raise Refused(Fault("the answer is more than plain sentences", "begin it with a word"))
    if faults := list(dict.fromkeys(_faults(_tokens(line), kinds))):
        raise Refused(*faults)
    return line


_DEFINITION = ("dd_open", "paragraph_open", "paragraph_close", "dd_close")


def verify(text: str) -> None:
    """Make sure that a paper's file is what was meant: front matter, one heading and the three parts of the summary.

    :raises Refused: if it is anything else.
    """
    parts = [token for _ in TERMS for token in ("dt_open", "dt_close", *_DEFINITION)]
    tokens = _tokens(text)
    terms = [inline.content for token, inline in itertools.pairwise(tokens) if token.type == "dt_open"]
    wanted = ["front_matter", "heading_open", "heading_close", "dl_open", *parts, "dl_close"]
    if list(_shape(tokens)) != wanted or terms != list(TERMS.values()):
        raise Refused(Fault("the answers don't make a page of three parts", "write plain sentences"))


def _shape(tokens: list[Token]) -> Iterator[str]:
    return (token.type for token in tokens if token.type != "inline")


def _faults(tokens: list[Token], kinds: Collection[str]) -> Iterator[Fault]:
    for token in tokens:
        if token.type == "inline":
            if _depth(token.children or []) > _DEEPEST:
                yield Fault("the answer holds emphasis inside emphasis", "emphasize single words")
            for child in token.children or []:
                yield from _inline_faults(child, kinds)
        elif token.type != "paragraph_open" and not token.type.endswith("_close"):
            what, hint = _KINDS.get(token.type, ("a list, a table or another block", "write plain sentences"))
            yield Fault(f"the answer holds {what}", hint)


def _depth(tokens: list[Token]) -> int:
    """Return how deep emphasis and links stand inside each other."""
    return max(itertools.accumulate(token.nesting for token in tokens), default=0)


def _inline_faults(token: Token, kinds: Collection[str]) -> Iterator[Fault]:
    if token.type == "text" and (match := _NOTE.search(token.content)):
        yield Fault(f"the answer holds a footnote, '{match[0]}'", "put it into the text")
    if token.type in _PLAIN or token.type in _EMPHASIS:
        return
    if token.type == "link_open":
        if (found := web_addresses.fault(str(token.attrs.get("href", "")))) is not None:
            yield Fault(*found[1:])
    elif token.type == "myst_role":
        name = token.meta["name"]
        if name not in _CITATIONS and name.removeprefix("survey:") not in kinds:
            known = ", ".join([*(f"survey:{kind}" for kind in kinds), "cite:p", "cite:t"])
            yield Fault(f"there is no role '{name}' for summaries", f"the roles are {known}")
        elif name not in _CITATIONS and _NAMED.fullmatch(token.content) is None:
            hint = f"write {{{name}}}`id`, or {{{name}}}`text <id>`"
            yield Fault(f"'{token.content}' names nothing", hint)
        elif name in _CITATIONS and not all(map(_CITED.fullmatch, token.content.split(","))):
            hint = "write their keys with commas between: {cite:p}`one, other`"
            yield Fault(f"'{token.content}' names no works", hint)
    else:
        what, hint = _KINDS.get(token.type, ("markup that summaries don't have", "write plain sentences"))
        yield Fault(f"the answer holds {what}", hint)
