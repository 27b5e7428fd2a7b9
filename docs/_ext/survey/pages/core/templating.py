"""Our templates, found before the theme's of the same name and after the survey's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


def put_before_the_themes(folder: Path, app: Sphinx) -> None:
    """Let templates of a folder stand in for those of the theme, and for those that were put there earlier.

    Sphinx reads the folders before its theme is known to us, and EPUB has another theme; so the templates begin again.
    ``.buildinfo`` has noted the configuration by then, without our path.
    """
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    paths = app.config.templates_path
    themes = next((at for at, path in enumerate(paths) if Path(path).is_absolute()), len(paths))
    app.config.templates_path = [*paths[:themes], str(folder), *paths[themes:]]
    builder.templates.init(builder, builder.theme)
