"""What a page may use: keys of its front matter, directives with their options, and roles. Everything else is refused.

It is a list of what is allowed, since nobody knows all that docutils, Sphinx, MyST and other extensions register. Each
name stands for something that shows text, works of the bibliography or files of the survey; none runs anything, reads
a file, reaches another host, changes how a page is read, or puts anything into a page's head. The list is code, not a
setting: ``survey check`` runs no ``conf.py``, and who adds a paper may change ``docs/survey.toml``. A survey that needs
more changes this module, and its change is reviewed as code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from survey.catalogue.markup.own_directives import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.catalogue.schema.facets import Layout


class Content(Enum):
    """What the text inside a directive, or behind its name, is."""

    NOTHING = "nothing"
    WORDS = "words"  #: Shown as it is, or read by the directive.
    MARKDOWN = "Markdown"
    ROWS = "rows of CSV, whose cells are Markdown"
    PAGES = "names of pages"
    TERMS = "terms, and indented below each its definition in Markdown"
    IMAGE = "an image of the survey"


@dataclass(frozen=True, slots=True)
class Value:
    """What an option, or a key of front matter, may say."""

    form: re.Pattern[str]
    words: str  #: The form, for the reference.
    content: Content = Content.WORDS


_FLAG = Value(re.compile("|true"), "nothing, or true")
_NUMBER = Value(re.compile("[0-9]{1,6}"), "a number, in digits")
_LINES = Value(re.compile(r"[0-9]{1,6}(?:-[0-9]{0,6})?(?:, *[0-9]{1,6}(?:-[0-9]{0,6})?)*"), "numbers of lines: 1,3-5")
_NAME = Value(re.compile(r"[\w][\w .:-]{0,99}"), "a name, to be linked to")
_TEXT = Value(re.compile(r".{0,1000}", re.DOTALL), "a text, without markup")
_MARKDOWN = Value(_TEXT.form, "a text in Markdown", Content.MARKDOWN)
_SIDE = Value(re.compile("left|center|right"), "left, center or right")
_WIDTHS = Value(re.compile(r"auto|grid|[0-9]{1,3}(?:[ ,]+[0-9]{1,3})*"), "auto, grid, or a number for each column")

#: Keys of front matter beside that of a kind. Sphinx asks whether they are there, not what they say, so that ``orphan:
#: false`` would do what it denies.
PAGE_KEYS: Mapping[str, Value] = {
    "orphan": _FLAG,
    "no-search": _FLAG,
    "nosearch": _FLAG,
    "tocdepth": Value(re.compile("[0-9]{1,2}"), "a number, in digits"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """How a directive is written."""

    argument: Content = Content.NOTHING  #: Without one, what stands behind the name is the content's first line.
    content: Content = Content.NOTHING
    options: Mapping[str, Value] = field(default_factory=dict)
    own: bool = False  #: One of ours, which knows its options and reports those that it doesn't have.


_BOX = Form(content=Content.MARKDOWN, options={"name": _NAME})
_TABLE = {"name": _NAME, "align": _SIDE, "widths": _WIDTHS}
_COLUMNS = {**_TABLE, "header-rows": _NUMBER, "stub-columns": _NUMBER}
_CODE = {
    "caption": _MARKDOWN,
    "name": _NAME,
    "linenos": _FLAG,
    "lineno-start": _NUMBER,
    "emphasize-lines": _LINES,
    "dedent": _NUMBER,
    "force": _FLAG,
}
_IMAGE = {"alt": _TEXT, "name": _NAME, "align": _SIDE}
_OWN = Form(Content.WORDS, Content.WORDS, own=True)

_BOXES = ("attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning")
_LOOK = Value(re.compile("|".join(_BOXES)), f"the look of another box: {', '.join(_BOXES)}")
DIRECTIVES: Mapping[str, Form] = {
    **dict.fromkeys(_BOXES, _BOX),  # a box around text; no 'class', which could lay it over the page
    "admonition": Form(Content.MARKDOWN, Content.MARKDOWN, {"name": _NAME, "class": _LOOK}),
    "epigraph": Form(content=Content.MARKDOWN),
    "pull-quote": Form(content=Content.MARKDOWN),
    "code-block": Form(Content.WORDS, Content.WORDS, _CODE),
    "code": Form(Content.WORDS, Content.WORDS, {"name": _NAME, "force": _FLAG}),
    "math": Form(content=Content.WORDS, options={"label": _NAME, "name": _NAME}),  # a formula: see formulas
    # No 'target', and no size: sizes become styles inside the page.
    "image": Form(Content.IMAGE, options=_IMAGE),
    "figure": Form(Content.IMAGE, Content.MARKDOWN, _IMAGE),
    "table": Form(Content.MARKDOWN, Content.MARKDOWN, _TABLE),
    "list-table": Form(Content.MARKDOWN, Content.MARKDOWN, _COLUMNS),
    "csv-table": Form(Content.MARKDOWN, Content.ROWS, _COLUMNS),  # no 'file', no 'url', no dialects
    "glossary": Form(content=Content.TERMS, options={"sorted": _FLAG}),
    # No 'glob': a survey's thousands of pages would stand in every sidebar.
    "toctree": Form(
        content=Content.PAGES,
        options={
            "caption": _TEXT,
            "name": _NAME,
            "hidden": _FLAG,
            "maxdepth": _NUMBER,
            "titlesonly": _FLAG,
            "numbered": _FLAG,
            "reversed": _FLAG,
        },
    ),
    # No argument, which names files, and no 'filter' and 'style', which name code.
    "bibliography": Form(options={"all": _FLAG, "cited": _FLAG, "notcited": _FLAG}),
}


def form(name: str) -> Form | None:
    """Return how a directive is written; None if pages may not use it.

    Our own may all be used: they make what they show, and link to addresses that were checked.
    """
    return _OWN if name.startswith(PREFIX) else DIRECTIVES.get(name)


_CITATIONS = (
    *("p", "ps", "t", "ts", "ct", "cts", "empty", "alp", "alps", "label", "labelpar", "year", "yearpar"),
    *("author", "authors", "authorpar", "authorpars", "cauthor", "cauthors"),
)
#: Roles that show text, or link to what the survey holds. Those of facets come with its layout. Not ``numref``, which
#: takes its text for a format of Python, of any width.
ROLES: Mapping[str, str] = {
    **dict.fromkeys(("cite", *(f"cite:{name}" for name in _CITATIONS)), "A citation (see sphinxcontrib-bibtex)."),
    "survey:at": "A link to what is known of one head of a model.",
    "survey:file": "A link to a data file.",
    "survey:paper": "A link to a paper.",
    "doc": "A link to a page.",
    "ref": "A link to a place with a name.",
    "eq": "A link to a formula.",
    "term": "A link to a word of a glossary.",
    "any": "A link to anything of that name.",
    "abbr": "An abbreviation.",
    "code": "Code.",
    "kbd": "Keys to press.",
    "math": "A formula.",
    **dict.fromkeys(("sub", "subscript"), "Text set low."),
    **dict.fromkeys(("sup", "superscript"), "Text set high."),
}


#: Roles of Sphinx's intersphinx, if a survey's conf.py has it: links to what other sites list in their inventories.
_EXTERNAL = re.compile(r"external(?:\+[\w-]+)?:(?:survey:[\w-]+|(?:std:)?(?:doc|ref|term))")


def is_external(role: str) -> bool:
    """Tell whether a role links to another site that conf.py names."""
    return _EXTERNAL.fullmatch(role) is not None


def roles(layout: Layout) -> frozenset[str]:
    """Return the roles that the pages of a survey may use."""
    return frozenset({*ROLES, *(f"{PREFIX}{facet.kind}" for facet in layout.facets)})
