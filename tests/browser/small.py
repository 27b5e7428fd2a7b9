"""A small survey, built with the theme of ours: what is where on its pages is known, whatever the real one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trees import small_survey

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Tree

_HOME = """\
# A small survey

{cite:t}`wu2024retrieval` found {survey:head}`retrieval heads <retrieval>`; {survey:paper}`ahn2025memory` came later,
after {cite:p}`vaswani2017attention`.

```{survey:cite}
```

```{toctree}
explore
compare
contested
chronology
bibliography
heads/index
```
"""
#: Pages that are no more than a title and a directive, with an option where it needs one.
_PAGES = {
    "explore": ("Explore", "{survey:explore}"),
    "compare": ("Compare head types", "{survey:compare}"),
    "contested": ("Contested claims", "{survey:contested}"),
    "heads/index": ("Head types from A to Z", "{survey:index} head"),
}
_CITATION = (
    "@misc{small2026survey,\n  title  = {A small survey},\n  author = {{Its contributors}},\n  year   = {2026},\n}\n"
)


def built(folder: Path) -> Path:
    """Build the survey and return the folder of its pages."""
    return prepared(folder).build(confoverrides={"html_theme": "sphinx_book_theme"}).outdir


def prepared(folder: Path) -> Tree:
    """Return the survey, not built yet."""
    tree = small_survey(folder)
    tree.write("CITATION.bib", _CITATION)
    tree.write("docs/index.md", _HOME)
    for name, (title, directive) in _PAGES.items():
        tree.write(f"docs/{name}.md", f"# {title}\n\n```{directive}\n```\n")
    for number in range(12):  # more heads than are listed without a field to find one
        tree.head(f"extra-{number}", name=f"Extra {number}", stage="knowledge-recalling", category="recall")
    tree.replace("docs/heads/previous-token.md", "  name:", "  parent: extra-1\n  name:")
    tree.paper(
        "dunn2026extras",
        title="Ärger with Extras",
        heads=[f"extra-{number}" for number in range(12)],
        published="2026-02-01",
        bib={"author": "Dunn, Eve and Öz, Ümit", "journal": "Annals of Heads"},
    )
    return tree
