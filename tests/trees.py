"""Small surveys in a temporary folder: written in a line or two, then loaded, checked or built."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from survey.catalogue import Catalogue, Problem, load

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence, Set

ROOT = Path(__file__).parent.parent
EXTENSIONS = ROOT / "docs" / "_ext"

CONF = f"""\
import sys

sys.path.insert(0, {str(EXTENSIONS)!r})
project = "A small survey"
author = copyright = "Its contributors"
extensions = ["survey"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
suppress_warnings = ["myst.header"]
smartquotes = False
bibtex_default_style = "survey"
bibtex_reference_style = "survey"
html_theme = "basic"
html_baseurl = "https://example.org/survey/"
html_copy_source = False
"""

PAGES = {
    "index.md": """\
# A small survey

```{toctree}
chronology
taxonomy
bibliography
```
""",
    "chronology.md": "# Chronology\n\n```{survey:chronology}\n```\n",
    "taxonomy.md": "# Taxonomy\n\n```{survey:taxonomy}\n```\n",
    "bibliography.md": "# Bibliography\n\n```{bibliography}\n:all:\n```\n",
}

SUMMARY = {"Innovation": "A new idea.", "Tasks": "A task.", "Significant result": "A result of 42 %."}


@dataclass(frozen=True)
class Built:
    """What one build left behind; it stays valid when the tree is built again."""

    outdir: Path
    status: int  #: What the builder returns to the shell.
    warnings: str  #: Without colours, paths relative to the tree.
    log: str
    read: frozenset[str]  #: The documents that were read.
    written: frozenset[str]  #: The documents that were written.
    files: Mapping[str, bytes]  #: All output by path, as this build left it.

    def text(self, path: str) -> str:
        """Return an output file's text."""
        return self.files[path].decode("utf-8")

    def page(self, docname: str) -> BeautifulSoup:
        """Return a page of HTML."""
        return BeautifulSoup(self.text(f"{docname}.html"), "html.parser")


class Tree:
    """A survey in a folder: valid and empty at first, and valid after each of the methods that add to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.works: dict[str, str] = {}  #: The source of each bibliography entry, by key.
        self.write("docs/conf.py", CONF)
        self.write("references.bib", "")
        for name, text in PAGES.items():
            self.write(f"docs/{name}", text)

    # Files

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file, given its path relative to the root."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return file

    def read(self, path: str) -> str:
        """Return a file's text."""
        return (self.root / path).read_text("utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace a piece of a file that must be there."""
        text = self.read(path)
        assert old in text, f"{path} has no {old!r}"
        self.write(path, text.replace(old, new))

    def remove(self, path: str) -> None:
        """Remove a file or folder."""
        file = self.root / path
        if file.is_dir():
            shutil.rmtree(file)
        else:
            file.unlink()

    def fact(self, path: str, kind: str, fields: Mapping[str, Any], title: str, text: str) -> Path:
        """Write a file of facts: front matter, heading and text."""
        matter = yaml.safe_dump({kind: dict(fields)}, sort_keys=False, allow_unicode=True, width=1000)
        return self.write(path, f"---\n{matter}---\n\n# {title}\n\n{text}")

    # Facts

    def work(self, key: str, *, title: str = "A Work", **fields: str) -> None:
        """Add a work to the bibliography, or replace it."""
        year = next((key[at : at + 4] for at in range(len(key)) if key[at : at + 4].isdigit()), "2024")
        given = {"title": f"{{{title}}}", "author": "Doe, Jane", "year": year, "journal": "Journal of Heads"} | fields
        lines = [f"  {name} = {{{value}}},\n" for name, value in given.items()]
        self.works[key] = f"@article{{{key},\n{''.join(lines)}}}\n"
        self.write_works()

    def write_works(self) -> None:
        """Write the bibliography, sorted by key."""
        self.write("references.bib", "\n".join(self.works[key] for key in sorted(self.works)))

    def paper(
        self,
        key: str,
        *,
        title: str = "A Paper",
        heads: Sequence[str] = (),
        published: str = "2024-04-24",
        summary: Mapping[str, str] = SUMMARY,
        text: str = "",
        bib: Mapping[str, str] | None = None,
        **more: Any,
    ) -> str:
        """Add a paper: its file, of which it returns the path, and its entry, with the fields of ``bib``."""
        self.work(key, title=title, **{"year": published[:4]} | dict(bib or {}))
        parts = "\n".join(f"{term}\n: {words}\n" for term, words in summary.items())
        fields = {"published": published, "heads": list(heads), **more}
        self.fact(f"docs/papers/{key}.md", "paper", fields, title, f"{parts}\n{text}")
        return f"docs/papers/{key}.md"

    def head(self, key: str, *, name: str = "", stage: str, category: str, text: str = "", **more: Any) -> str:
        """Add a head type and return the path of its file."""
        fields = {"stage": stage, "category": category, **more}
        return self._entry("head", "heads", key, name or f"{_words(key)} Head", fields, text)

    def stage(self, key: str, *, name: str = "", categories: Collection[str], text: str = "", **more: Any) -> str:
        """Add a stage with its categories, given by id, and return the path of its file."""
        fields = {
            "abbreviation": "".join(word[0] for word in key.split("-")).upper(),
            "order": 1,
            "categories": [{"id": at, "name": _words(at), "definition": f"What {at} means."} for at in categories],
        }
        return self._entry("stage", "stages", key, name, fields | more, text)

    def method(self, key: str, *, name: str = "", group: str = "modeling-free", text: str = "", **more: Any) -> str:
        """Add a method and return the path of its file."""
        return self._entry("method", "methods", key, name, {"group": group, **more}, text)

    def model(self, key: str, *, name: str = "", members: Sequence[Any] = (), text: str = "", **more: Any) -> str:
        """Add a family of models, its members given as fields or as ids, and return the path of its file."""
        listed = [at if isinstance(at, dict) else {"id": at, "name": _words(at)} for at in members or [key]]
        return self._entry("model", "models", key, name, {"members": listed, **more}, text)

    def _entry(self, kind: str, folder: str, key: str, name: str, fields: Mapping[str, Any], text: str) -> str:
        name = name or _words(key)
        path = f"docs/{folder}/{key}.md"
        self.fact(path, kind, {"name": name, **fields}, name, text or f"{name}: what it is.\n")
        return path

    # What comes of them

    def load(self) -> Catalogue:
        """Read the catalogue."""
        return load(self.root)

    def problems(self) -> list[Problem]:
        """Return what is wrong with the survey."""
        return list(self.load().problems)

    def codes(self) -> list[str]:
        """Return the codes of the problems, in their order."""
        return [problem.code for problem in self.problems()]

    def check(self, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run ``python -m survey check`` on the survey."""
        command = [sys.executable, "-m", "survey", "check", "--root", str(self.root), *arguments]
        environment = {**os.environ, "PYTHONPATH": str(EXTENSIONS), **(env or {})}
        return subprocess.run(
            command, check=False, capture_output=True, encoding="utf-8", env=environment, cwd=self.root
        )

    def build(
        self,
        builder: str = "html",
        *,
        parallel: int = 1,
        fresh: bool = False,
        confoverrides: Mapping[str, Any] | None = None,
    ) -> Built:
        """Build the survey with a new application, on top of what the last build left unless ``fresh``.

        Both kinds write to the same folders, so that their outputs can be compared byte for byte.
        """
        outdir, doctrees = self.root / "_build" / builder, self.root / "_build" / f"{builder}.doctrees"
        if fresh:
            for folder in (outdir, doctrees):
                shutil.rmtree(folder, ignore_errors=True)
        log, warnings = io.StringIO(), io.StringIO()
        read: set[str] = set()
        written: set[str] = set()
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                srcdir=self.root / "docs",
                confdir=self.root / "docs",
                outdir=outdir,
                doctreedir=doctrees,
                buildername=builder,
                confoverrides=dict(confoverrides or {}),
                status=log,
                warning=warnings,
                parallel=parallel,
            )
            app.connect("env-before-read-docs", lambda _app, _env, names: read.update(names), priority=999)
            write = app.builder.write_documents

            def write_documents(names: Set[str]) -> None:
                written.update(names)
                write(names)

            app.builder.write_documents = write_documents  # type: ignore[assignment, method-assign]
            app.build()
        return Built(
            outdir=outdir,
            status=app.statuscode,
            warnings=strip_colors(warnings.getvalue()).replace(f"{self.root.resolve()}{os.sep}", ""),
            log=strip_colors(log.getvalue()),
            read=frozenset(read),
            written=frozenset(written),
            files={at.relative_to(outdir).as_posix(): at.read_bytes() for at in _files(outdir)},
        )


def small_survey(root: Path) -> Tree:
    """Return a survey with a little of everything: four papers, three heads in two stages, a family of two models."""
    tree = Tree(root)
    tree.stage("knowledge-recalling", categories=["recall"], order=1)
    tree.stage("in-context-identification", categories=["long-context-retrieval", "overall-structure"], order=2)
    tree.head("memory", stage="knowledge-recalling", category="recall")
    tree.head(
        "retrieval",
        stage="in-context-identification",
        category="long-context-retrieval",
        aliases=["Needle Head"],
        first_described_in="wu2024retrieval",
        related=["memory"],
    )
    tree.head("previous-token", stage="in-context-identification", category="overall-structure")
    tree.method("zero-ablation", name="Zero ablation", subgroup="replacement-based")
    tree.method("probing", group="modeling-required")
    tree.model(
        "llama-2",
        name="Llama 2",
        members=[
            {"id": "llama-2-7b", "name": "Llama-2-7B", "parameters": "7B", "layers": 32, "heads": 32},
            {"id": "llama-2-13b", "name": "Llama-2-13B", "parameters": "13B", "layers": 40, "heads": 40},
        ],
    )
    tree.work("vaswani2017attention", title="Attention Is All You Need", author="Vaswani, Ashish and Shazeer, Noam")
    tree.paper(
        "wu2024retrieval",
        title="Retrieval Heads",
        heads=["retrieval"],
        published="2024-04-24",
        models=["llama-2-7b", "llama-2-13b"],
        methods=["zero-ablation"],
        tasks=["Needle-in-a-Haystack"],
        links={"code": ["https://example.org/retrieval"]},
        positions=[{"model": "llama-2-7b", "head": "retrieval", "at": ["16.19", "11.15"], "source": "Figure 2"}],
        text="Transformers come from {cite:t}`vaswani2017attention`.\n",
        bib={"author": "Wu, Wenhao and Wang, Yizhong", "eprint": "2404.15574", "archiveprefix": "arXiv"},
    )
    tree.paper(
        "ahn2025memory",
        title="Memory Heads and Retrieval Heads",
        heads=["memory", "retrieval"],
        published="2025-01-10",
        preprinted="2024-12-01",
        models=["llama-2-13b"],
        methods=["probing", "zero-ablation"],
        text="It extends {survey:paper}`wu2024retrieval` to {survey:head}`memory heads <memory>`.\n",
        bib={"author": "Ahn, Soo and Wu, Wenhao"},
    )
    tree.paper(
        "bell2023previous",
        title="Heads that Look Back",
        heads=["previous-token"],
        published="2023-05",
        models=["llama-2-7b"],
        methods=["probing"],
        bib={"author": "Bell, Ada", "doi": "10.1234/bell.2023"},
    )
    tree.paper("cole2022heads", title="A Tour of Heads", published="2022", scope="background")
    return tree


def _words(key: str) -> str:
    return " ".join(word.capitalize() for word in key.split("-"))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def records(completed: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return the problems that ``check --format json`` has printed."""
    found: list[dict[str, Any]] = json.loads(completed.stdout)
    return found
