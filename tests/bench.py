"""How the time of a build grows with the number of papers: ``nox -s bench`` (``-- 200 400 800`` chooses the sizes).

Each size is a survey of its own, made up in a temporary folder, with a head type for every five papers. Machines differ
and are noisy: the ratios between sizes count, not the seconds. Twice the papers should take about twice the time.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZES = (100, 200, 400)

CONF = f"""
import sys
sys.path.insert(0, {str(ROOT / "docs" / "_ext")!r})
extensions = ["survey"]
html_theme = "sphinx_book_theme"
exclude_patterns = ["_build"]
bibtex_default_style = bibtex_reference_style = "survey"
"""
PAGES = {
    "index": "# Bench\n\n```{toctree}\nchronology\ntaxonomy\nbibliography\n```\n",
    "chronology": "# Chronology\n\n```{survey:chronology}\n```\n",
    "taxonomy": "# Taxonomy\n\n```{survey:taxonomy}\n```\n",
    "bibliography": "# Bibliography\n\n```{bibliography}\n:all:\n```\n",
    "stages/one": "---\nstage: {name: One, abbreviation: O, order: 1, categories: "
    "[{id: some, name: Some, definition: All.}]}\n---\n# One\n\nThe only stage.\n",
    "methods/ablation": "---\nmethod: {name: Ablation, group: modeling-free}\n---\n# Ablation\n\nTakes a head away.\n",
    "models/toy": "---\nmodel: {name: Toy, members: [{id: toy-1, name: Toy 1, layers: 64, heads: 64}]}\n---\n"
    "# Toy\n\nSmall.\n",
}
WORDS = "The heads attend to tokens that came before and write what they find there into the stream of the model. "


def write_survey(root: Path, papers: int) -> None:
    """Write a survey of made-up papers."""
    docs = root / "docs"
    heads = max(1, papers // 5)
    pages = dict(PAGES)
    for number in range(heads):
        pages[f"heads/head-{number}"] = (
            f"---\nhead: {{name: Head {number}, stage: one, category: some}}\n---\n"
            f"# Head {number}\n\nHead {number} does its work {{cite:p}}`author2020n{number}`. {WORDS * 5}\n"
        )
    entries = []
    for number in range(papers):
        key, head = f"author2020n{number}", f"head-{number % heads}"
        entries.append(
            f"@misc{{{key},\n  title = {{{{Paper {number}}}}},\n  author = {{Author{number}, Ann}},\n"
            "  year = {2020},\n}\n"
        )
        cited = f"author2020n{(number * 7 + 1) % papers}"
        pages[f"papers/{key}"] = (
            f"---\npaper:\n  published: 20{number % 20 + 10}-01-{number % 28 + 1:02d}\n  heads: [{head}]\n"
            f"  models: [toy-1]\n  methods: [ablation]\n  positions:\n"
            f"    - {{model: toy-1, head: {head}, at: ['{number % 64}.{number // 64 % 64}'], source: Table 1}}\n---\n"
            f"# Paper {number}\n\nInnovation\n: {{survey:head}}`{head}` is found after {{cite:t}}`{cited}`. {WORDS}\n\n"
            f"Tasks\n: {WORDS}\n\nSignificant result\n: {WORDS}\n"
        )
    for name, text in pages.items():
        path = docs / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (docs / "conf.py").write_text(CONF, "utf-8")
    (root / "references.bib").write_text("\n".join(sorted(entries)), "utf-8")


def timed(*command: str) -> float:
    """Run a command and return its processor time in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure each size: the check, a clean build, a build after one edit."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    print("papers   check    clean     edit   (seconds of processor time; in brackets: against the size before)")
    last: list[float] = []
    for papers in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_survey(root, papers)
            docs, output = str(root / "docs"), str(root / "docs" / "_build")
            build = (sys.executable, "-m", "sphinx", "-q", "-b", "html", docs, output)
            times = [timed(sys.executable, "-m", "survey", "check", "--root", str(root)), timed(*build)]
            time.sleep(0.01)
            page = root / "docs" / "papers" / "author2020n0.md"
            page.write_text(page.read_text("utf-8").replace("The heads attend", "These heads attend"), "utf-8")
            times.append(timed(*build))
        ratios = [f"({now / before:.1f})" if last else "" for now, before in zip(times, last or times, strict=True)]
        print(
            f"{papers:6d} " + " ".join(f"{now:7.1f} {ratio:5s}" for now, ratio in zip(times, ratios, strict=True)),
            flush=True,
        )
        last = times
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
