"""Pages that weigh little: sphinx-book-theme's look without the scripts, fonts and rules that these pages don't use.

What every page loads of style sheets, the theme's and ours, is one file, and of scripts another: a page is drawn when
it has the last one, and two are there sooner than nine.

``templates/layout.html`` says what is left out and why that is safe. Only this theme is known well enough for that:
with any other one, pages are as the theme makes them.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rcssmin
import rjsmin

from survey.pages.core.templating import put_before_the_themes
from survey.pages.frame.theme_css import lightened
from survey.pages.freshness.last_build import given_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

THEME = "sphinx_book_theme"
TEMPLATES = Path(__file__).parents[1] / "templates"
_TYPE = Path(__file__).parents[1] / "type"  #: The fonts and their style sheet.
_STATIC = Path(__file__).parents[1] / "static"  #: Our style sheets and scripts.
#: The style sheets of the theme and of the one that it is made from, in their order.
_WHOLE_CSS = ("styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css")
_BASIC_TEMPLATE = "basic.css.jinja"
#: Ours that every page loads, in their order: each may change what is set by one before. A survey may have its own.
_EVERYWHERE = ("fonts.css", "frame.css", "survey.css", "print.css")
#: The place of all of these as one. It stands beside what ours name by relative addresses.
_LIGHT_CSS = "_static/survey-page.css"
#: The first runs before anything is drawn, the others when the page is there. They are one file for all pages, as on a
#: slow line a request costs more than these weigh; it comes beside the style sheet, which drawing waits for anyway.
_SCRIPTS = ("mode.js", "page.js", "cards.js", "cite.js")
_LIGHT_JS = "_static/survey-page.js"
_PARTS = (*_EVERYWHERE, *_SCRIPTS)
_IN_ONE = frozenset(f"_static/{name}" for name in _PARTS)
#: What Sphinx writes into its own style sheet of a theme's options.
_WIDTHS = ("sidebarwidth", "body_min_width", "body_max_width")
#: Scripts of Sphinx and of the theme for what the pages do without, or with page.js.
_UNUSED_SCRIPTS = frozenset(
    {
        "_static/documentation_options.js",
        "_static/doctools.js",
        "_static/sphinx_highlight.js",
        "_static/translations.js",
        "_static/scripts/sphinx-book-theme.js",
    }
)
#: What Sphinx copies for them, and for nothing else: 6 MB, and templates that Pagefind takes for pages.
_UNUSED_FILES = (
    "_static/doctools.js",
    "_static/images",  # logos of services that run notebooks
    "_static/language_data.js",
    "_static/scripts",
    "_static/searchtools.js",
    "_static/sphinx_highlight.js",
    "_static/translations.js",
    "_static/styles/pydata-sphinx-theme.css",
    "_static/styles/pydata-sphinx-theme.css.map",
    "_static/styles/sphinx-book-theme.css",
    "_static/styles/sphinx-book-theme.css.map",
    "_static/styles/theme.css",
    "_static/vendor/fontawesome",
    "_static/webpack-macros.html",
    "_static/sbt-webpack-macros.html",
)
#: Colors for code are for pages that have some.
_PYGMENTS_CSS, _CODE = "_static/pygments.css", 'class="highlight'
#: What is not drawn before a reader unfolds it: letters that only it has can wait.
_FOLDED = re.compile(r"<details(?![^>]* open).*?</details>", re.DOTALL)
_SETTINGS = "DOCUMENTATION_OPTIONS."  #: What scripts of the theme begin with that stand in the page.
_ATTRIBUTE = "survey_theme_css"
_SCRIPT = "survey_page_script"
_ADDRESSES = "survey_frame_addresses"  #: Of what templates load, by the name that they know it by.


def is_light(app: Sphinx) -> bool:
    """Return whether pages are made from our templates."""
    return app.builder.format == "html" and bool(getattr(app, _ATTRIBUTE, ""))


def _prepare(app: Sphinx) -> None:
    """Let our templates stand in for the theme's of the same name, and make our style sheet of the theme's."""
    if getattr(getattr(app.builder, "theme", None), "name", None) != THEME:
        return
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    put_before_the_themes(TEMPLATES, app)
    if str(_TYPE) not in app.config.html_static_path:  # here, not for all builders: an EPUB's readers have fonts
        app.config.html_static_path.insert(0, str(_TYPE))
    whole = "".join(_themes(builder, name).read_text("utf-8") for name in _WHOLE_CSS)
    ours = (rcssmin.cssmin(_given(app, name).read_text("utf-8", "replace")) for name in _EVERYWHERE)
    setattr(app, _ATTRIBUTE, "\n".join([lightened(whole, _other_css(app)), *ours]))
    setattr(app, _SCRIPT, _one_script(app))
    # Sphinx writes its own when all pages are written: until then it is known by what it is made from.
    basic = lightened(_themes(builder, _BASIC_TEMPLATE).read_text("utf-8"))
    widths = [str(builder.theme_options.get(name, "")) for name in _WIDTHS]
    addresses = {
        "survey_page_css": _versioned(_LIGHT_CSS, "\n".join([*widths, basic, getattr(app, _ATTRIBUTE)])),
        "survey_page_js": _versioned(_LIGHT_JS, getattr(app, _SCRIPT)),
    }
    setattr(app, _ADDRESSES, addresses)


def _lighten(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take unused scripts and an outdated role from a page, and tell its template where its files are."""
    if not is_light(app):
        return
    context |= getattr(app, _ADDRESSES)
    # Docutils marks entries with a role that ARIA has given up, and their list is no list of such entries.
    context["body"] = context.get("body", "").replace(' role="doc-biblioentry"', ' role="listitem"')
    context["survey_shows_formulas"] = "<math" in context["body"] and "<math" in _FOLDED.sub("", context["body"])
    context["script_files"] = [script for script in context["script_files"] if not _is_unused(script)]
    unused = {f"_static/{_WHOLE_CSS[1]}", *_IN_ONE}
    if _CODE not in context["body"]:
        unused.add(_PYGMENTS_CSS)
    context["css_files"] = [css for css in context["css_files"] if str(getattr(css, "filename", css)) not in unused]


def _other_css(app: Sphinx) -> str:
    """Return the style sheets that are no theme's: the survey's and ours, which read what the theme sets."""
    folders = [_TYPE, _STATIC, *(Path(app.confdir, path) for path in app.config.html_static_path)]
    return "\n".join(path.read_text("utf-8", "replace") for folder in folders for path in sorted(folder.rglob("*.css")))


def _themes(builder: StandaloneHTMLBuilder, name: str) -> Path:
    """Return where a static file of the theme is, or of one that it is made from."""
    folders = [Path(folder) / "static" for folder in builder.theme.get_theme_dirs()]
    return next(path for folder in folders if (path := folder / name).is_file())


def _given(app: Sphinx, name: str) -> Path:
    """Return where the file is that Sphinx copies under a name: the last of these, as in its own folders."""
    folders = [_STATIC, *(Path(app.confdir, path) for path in app.config.html_static_path)]
    return next(path for folder in reversed(folders) if (path := folder / name).is_file())


def _one_script(app: Sphinx) -> str:
    """Return the script of every page: what must be before the page is drawn, and what waits for it."""
    first, *later = (rjsmin.jsmin(_given(app, name).read_text("utf-8", "replace")) for name in _SCRIPTS)
    return "\n".join([first, 'addEventListener("DOMContentLoaded",()=>{', *later, "});", ""])


def _versioned(name: str, content: str) -> str:
    """Return the address of a file with what makes browsers ask for it again when it has changed."""
    return f"{name}?v={hashlib.sha256(content.encode()).hexdigest()[:8]}"


def _is_unused(script: Any) -> bool:
    name = str(getattr(script, "filename", script) or "")
    body = str(getattr(script, "attributes", {}).get("body") or "")
    return name in _UNUSED_SCRIPTS or name in _IN_ONE or body.strip().startswith(_SETTINGS)


def _tidy(app: Sphinx, exception: Exception | None) -> None:
    """Write the one style sheet and the one script, and take away the files that no page asks for."""
    if exception is not None or not is_light(app):
        return
    basic = Path(app.outdir, "_static/basic.css").read_text("utf-8")
    Path(app.outdir, _LIGHT_CSS).write_text(lightened(basic) + getattr(app, _ATTRIBUTE), "utf-8")
    Path(app.outdir, _LIGHT_JS).write_text(getattr(app, _SCRIPT), "utf-8")
    for name in _PARTS:
        if _given(app, name).parent in (_STATIC, _TYPE):
            Path(app.outdir, "_static", name).unlink(missing_ok=True)
    given = given_files(app)
    for path, original in _unused(app):
        name = path.relative_to(app.outdir).as_posix()
        if name not in given and path.is_file() and (original is None or path.read_bytes() == original.read_bytes()):
            path.unlink()
    for folder in sorted(Path(app.outdir, "_static").rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _unused(app: Sphinx) -> Iterator[tuple[Path, Path | None]]:
    """Yield the copies of unused files with what they are copies of, if they aren't made by Sphinx.

    What else is in these folders, or under these names, is the survey's own, or some extension's.
    """
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    folders = [Path(folder) / "static" for folder in builder.theme.get_theme_dirs()]
    for name in _UNUSED_FILES:
        copy, inner = Path(app.outdir, name), name.removeprefix("_static/")
        originals = [folder / inner for folder in folders if (folder / inner).exists()]
        if not originals:
            yield copy, None
        for original in originals:
            yield copy, original
            for path in original.rglob("*"):
                yield copy / path.relative_to(original), path


def setup(app: Sphinx) -> None:
    """Connect the steps."""
    app.connect("builder-inited", _prepare, priority=100)  # before extensions that add to the templates
    app.connect("html-page-context", _lighten, priority=990)  # after themes and extensions have added theirs
    app.connect("build-finished", _tidy)
