"""Others that one might pick instead, on the same papers: MkDocs with Material and its tags, Hugo."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from typing import TYPE_CHECKING

from bench.measuring import Cost, cost_of
from bench.surveys import markdown_only

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.surveys import Survey

_MKDOCS = (
    "site_name: The same papers\ntheme: {name: material}\nplugins: [search, tags]\nmarkdown_extensions: [def_list]\n"
)
_HUGO = 'baseURL = "https://example.org/"\ntitle = "The same papers"\n'
_PAGE = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"
_LIST = """\
<!doctype html><title>{{ .Title }}</title>
{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
"""


def measure(survey: Survey, work: Path) -> dict[str, Cost]:
    """Return what those that are installed cost."""
    return dict(_measure(survey, work))


def _measure(survey: Survey, work: Path) -> Iterator[tuple[str, Cost]]:
    if importlib.util.find_spec("mkdocs") and importlib.util.find_spec("material"):
        root = work / "mkdocs"
        markdown_only(survey, root / "docs")
        (root / "mkdocs.yml").write_text(_MKDOCS, "utf-8")
        yield "MkDocs Material", cost_of([sys.executable, "-m", "mkdocs", "build", "-q"], root)
    hugo = shutil.which("hugo")
    if hugo is not None:
        root = work / "hugo"
        markdown_only(survey, root / "content")
        (root / "hugo.toml").write_text(_HUGO, "utf-8")
        layouts = root / "layouts" / "_default"
        layouts.mkdir(parents=True)
        (layouts / "single.html").write_text(_PAGE, "utf-8")
        (layouts / "list.html").write_text(_LIST, "utf-8")
        yield "Hugo (bare templates)", cost_of([hugo, "--quiet"], root)
