"""The theme's style sheet without the rules that no page of the site can use.

The theme ships all of Bootstrap's components and all of Font Awesome's icons, for whatever a site may want. Rules are
left out by whole families of class names, never by guessing what a selector matches: what a family's components need
to work is a script that the pages don't load, or a class that neither the theme's templates nor docutils write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Families of class names: ``modal`` stands for ``.modal``, ``.modal-body`` and so on.
UNUSED_FAMILIES = (
    # Font Awesome: icons are inline SVG.
    *("fa", "fab", "far", "fas", "fass"),
    # Components that need Bootstrap's script.
    *("accordion", "bs-popover", "bs-tooltip", "btn-check", "btn-close", "carousel", "collapsing", "dropdown"),
    *("dropend", "dropstart", "dropup", "fade", "modal", "offcanvas", "popover", "tab-content", "tab-pane", "toast"),
    *("tooltip",),
    # Components that neither the templates nor docutils write.
    *("alert", "badge", "blockquote", "breadcrumb", "btn-group", "btn-outline", "btn-toolbar", "card", "form"),
    *("img-thumbnail", "input-group", "invalid", "is-invalid", "is-valid", "list-group", "list-inline"),
    *("nav-fill", "nav-justified", "nav-pills", "nav-tabs", "nav-underline", "navbar-dark", "navbar-expand"),
    *("navbar-toggler", "page-item", "page-link", "pagination", "placeholder", "progress", "ratio", "spinner"),
    *("table-active", "table-bordered", "table-borderless", "table-danger", "table-dark", "table-hover"),
    *("table-info", "table-light", "table-primary", "table-secondary", "table-success", "table-warning"),
    *("text-bg", "valid", "vr", "was-validated"),
    # Bootstrap's utilities in many colours and corners, which they don't write either.
    *("display", "focus-ring", "link", "offset", "rounded", "row-cols"),
    # Notebooks, blogs, several versions, advertisements.
    *("ablog", "cell", "cell_input", "cell_output", "jp", "nbinput", "nboutput", "prompt"),
    *("thebe", "thebelab", "version-switcher", "xr"),
)

_FAMILY = re.compile(rf"\.(?:{'|'.join(map(re.escape, UNUSED_FAMILIES))})(?![a-zA-Z0-9_])")
#: Bootstrap's utilities for one width of screen: ``.mt-lg-3``, ``.col-md-6``; but ``.btn-sm`` is a small button.
_FOR_ONE_WIDTH = re.compile(r"\.(?!btn-)[a-z]+(?:-[a-z]+)?-(?:sm|md|lg|xl|xxl)(?:-[a-z0-9-]+)?(?![\w-])")
_NAME = re.compile("|".join([_FAMILY.pattern, _FOR_ONE_WIDTH.pattern]))
_TOKEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]""", re.DOTALL)
_COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
#: Pictures inside the style sheet, for components that are left out: the content security policy forbids them.
_PICTURE = re.compile(r'--[\w-]+:url\("data:(?:\\.|[^"\\])*"\)(?:;|(?=\}))')
_NESTING = ("@media", "@supports", "@layer", "@container")


def is_unused(name: str) -> bool:
    """Return whether rules for a class are left out."""
    return _NAME.match(f".{name}") is not None


def lightened(css: str) -> str:
    """Return a style sheet without the rules whose every selector asks for a class that no page has."""
    return "".join(_kept(_PICTURE.sub("", _COMMENT.sub("", css))))


def _kept(css: str) -> Iterator[str]:
    for prelude, body in _rules(css):
        head = _without_comments(prelude).strip()
        if body is None:
            yield f"{prelude};"
        elif head.startswith(_NESTING):
            inner = lightened(body)
            if inner.strip():
                yield f"{prelude}{{{inner}}}"
        elif head.startswith("@font-face"):
            if "Awesome" not in body:
                yield f"{prelude}{{{body}}}"
        elif head.startswith("@keyframes fa-"):
            continue
        elif head.startswith("@"):
            yield f"{prelude}{{{body}}}"
        elif selectors := [one for one in _selectors(prelude) if not _NAME.search(_positive(one))]:
            yield f"{','.join(selectors)}{{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Yield what stands before each pair of braces with what is between them, or statements without braces."""
    depth, start, opened = 0, 0, 0
    for token in _TOKEN.finditer(css):
        match token[0]:
            case "{":
                depth += 1
                if depth == 1:
                    opened = token.start()
            case "}":
                depth -= 1
                if depth == 0:
                    yield css[start:opened], css[opened + 1 : token.start()]
                    start = token.end()
            case ";" if depth == 0:
                yield css[start : token.start()], None
                start = token.end()


def _without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def _selectors(prelude: str) -> list[str]:
    """Split a list of selectors at its commas, not at those inside brackets."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(prelude):
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == "," and depth == 0:
            found.append(prelude[start:at])
            start = at + 1
    return [*found, prelude[start:]]


_FUNCTION = re.compile(r":[\w-]+\([^()]*\)")


def _positive(selector: str) -> str:
    """Return a selector without functions such as ``:not(.x)`` and ``:is(.x, .y)``: they don't say it needs ``.x``."""
    while (shorter := _FUNCTION.sub("", selector)) != selector:
        selector = shorter
    return selector
