"""The surveys that are measured: this one with its papers repeated, made-up ones; the same papers for plain Sphinx."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "docs" / "_ext"
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_ENTRY = re.compile(r"^@\w+\{(?P<key>[^,\s]+),.*?^\}\n", re.DOTALL | re.MULTILINE)
_OWN_ROLE = re.compile(r"\{survey:\w+\}`(?P<text>[^`<]*?)\s*(?:<[^`>]*>)?`")
_IDENTIFIER = re.compile(r"^  (?:doi|eprint|archiveprefix|primaryclass|url|yearsuffix) .*\n", re.MULTILINE)
_CITATION = re.compile(r"\s*\{cite:\w+\}`[^`]*`")
_PLAIN_CONF = """\
project = "The same papers"
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
suppress_warnings = ["bibtex", "myst"]
html_theme = "sphinx_book_theme"
bibtex_bibfiles = ["../references.bib"]
"""
#: What made-up texts consist of.
_WORDS = (
    "attention head layer token position model prompt circuit induction copies earlier answer ablation score reads "
    "writes residual stream causal patching accuracy retrieval needle context probe direction logit key value"
)


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey in a folder, and what is edited in it."""

    root: Path
    papers: int
    paper: str  #: The file of a paper, relative to the root.
    head: str  #: The file of a head type.

    @property
    def docs(self) -> Path:
        """The folder that Sphinx builds."""
        return self.root / "docs"


def of_the_corpus(root: Path, papers: int) -> Survey:
    """Write this survey with so many papers, repeated under other keys and titles as often as that takes."""
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("_build", "_ext", "__pycache__"))
    for name in ("CITATION.bib", "CITATION.cff"):
        shutil.copy(ROOT / name, root / name)
    conf = root / "docs" / "conf.py"
    conf.write_text(
        conf.read_text("utf-8").replace('str(Path(__file__).parent / "_ext")', repr(str(EXTENSION))), "utf-8"
    )
    entries = {match["key"]: match[0] for match in _ENTRY.finditer((ROOT / "references.bib").read_text("utf-8"))}
    folder = root / "docs" / "papers"
    own = sorted(path.stem for path in folder.glob("*.md"))
    texts = {key: (folder / f"{key}.md").read_text("utf-8") for key in own}
    for key in own[papers:]:  # what cites them cites works that have no page
        (folder / f"{key}.md").unlink()
    for number in range(len(own), papers):
        key, copy = own[number % len(own)], number // len(own)
        entry, text = entries[key], texts[key]
        title = next(line[2:] for line in text.splitlines() if line.startswith("# "))
        other = f"{key}copy{copy}"
        entry = _IDENTIFIER.sub("", entry)
        entries[other] = entry.replace(f"{{{key},", f"{{{other},", 1).replace(title, f"{title} ({copy})", 1)
        text = text.replace(f"# {title}", f"# {title} ({copy})", 1)
        (folder / f"{other}.md").write_text(re.sub(r"\n  aliases:.*", "", text), "utf-8")
    (root / "references.bib").write_text("\n".join(entries[key] for key in sorted(entries)), "utf-8")
    return Survey(root, papers, f"docs/papers/{own[0]}.md", "docs/heads/retrieval.md")


def made_up(root: Path, papers: int, seed: int = 1) -> Survey:
    """Write a survey of made-up papers, a head type for every five; the same ones for the same seed."""
    chance = random.Random(seed)  # no secret

    def words(count: int) -> str:
        return " ".join(chance.choices(_WORDS.split(), k=count)).capitalize() + "."

    heads = max(1, papers // 5)
    pages = {
        "index": "# Made up\n\n```{toctree}\nchronology\ntaxonomy\nheads/index\nbibliography\nexplore\natlas\n```\n",
        "chronology": "# Chronology\n\n```{survey:chronology}\n```\n",
        "taxonomy": "# Taxonomy\n\n```{survey:taxonomy}\n```\n",
        "explore": "# Explore\n\n```{survey:explore}\n```\n",
        "atlas": "# Atlas\n\n```{survey:atlas}\n```\n",
        "heads/index": "# Heads\n\n```{survey:index} head\n```\n",
        "bibliography": "# Bibliography\n\n```{bibliography}\n:all:\n```\n",
        "stages/one": "---\nstage: {name: One, abbreviation: O, order: 1, categories: "
        "[{id: some, name: Some, definition: All.}]}\n---\n\n# One\n\nThe only stage.\n",
        "methods/ablation": "---\nmethod: {name: Ablation, group: modeling-free}\n---\n\n"
        "# Ablation\n\nTakes a head away.\n",
        "models/toy": "---\nmodel: {name: Toy, members: [{id: toy-1, name: Toy 1, layers: 64, heads: 64}]}\n---\n\n"
        "# Toy\n\nSmall.\n",
    }
    for number in range(heads):
        pages[f"heads/head-{number}"] = (
            f"---\nhead: {{name: Head {number}, stage: one, category: some}}\n---\n\n"
            f"# Head {number}\n\nHead {number} does this {{cite:p}}`author2020n{number}`. {words(60)}\n"
        )
    entries = []
    for number in range(papers):
        key, head, year = f"author2020n{number}", f"head-{number % heads}", 2020
        entries.append(
            f"@misc{{{key},\n  title = {{{{Paper {number}}}}},\n  author = {{{_name(number)}, Ann}},\n"
            f"  year = {{{year}}},\n  howpublished = {{Notes}},\n}}\n"
        )
        cited = f"author2020n{chance.randrange(papers)}"
        date = f"{year}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        pages[f"papers/{key}"] = (
            f"---\npaper:\n  published: {date}\n  heads: [{head}]\n"
            f"  models: [toy-1]\n  methods: [ablation]\n  positions:\n"
            f"    - {{model: toy-1, head: {head}, at: ['{number % 64}.{number // 64 % 64}'], source: Table 1}}\n---\n\n"
            f"# Paper {number}\n\n"
            f"Innovation\n: {{survey:head}}`{head}` comes after {{cite:t}}`{cited}`. {words(30)}\n\n"
            f"Tasks\n: {words(30)}\n\nSignificant result\n: {words(30)}\n"
        )
    for name, text in pages.items():
        path = root / "docs" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root / "docs" / "conf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(EXTENSION)!r})\nextensions = ['survey']\n"
        "html_theme = 'sphinx_book_theme'\nhtml_baseurl = 'https://example.org/'\nexclude_patterns = ['_build']\n",
        "utf-8",
    )
    (root / "references.bib").write_text("\n".join(sorted(entries)), "utf-8")
    return Survey(root, papers, "docs/papers/author2020n0.md", "docs/heads/head-0.md")


def _name(number: int) -> str:
    """Return a family name for a number, of letters only."""
    return "Author" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


def plain(survey: Survey, root: Path) -> Path:
    """Write the same papers for Sphinx without the survey's extension, and return the folder to build.

    Pages without front matter, each with one citation, in no table of contents; one bibliography.
    """
    docs = root / "docs"
    (docs / "papers").mkdir(parents=True)
    shutil.copy(survey.root / "references.bib", root / "references.bib")
    for path in (survey.docs / "papers").glob("*.md"):
        text = _CITATION.sub("", _OWN_ROLE.sub(r"\g<text>", _FRONT.sub("", path.read_text("utf-8"), count=1)))
        cited = f"\n\nSee {{cite:p}}`{path.stem}`.\n"
        (docs / "papers" / path.name).write_text(f"---\norphan: true\n---\n{text}{cited}", "utf-8")
    (docs / "index.md").write_text("# The same papers\n\n```{toctree}\nbibliography\n```\n", "utf-8")
    (docs / "bibliography.md").write_text("# Bibliography\n\n```{bibliography}\n:all:\n```\n", "utf-8")
    (docs / "conf.py").write_text(_PLAIN_CONF, "utf-8")
    return docs


def markdown_only(survey: Survey, root: Path) -> Path:
    """Write the same papers as plain Markdown with tags, as generators outside Sphinx take them; return the folder."""
    root.mkdir(parents=True, exist_ok=True)
    for path in (survey.docs / "papers").glob("*.md"):
        source = path.read_text("utf-8")
        heads = re.search(r"^  heads: \[(.*)\]", source, re.MULTILINE)
        tags = f"tags: [{heads[1]}]\n" if heads and heads[1] else ""
        text = _CITATION.sub("", _OWN_ROLE.sub(r"\g<text>", _FRONT.sub("", source, count=1)))
        title = next(line[2:] for line in text.splitlines() if line.startswith("# ")).replace('"', "'")
        (root / path.name).write_text(f'---\ntitle: "{title}"\n{tags}---\n{text}', "utf-8")
    (root / "index.md").write_text("# The same papers\n", "utf-8")
    return root
