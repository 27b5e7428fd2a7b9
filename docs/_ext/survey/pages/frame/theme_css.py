"""The theme's style sheet without the rules that no page of the site can use.

The theme ships all of Bootstrap's components and all of Font Awesome's icons, for whatever a site may want. Rules are
left out by whole families of class names, never by guessing what a selector matches: what a family's components need
to work is a script that the pages don't load, or a class that neither the theme's templates nor docutils write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

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
    *("btn-danger", "btn-dark", "btn-info", "btn-lg", "btn-light", "btn-link", "btn-primary", "btn-secondary"),
    *("btn-success", "btn-warning", "col-form-label", "icon-link", "initialism", "stretched-link", "table-responsive"),
    *("table-striped", "table-striped-columns"),
    # Bootstrap's grid, and its utilities in many colours, sizes and corners, which they don't write either.
    *(
        "align-content",
        "align-self",
        "align-text",
        "bg",
        "border",
        "clearfix",
        "col",
        "column-gap",
        "d-block",
        "d-grid",
    ),
    *("d-inline", "d-print-block", "d-print-flex", "d-print-grid", "d-print-inline", "d-print-table", "d-table"),
    *("display", "fixed", "flex-fill", "flex-grow", "flex-nowrap", "flex-row", "flex-shrink", "flex-wrap", "float"),
    *("focus-ring", "fs", "fst", "fw", "g", "gap", "gx", "gy", "hstack", "invisible", "justify-content", "lh", "link"),
    *("mh", "min-vh", "min-vw", "mw", "object-fit", "offset", "opacity", "order", "overflow", "pe-auto", "pe-none"),
    *("position", "rounded", "row-cols", "row-gap", "shadow", "sticky", "text-black", "text-body", "text-break"),
    *("text-capitalize", "text-danger", "text-dark", "text-decoration", "text-info", "text-light", "text-lowercase"),
    *("text-muted", "text-nowrap", "text-opacity", "text-primary", "text-reset", "text-secondary", "text-success"),
    *("text-truncate", "text-uppercase", "text-warning", "text-white", "text-wrap", "translate-middle", "user-select"),
    *("vh", "vstack", "vw"),
    # The theme's own bar and columns that fold, in whose place the pages have theirs.
    *("bd-breadcrumbs", "bd-navbar-elements", "bd-search", "navbar-persistent--container", "navbar-persistent--mobile"),
    *("pst-async-banner-revealer", "pst-button-link-to-stable-version", "pst-collapse-sidebar-label"),
    *("pst-expand-sidebar-label", "pst-sidebar-collapse", "pst-squeeze"),
    # Notebooks, blogs, several versions, advertisements.
    *("ablog", "ablog__collection", "ablog__prev-next", "above-input", "below-input", "cell", "cell_input"),
    *("cell_output", "ethical-footer", "ethical-sidebar", "jp", "jupyter_container", "leaflet-tile", "nbinput"),
    *("nboutput", "nblast", "prompt", "rendered_html", "thebe", "thebelab", "utterances", "version-switcher"),
    *("version-switcher__button", "version-switcher__menu", "xr"),
    # Other extensions, whose directives and buttons are none that a survey's files may use.
    *("copybtn", "margin-caption", "margin-toggle", "marginnote", "sidenote", "sphinx-tabs", "toggle-details"),
    # The theme's announcement, icons and links in its bar.
    *("bd-header-announcement", "bd-links__title", "nav-external", "navbar-icon-links", "navbar-text", "pst-icon"),
    *("pst-navbar-icon", "sidebar-header-items__center", "sidebar-header-items__end", "sidebar-header-items__title"),
    *("sidebar-indices-items", "sidebar-indices-items__title"),
    # What directives and roles write that a survey's files may not use (catalogue.markup.allowed): signatures, source
    # code beside them, notes of versions, names of menus, examples of a shell, lists in columns, drawings by programs.
    *("accelerator", "autosummary", "classifier", "deprecated", "descclassname", "descname", "doctest", "graphviz"),
    *("guilabel", "hlist", "line-block", "menuselection", "mermaid", "modindex-jumpbox", "modindextable", "onlyprint"),
    *("option-list", "productionlist", "sig", "versionadded", "versionchanged", "versionmodified", "versionremoved"),
    *("viewcode-back", "viewcode-block", "viewcode-link"),
    # Formulas are MathML, numbers of lines stand in the lines, and the search is a page with its own looks.
    *("MathJax_SVG", "highlighttable", "keywordmatches", "kbd-shortcut__modifier"),
    # The theme's colors as classes.
    *("pst-color",),
)
#: Parts of the theme's pages that ours don't have: a button to the top, a dialog and a box of its search, a warning
#: of another version, a table of contents on paper.
_UNUSED_IDS = (
    *("bd-header-version-warning", "jb-print-docs-body", "jb-print-toc", "pst-back-to-top"),
    *("pst-collapse-sidebar-button", "pst-search-dialog", "search-results", "searchbox", "top-link"),
)
#: Bootstrap's utilities with a number, for margins, padding, sizes and places: ``.mt-3``, ``.w-100``, ``.mx-auto``.
_WITH_NUMBER = re.compile(r"\.(?:[mp][xytbse]?|[hwz]|top|bottom|start|end)-(?:n?\d+|auto)(?![\w-])")
#: Columns and bars of Sphinx's basic theme, in whose place this theme has its own.
_BASIC = (
    "bodywrapper",
    "contentstable",
    "documentwrapper",
    "related",
    "search",
    "sphinxsidebar",
    "sphinxsidebarwrapper",
)
#: Classes of which others begin with the same word: ``bd-header`` is the theme's bar, ``bd-header-article`` the pages'.
_UNUSED_NAMES = ("bd-footer", "bd-header", "contents", "margin", "navbar", "row", "sidebar", "topic")

_FAMILY = re.compile(rf"\.(?:{'|'.join(map(re.escape, UNUSED_FAMILIES))})(?![a-zA-Z0-9_])")
#: Bootstrap's utilities for one width of screen: ``.mt-lg-3``, ``.col-md-6``; but ``.btn-sm`` is a small button.
_FOR_ONE_WIDTH = re.compile(r"\.(?!btn-)[a-z]+(?:-[a-z]+)?-(?:sm|md|lg|xl|xxl)(?:-[a-z0-9-]+)?(?![\w-])")
_ALONE = re.compile(rf"\.(?:{'|'.join(map(re.escape, (*_BASIC, *_UNUSED_NAMES)))})(?![\w-])")
#: Grids, cards and tabs of sphinx-design, whose directives are none that a survey's files may use.
_DESIGN = re.compile(r"\.sd-[a-z]")
_ID = re.compile(rf"#(?:{'|'.join(_UNUSED_IDS)})(?![\w-])")
_NAME = re.compile("|".join(one.pattern for one in (_FAMILY, _FOR_ONE_WIDTH, _WITH_NUMBER, _ALONE, _DESIGN, _ID)))
_TOKEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]""", re.DOTALL)
_COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
#: Pictures inside the style sheet, for components that are left out: the content security policy forbids them.
_PICTURE = re.compile(r'--[\w-]+:url\("data:(?:\\.|[^"\\])*"\)(?:;|(?=\}))')
#: A value that the theme, Bootstrap or an icon font sets for its components to read: ``--bs-blue:#0d6efd;``.
_SET = re.compile(r"""(--(?:bs|fa|pst|sd)-[\w-]+):((?:[^;{}"']|"[^"]*"|'[^']*')*)(?:;|(?=\}))""")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_NESTING = ("@media", "@supports", "@layer", "@container")


def is_unused(name: str) -> bool:
    """Return whether rules for a class are left out, or with a ``#`` before it for the element of an id."""
    return _NAME.match(name if name.startswith("#") else f".{name}") is not None


def lightened(css: str, others: str = "") -> str:
    """Return a style sheet without the rules whose every selector asks for a class that no page has.

    Values that only these rules read go with them. ``others`` are the style sheets that pages have besides.
    """
    return _without_unread("".join(_kept(_PICTURE.sub("", _COMMENT.sub("", css)))), frozenset(_READ.findall(others)))


def _without_unread(css: str, elsewhere: Set[str]) -> str:
    """Leave out values that nothing reads, here or elsewhere, and then those that only these have read."""
    unread = {name for name, _value in _SET.findall(css)} - elsewhere - set(_READ.findall(css))
    if not unread:
        return css
    return _without_unread(_SET.sub(lambda found: "" if found[1] in unread else found[0], css), elsewhere)


def _kept(css: str) -> Iterator[str]:
    for prelude, body in _rules(css):
        head = _without_comments(prelude).strip()
        if body is None:
            yield f"{prelude};"
        elif head.startswith(_NESTING):
            inner = "".join(_kept(body))
            if inner.strip():
                yield f"{prelude}{{{inner}}}"
        elif head.startswith("@font-face"):
            if "Awesome" not in body:
                yield f"{prelude}{{{body}}}"
        elif head.startswith("@keyframes fa-"):
            continue
        elif head.startswith("@"):
            yield f"{prelude}{{{body}}}"
        elif selectors := [one for one in _selectors(prelude) if not _never_matches(one)]:
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
_ANY_OF = re.compile(r":(?:is|where)\(([^()]*)\)")
_NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")


def _never_matches(selector: str) -> bool:
    """Tell whether a selector asks for what no page has, by itself or in each of the choices that it gives."""
    return bool(_NAME.search(_positive(selector))) or any(
        all(_NAME.search(choice) for choice in choices.split(","))
        for choices in _ANY_OF.findall(_NOT.sub("", selector))
    )


def _positive(selector: str) -> str:
    """Return a selector without functions such as ``:not(.x)`` and ``:is(.x, .y)``: they don't say it needs ``.x``."""
    while (shorter := _FUNCTION.sub("", selector)) != selector:
        selector = shorter
    return selector
