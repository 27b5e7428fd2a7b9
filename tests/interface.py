"""A survey that shows every part of the interface, and what of its pages a reader sees or hears."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trees import Tree, small_survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bs4 import BeautifulSoup
    from trees import Built

_EXPLORE = "# Xexplore\n\n```{survey:explore}\n```\n"
_ATLAS = "# Xatlas\n\n```{survey:atlas}\n```\n"
_TIMELINE = "# Xtimeline\n\n```{survey:timeline}\n```\n"
_LISTS = """\
# Xlists

```{survey:counts}
```

```{survey:taxonomy}
:brief:
```

```{survey:index} model
```

```{survey:papers}
:group-by: model
```

```{survey:papers}
:year: 2024
:head: previous-token
```

```{survey:cite}
```
"""
_FLOW = """\
# Xflow

Equation:

$$x$$ (eq)

````{survey:flow}
title: Xflowing
model: llama-2-7b
nodes:
  - id: one
    head: memory
    token: xtok
  - id: two
    head: retrieval
    at: ["16.19"]
edges:
  - from: one
    to: two
    moves: xmoves
````
"""
_PATTERN = {
    "tokens": ["xa", "xb", "xc"],
    "attends": [{"from": 1, "to": 0, "weight": 0.5}, {"from": 2, "to": 1}],
    "caption": "Xcaption.",
}
_CITATION = "@misc{small2026survey,\n  title  = {Xsurvey},\n  author = {{Xauthors}},\n  year   = {2026},\n}\n"
# Sphinx's own defaults are lists that all builds of one process share, and themes and extensions add to them.
_THEME = """\
html_theme = "sphinx_book_theme"
html_title = project
survey_text_language = "en"
exclude_patterns = []
templates_path = []
html_static_path = []
"""
_HEARD = ("aria-label", "title", "placeholder", "alt", "label", "data-label")


def whole_survey(root: Path) -> Tree:
    """Return the small survey with a page of each kind, in the theme of the site."""
    tree = small_survey(root)
    tree.replace("docs/conf.py", 'html_theme = "basic"', _THEME)
    tree.write("CITATION.bib", _CITATION)
    pages = {"explore": _EXPLORE, "atlas": _ATLAS, "timeline": _TIMELINE, "lists": _LISTS, "survey/flow": _FLOW}
    for name, text in pages.items():
        tree.write(f"docs/{name}.md", text)
    tree.replace("docs/index.md", "chronology\n", "".join(f"{name}\n" for name in ["chronology", *pages]))
    outside = {"model": "llama-2-7b", "at": ["16.19"], "source": "Xsource", "url": "https://example.org/x"}
    tree.head(
        "copying",
        stage="in-context-identification",
        category="overall-structure",
        parent="previous-token",
        pattern=_PATTERN,
        positions=[outside],
    )
    for number in range(12):  # more heads than are listed without a field to find one
        tree.head(f"extra-{number}", name=f"Extra {number}", stage="knowledge-recalling", category="recall")
    at = {"model": "llama-2-7b", "at": ["16.19", "3.4"], "source": "Xtable"}
    scan = {**at, "at": [f"{layer}.{head}" for layer in range(3) for head in range(32)], "inferred": True}
    tree.paper(
        "dunn2026extras",
        title="Xtitle",
        heads=["retrieval", "copying", *(f"extra-{number}" for number in range(12))],
        published="2026-02",
        models=["llama-2-7b"],
        links={"code": ["https://example.org/a", "https://example.org/b"], "data": ["https://example.org/c"]},
        positions=[{**at, "head": "retrieval"}, {**scan, "head": "copying"}],
        aliases=["dunn2025extras"],
        bib={"author": "Dunn, Eve", "url": "https://example.org/paper"},
    )
    return tree


def files_of(built: Built) -> dict[str, bytes]:
    """Return the output of a build, without what Sphinx notes for the next."""
    return {name: content for name, content in built.files.items() if not name.startswith(".buildinfo")}


def said(page: BeautifulSoup) -> Iterator[str]:
    """Yield every piece of text of a page, and what names its parts to those who hear it."""
    for tag in page(["script", "style", "pre", "code"]):
        tag.decompose()
    for text in page.find_all(string=True):
        if text.strip() and type(text).__name__ == "NavigableString":
            yield " ".join(text.split())
    for tag in page.find_all(True):
        if "Z3988" not in tag.get("class", []):
            yield from (str(tag[name]) for name in _HEARD if tag.get(name))


def words_of(text: str) -> set[str]:
    """Return the words of a text in Latin letters."""
    return set(re.findall(r"\b[A-Za-z]{2,}\b", text))


def own_words(tree: Tree) -> set[str]:
    """Return the words of a survey's own files."""
    paths = [*(tree.root / "docs").rglob("*"), *tree.root.glob("*.bib")]
    return {word for path in paths if path.is_file() for word in words_of(path.read_text("utf-8"))}
