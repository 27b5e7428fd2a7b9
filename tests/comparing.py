"""Building a survey, changing it and building it again: what is read, and how the output differs from a clean one."""

from __future__ import annotations

import difflib
import json
import re
import shutil
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from trees import Tree, small_survey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from trees import Built

#: The numbers of processes of a build, by the name that tests give it.
MODES = {"serial": 1, "parallel": 2}
SEARCH_INDEX = "searchindex.js"

_HOME = """\
# A small survey

```{survey:counts}
```

```{survey:depths}
```

```{survey:taxonomy}
:brief:
```

```{survey:papers}
:limit: 2
:show: date, authors, result, tags
```

```{toctree}
chronology
taxonomy
stages/in-context-identification
stages/knowledge-recalling
essay
bibliography
heads/index
methods/index
models/index
```
"""
_ESSAY = """\
# An essay

{survey:head}`retrieval` came after {survey:paper}`vaswani2017attention`; {cite:t}`cole2022heads` tours the rest.
"""
# Sphinx's own defaults are lists that all builds of one process share, and themes and extensions add to them.
_OWN_LISTS = "exclude_patterns = []\ntemplates_path = []\n"
_SETTINGS = """\
[[facets]]
kind = "dataset"
folder = "datasets"
title = "Data sets"
fields = ["size"]
"""


def linked_survey(root: Path) -> Tree:
    """Return a small survey with pages of every kind, which show much of each other."""
    tree = small_survey(root)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + _OWN_LISTS)
    tree.write("docs/index.md", _HOME)
    tree.write("docs/essay.md", _ESSAY)
    tree.write("docs/aside.md", "---\norphan: true\n---\n\n# An aside\n\nNothing leads here.\n")
    tree.write("docs/survey.toml", _SETTINGS)
    tree.fact("docs/datasets/needles.md", "dataset", {"name": "Needles", "size": "1,000"}, "Needles", "A haystack.\n")
    tree.replace("docs/papers/wu2024retrieval.md", "paper:\n", "paper:\n  datasets: [needles]\n")
    tree.replace("docs/papers/bell2023previous.md", ": A task.", ": The task of {cite:p}`wu2024retrieval`.")
    for kind, folder in (("head", "heads"), ("method", "methods"), ("model", "models")):
        tree.write(f"docs/{folder}/index.md", f"# All {folder}\n\n```{{survey:index}} {kind}\n```\n")
    return tree


@dataclass(frozen=True)
class Change:
    """Something that a contributor does between two builds."""

    name: str
    do: Callable[[Tree], None]
    shows: frozenset[str]  #: The pages that show it, and the file that was edited: those to be read again.
    more: bool = False  #: Whether other pages may be read again too.
    warns: tuple[str, ...] = ()  #: The codes of the warnings that it gives.


@dataclass
class Rebuilder:
    """A survey that has been built, serially and in parallel, to be changed and built again any number of times.

    What the first builds left is put back for each change, in the same place: Sphinx reads all pages of a survey that
    has moved. Times are put back with it, so an edit is later than the reading that it has to undo; between both lies
    the writing of all pages, much longer than the steps of a file system's clock.
    """

    tree: Tree
    kept: Path
    works: Mapping[str, str]
    first: dict[str, Built] = field(default_factory=dict)

    def restored(self, mode: str = "serial") -> Tree:
        """Return the survey as its first build left it."""
        shutil.rmtree(self.tree.root)
        shutil.copytree(self.kept / mode, self.tree.root)
        self.tree.works = dict(self.works)
        return self.tree


@cache
def rebuilder_in(folder: Path) -> Rebuilder:
    """Return a survey that has been built once in each mode; the tests of one process share it."""
    tree = linked_survey(folder / "survey")
    rebuilder = Rebuilder(tree, folder / "kept", dict(tree.works))
    for mode, processes in MODES.items():
        rebuilder.first[mode] = tree.build(parallel=processes, fresh=True)
        shutil.copytree(tree.root, rebuilder.kept / mode)
    return rebuilder


@dataclass
class Rebuilt:
    """What came of building a survey again after a change; each kind of build runs when it's first asked for."""

    rebuilder: Rebuilder
    change: Change
    _after: dict[str, Built] = field(default_factory=dict)

    def after(self, mode: str) -> Built:
        """Return the build on top of the first one."""
        if mode not in self._after:
            self._after[mode] = self._changed(mode).build(parallel=MODES[mode])
        return self._after[mode]

    @cached_property
    def clean(self) -> Built:
        """The changed survey built from nothing."""
        return self._changed("serial").build(fresh=True)

    def _changed(self, mode: str) -> Tree:
        tree = self.rebuilder.restored(mode)
        self.change.do(tree)
        return tree


def differences(found: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> list[str]:
    """Return in which files two outputs differ, each with the first lines that do.

    Nothing of the output folder is left out; Sphinx keeps its pickles elsewhere. The search index is compared by what
    it finds: Sphinx keeps words in it that no page has any more (see ``test_search_index_forgets_words``).
    """
    result = [f"{path} should not be there" for path in found.keys() - wanted.keys()]
    result += [f"{path} is missing" for path in wanted.keys() - found.keys()]
    for path in found.keys() & wanted.keys():
        texts = [text.decode("utf-8", "replace") for text in (found[path], wanted[path])]
        if path == SEARCH_INDEX:
            texts = [_findable(text) for text in texts]
        if texts[0] != texts[1]:
            lines = (text.splitlines() for text in texts)
            changed = [line[:300] for line in difflib.unified_diff(*lines, lineterm="", n=0)]
            result.append("\n".join([f"{path} differs from a clean build's:", *changed[2:8]]))
    return sorted(result)


def _findable(index: str) -> str:
    """Return what a search index finds, a line for each entry."""
    content = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    for name in ("terms", "titleterms"):
        content[name] = {word: pages for word, pages in content[name].items() if pages != []}
    return json.dumps(content, indent=1, sort_keys=True)


def codes(warnings: str) -> list[str]:
    """Return the codes of a build's warnings, in their order."""
    return re.findall(r"WARNING: .*\[(?:survey\.)?([\w.-]+)\]$", warnings, re.MULTILINE)
