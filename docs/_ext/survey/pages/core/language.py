"""The language of a build: Sphinx's message catalogue of the extension, for Python, templates and scripts.

``language`` of the configuration chooses it (``-D language=zh_CN``). Sphinx reads every page again when that changes.
The search follows the page's language by itself: see :mod:`survey.pages.site.search`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import locale

from survey import translation
from survey.translation import CATALOGUE, LOCALE

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

#: What scripts say, as a script that pages load before ours; see :mod:`survey.messages`.
SCRIPT = f"{CATALOGUE}.js"


def setup(app: Sphinx) -> None:
    """Speak the build's language from now on, and again wherever another build of the process may have come between."""
    locale.translators.pop(("general", CATALOGUE), None)  # an earlier build's, which Sphinx would add to
    app.add_message_catalog(CATALOGUE, str(LOCALE))
    spoken = locale.get_translator(CATALOGUE)
    translation.use(spoken)

    def speak(*_: Any) -> tuple[()]:
        translation.use(spoken)
        return ()

    app.connect("builder-inited", speak, priority=0)
    app.connect("env-get-outdated", speak, priority=0)
    app.connect("builder-inited", _load_script)
    app.connect("html-page-context", _give_templates)


def _load_script(app: Sphinx) -> None:
    """Let pages load what our scripts say, unless that is what they say anyway."""
    script = _script(app.config.language)
    if script is not None and app.builder.format == "html":
        app.config.html_static_path = [*app.config.html_static_path, str(script)]
        app.add_js_file(SCRIPT, priority=400, loading_method="defer")  # before ours


def _script(language: str) -> Path | None:
    """Return the script of a language, which may say of which country it is (``zh_CN``)."""
    for name in (language, language.partition("_")[0]):
        path = LOCALE / name / "LC_MESSAGES" / SCRIPT
        if path.is_file():
            return path
    return None


def _give_templates(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Let templates say words of our catalogue: ``{{ say("Contribute") }}``."""
    context["say"] = translation.say
