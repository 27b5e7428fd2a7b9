"""Our templates, found before the theme's of the same name and after the survey's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

_OURS = Path(__file__).parents[2]


def put_before_the_themes(folder: Path, app: Sphinx) -> None:
    """Let templates of a folder stand in for those of the theme, and for those that were put there earlier.

    Sphinx reads the folders before its theme is known to us, and EPUB has another theme; so the templates begin again.
    Themes add folders of their own to those of the survey, which may be absolute as well: a survey's are all that lie
    neither in the theme nor among ours. ``.buildinfo`` has noted the configuration by then, without our path.
    """
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    paths = app.config.templates_path
    behind = [_OURS, *map(Path, builder.theme.get_theme_dirs())]
    at = next((at for at, path in enumerate(paths) if _is_in(Path(app.confdir, path), behind)), len(paths))
    app.config.templates_path = [*paths[:at], str(folder), *paths[at:]]
    builder.templates.init(builder, builder.theme)


def _is_in(path: Path, folders: list[Path]) -> bool:
    place = Path(os.path.realpath(path))
    return any(place.is_relative_to(os.path.realpath(folder)) for folder in folders)
