"""The content security policy: what pages may load and run, said in each page and for the server.

Whatever a stranger's text could bring into a page in spite of all else, a browser runs no script and applies no style
that stands in the page itself, and asks no other host for anything. So nothing of ours stands there either: scripts and
styles are files, sizes are classes (:mod:`survey.pages.html.sizes`), and Sphinx's own templates lose what they have of
both.
``'wasm-unsafe-eval'`` is for Pagefind, whose search is WebAssembly; it lets no text become a script.

A ``<meta>`` element works on any host and from a folder (``file://``, where browsers let ``'self'`` stand for files).
``_headers`` says the same, and what only a header can say, on hosts that read it
(https://docs.netlify.com/routing/headers/, https://developers.cloudflare.com/pages/configuration/headers/).
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from survey.pages.core.builders import is_site
from survey.pages.core.templating import put_before_the_themes

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'"
HEADERS = "_headers"
#: What a header can say and no ``<meta>``, and what pages don't need: a form or a ``<base>`` that leads elsewhere.
_ONLY_IN_HEADERS = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_MORE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",  # for browsers that don't know frame-ancestors
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: Sphinx's templates without the styles and the script that stand in them.
_TEMPLATES = Path(__file__).parents[1] / "templates" / "any"


def policy_tag(app: Sphinx) -> str:
    """Return the element that says the policy, for the start of a head; nothing if the survey has no policy."""
    policy = str(app.config.survey_content_security_policy)
    return f'<meta http-equiv="Content-Security-Policy" content="{_quoted(policy)}">' if policy else ""


def _quoted(policy: str) -> str:
    """Escape a policy for an attribute in double quotes; the single ones in it stay, which people look for."""
    return escape(policy, quote=False).replace('"', "&quot;")


def headers(policy: str) -> str:
    """Return the file for hosts: a path, below it a header a line."""
    said = {"Content-Security-Policy": f"{policy}; {_ONLY_IN_HEADERS}"} if policy else {}
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in (said | _MORE_HEADERS).items())


def _prepare(app: Sphinx) -> None:
    if is_site(app.builder) and app.config.survey_content_security_policy:
        put_before_the_themes(_TEMPLATES, app)


def _say(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the policy before everything else in a page's head but its encoding."""
    if is_site(app.builder):
        written = context.get("metatags") or ""
        context["metatags"] = f"\n    {policy_tag(app)}\n    {written.lstrip()}"


def _write_headers(app: Sphinx, exception: Exception | None) -> None:
    """Write the file, unless the survey has one of its own among its extra files."""
    if exception is not None or not is_site(app.builder) or _has_its_own(app):
        return
    path, content = app.outdir / HEADERS, headers(str(app.config.survey_content_security_policy)).encode()
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)


def _has_its_own(app: Sphinx) -> bool:
    extra = [Path(app.confdir) / path for path in app.config.html_extra_path]
    return any(path.name == HEADERS or (path / HEADERS).is_file() for path in extra)


def setup(app: Sphinx) -> None:
    """Register the policy and connect the steps."""
    described = (
        "The Content-Security-Policy of the pages. A theme or an extension whose scripts stand in the page itself "
        "needs another one; if empty, pages have none."
    )
    app.add_config_value(
        "survey_content_security_policy", POLICY, "html", types=frozenset({str}), description=described
    )
    app.connect("builder-inited", _prepare, priority=99)  # before light_theme, whose templates stand before these
    app.connect("html-page-context", _say, priority=995)  # after all that adds to the head
    app.connect("build-finished", _write_headers)
