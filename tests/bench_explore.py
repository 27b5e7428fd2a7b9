"""How fast the explorer answers a click, with thousands of papers in a real browser: ``python tests/bench_explore.py``.

The target is 100 ms for 5,000 papers, from the click to the next frame that shows its effect, on a machine that does
nothing else; the processor time of the page's main thread says nearly the same on one that does. The page is that of a
made-up survey with as many facets as ours has, of which only this page is built: a few minutes. Another number of
papers can be given. ``CHROMIUM`` names the browser, if it isn't on the path.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PAPERS = 5000
HEADS, METHODS, MODELS = 150, 40, 60
STAGES = ("recalling", "identifying", "reasoning", "expressing")
ROUNDS = 7
TARGET = 100  # milliseconds

CONF = f"""
import sys
sys.path.insert(0, {str(ROOT / "docs" / "_ext")!r})
extensions = ["survey"]
html_theme = "sphinx_book_theme"
exclude_patterns = ["_build", "papers", "heads", "methods", "models", "stages"]
bibtex_default_style = bibtex_reference_style = "survey"
"""
WORDS = ("heads", "attend", "to", "tokens", "that", "came", "before", "and", "write", "what", "find", "stream", "model")

#: From a click to the frame after the one that draws its effect, in milliseconds.
TIMED_CLICK = """(target) => new Promise((resolve) => {
  const start = performance.now();
  target.click();
  requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now() - start); channel.port2.postMessage(0); });
})"""
TIMED_WORDS = TIMED_CLICK.replace("target.click();", "target.value = '%s'; target.dispatchEvent(new Event('input'));")
TIMED_ORDER = TIMED_CLICK.replace("target.click();", "target.value = '%s'; target.dispatchEvent(new Event('change'));")


def write_survey(root: Path, papers: int) -> None:
    """Write a survey of made-up papers."""
    chance = random.Random(1)
    pages = {"index": "# Bench\n\n```{toctree}\nexplore\n```\n", "explore": "# Explore\n\n```{survey:explore}\n```\n"}
    for number, stage in enumerate(STAGES):
        pages[f"stages/{stage}"] = (
            f"---\nstage: {{name: {stage.title()}, abbreviation: {stage[0].upper()}, order: {number}, "
            f"categories: [{{id: some, name: Some, definition: All.}}]}}\n---\n# {stage.title()}\n\nA stage.\n"
        )
    for number in range(HEADS):
        stage = STAGES[number % len(STAGES)]
        pages[f"heads/head-{number}"] = (
            f"---\nhead: {{name: Head {number}, stage: {stage}, category: some}}\n---\n# Head {number}\n\nWorks.\n"
        )
    for number in range(METHODS):
        pages[f"methods/method-{number}"] = (
            f"---\nmethod: {{name: Method {number}, group: modeling-free}}\n---\n# Method {number}\n\nWorks.\n"
        )
    for number in range(MODELS):
        pages[f"models/family-{number}"] = (
            f"---\nmodel: {{name: Family {number}, members: [{{id: member-{number}, name: Member {number}}}]}}\n---\n"
            f"# Family {number}\n\nSmall.\n"
        )
    entries = []

    def some(prefix: str, most: int, size: int) -> str:
        return ", ".join(sorted({f"{prefix}-{chance.randrange(size)}" for _ in range(chance.randint(1, most))}))

    def words(length: int) -> str:
        return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."

    for number in range(papers):
        year, key = 2010 + number % 17, f"author{2010 + number % 17}n{number}"
        entries.append(
            f"@article{{{key},\n  title = {{{{Paper {number}: {words(6)}}}}},\n  author = {{Author{number}, Ann}},\n"
            f"  journal = {{Journal {number % 30}}},\n  year = {{{year}}},\n}}\n"
        )
        code = "  links: {code: ['https://example.org']}\n" if number % 3 == 0 else ""
        title = entries[-1].split("{{")[1].split("}}")[0]
        pages[f"papers/{key}"] = (
            f"---\npaper:\n  published: {year}-01-{number % 28 + 1:02d}\n  heads: [{some('head', 4, HEADS)}]\n"
            f"  models: [{some('member', 4, MODELS)}]\n  methods: [{some('method', 4, METHODS)}]\n{code}---\n"
            f"# {title}\n\nInnovation\n: {words(40)}\n\nTasks\n: {words(30)}\n\nSignificant result\n: {words(40)}\n"
        )
    for name, text in pages.items():
        path = root / "docs" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root / "docs" / "conf.py").write_text(CONF, "utf-8")
    (root / "references.bib").write_text("\n".join(sorted(entries)), "utf-8")


def measure(page: Page) -> dict[str, list[tuple[float, float]]]:
    """Use the page and return the times of each action in milliseconds: on the clock, and of the processor."""
    times: dict[str, list[tuple[float, float]]] = {}
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
        return 1000 * float(metrics["TaskDuration"])

    def note(name: str, script: str, query: str) -> None:
        target = page.locator(query).first.element_handle()
        page.wait_for_timeout(500)  # what the page does by itself is over
        before = worked()
        waited = float(page.evaluate(script, target))
        times.setdefault(name, []).append((waited, worked() - before))

    for number in range(ROUNDS):
        note("choose a head", TIMED_CLICK, f"input[name=head] >> nth={number}")
        note("choose a year", TIMED_CLICK, f"input[name=year] >> nth={number}")
        note("choose code", TIMED_CLICK, "input[name=code]")
        note("clear all", TIMED_CLICK, ".survey-clear")
        note("type words", TIMED_WORDS % "stream before", "#survey-words")
        note("sort by title", TIMED_ORDER % "title", "#survey-order")
        note("clear all, sorted", TIMED_CLICK, ".survey-clear")
    return times


def main() -> None:
    """Build, measure, print."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_survey(root, papers)
        output = root / "html"
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(root / "docs"), str(output)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            page.goto((output / "explore.html").as_uri())
            page.wait_for_selector(".survey-explore[data-ready]")
            times = measure(page)
            browser.close()
        size = (output / "explore.html").stat().st_size / 1e6
    print(f"{papers} papers, a page of {size:.1f} MB; median and longest of {ROUNDS}, in ms (target {TARGET})")
    print(f"{'':20s}     clock     processor")
    for name, found in times.items():
        columns = (sorted(column) for column in zip(*found, strict=True))
        print(f"{name:20s}" + "".join(f" {column[len(column) // 2]:6.0f} {column[-1]:6.0f}" for column in columns))


if __name__ == "__main__":
    main()
