"""A badge that a paper's own page can show, with what has to be copied for it: folded away below how to cite the paper.

``survey_badge`` names its image, among the files of ``html_static_path``. Without it, or without an address of the site
to which others can link, there is none.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from survey.pages.core.builders import is_site, site_of
from survey.pages.core.loading import app_of
from survey.pages.core.nodes import add_html_node
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


class badge_box(nodes.General, nodes.Element):
    """The badge of a page; only sites have it."""


def _visit(translator: Any, node: badge_box) -> None:
    app = app_of(translator.builder.env)
    image = app.config.survey_badge
    if is_site(app.builder) and image and app.config.html_baseurl:
        docname = translator.builder.current_docname
        translator.body += _html(app, docname, f"_static/{image}")
    raise nodes.SkipNode


def _html(app: Sphinx, docname: str, image: str) -> Iterator[str]:
    site = site_of(app)
    page, picture = escape(site.link(site.page(docname))), escape(site.link(image))
    words = escape(_("In the survey: {project}").format(project=app.config.project))
    shown = escape(relative_uri(app.builder.get_target_uri(docname), image))
    snippets = {
        "Markdown": f"[![{_plain(words)}]({picture})]({page})",
        "HTML": f'<a href="{page}"><img src="{picture}" alt="{words}"></a>',
    }
    summary = escape(_("A badge for its page"))
    yield f'<details class="survey-badge" data-pagefind-ignore="all"><summary>{summary}</summary>\n'
    yield f'<p><img src="{shown}" alt="{words}" height="20" loading="lazy"></p>\n'
    for name, text in snippets.items():
        yield f'<p>{name}</p>\n<pre tabindex="0" role="group" aria-label="{name}"><code>{escape(text)}</code></pre>\n'
    yield "</details>\n"


def _plain(words: str) -> str:
    """Return words as the text of a link in Markdown."""
    return "".join(f"\\{sign}" if sign in "[]\\" else sign for sign in words)


def setup(app: Sphinx) -> None:
    """Register the node and the name of the image."""
    add_html_node(app, badge_box, _visit)
    described = "The image of a badge for papers' own pages, a file of html_static_path; none if empty."
    app.add_config_value("survey_badge", "", "html", types=frozenset({str}), description=described)
