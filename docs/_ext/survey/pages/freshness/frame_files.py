"""What goes into pages beside their text: static and extra files, the theme and the templates.

Pages name style sheets and scripts with a digest of their content, and templates frame every page. Sphinx writes pages
again for a template that is newer, but neither for a static file that has changed nor for a template that is gone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from survey.catalogue.texts.digests import digest_of_all
from survey.pages.core.file_digests import file_digests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from survey.catalogue.texts.known_digests import KnownDigests

_STATIC = "_static"
#: Marks what stands in no place of the output.
AROUND = "*"
#: How the names of files end that Sphinx renders instead of copying them.
_RENDERED = (".jinja", "_t")


def inputs_of(app: Sphinx) -> dict[str, str]:
    """Return digests of what every page of HTML may depend on, by the place in the output or else by what it is."""
    if app.builder.format != "html":
        return {}
    builder, config, known = app.builder, app.config, file_digests(app)
    theme = getattr(builder, "theme", None)
    folders = [Path(folder) for folder in theme.get_theme_dirs()] if theme is not None else []
    files = {f"{AROUND}theme": _digest(known, folders)}
    files[f"{AROUND}templates"] = _digest(known, (Path(app.confdir, path) for path in config.templates_path))
    single = [config.html_logo, config.html_favicon]
    for entry in [*config.html_static_path, *(path for path in single if path)]:
        files |= {f"{_STATIC}/{name}": known.found(path) for name, path in _placed(Path(app.confdir, str(entry)))}
    for entry in config.html_extra_path:
        files |= {name: known.found(path) for name, path in _placed(Path(app.confdir, str(entry)))}
    return files


def _placed(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files that Sphinx copies for an entry of a path, each with its place."""
    if path.is_file():
        yield _name(path.name), path
    for inner in _inside(path):
        yield _name(inner.relative_to(path).as_posix()), inner


def _name(place: str) -> str:
    return next((place.removesuffix(ending) for ending in _RENDERED if place.endswith(ending)), place)


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def _digest(known: KnownDigests, folders: Iterable[Path]) -> str:
    """Return a digest of the names and the content of all files in some folders, one after the other."""
    inside = ((folder, path) for folder in folders for path in _inside(folder))
    lines = (f"{path.relative_to(folder).as_posix()} {known.found(path)}\n" for folder, path in inside)
    return digest_of_all(line.encode("utf-8", "replace") for line in lines)
