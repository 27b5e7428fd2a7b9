"""Edits at random: what contributors do to the files of a survey between two builds, right and wrong.

Each edit takes the survey and a source of chance, and looks at the files alone for what is there. Names come from short
lists, so that things come back after they were removed, and refer to each other as often as to nothing.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from trees import Tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

PAPERS = ("wu2024retrieval", "ahn2025memory", "bell2023previous", "cole2022heads", "dunn2024copying", "eve2021first")
WORKS = ("vaswani2017attention", "su2024roformer", *PAPERS)
HEADS = ("memory", "retrieval", "previous-token", "induction")
STAGES = {"recalling": ("recall", "priors"), "finding": ("search", "structure")}
METHODS = ("probing", "zero-ablation", "patching")
MODELS = {"llama-2": ("llama-2-7b", "llama-2-13b"), "gpt-2": ("gpt-2", "gpt-2-xl")}
SETS = ("needles", "haystacks")
PAGES = ("essay", "notes", "part/one", "part/two", "papers/reading", "404", "compare", "contested", "explore")
WORDS = ("Retrieval", "Memory", "Heads", "that Fetch", "Copying", "Who Looks Back", "Ä & B", "x < y", "$a^2$")
AUTHORS = ("Wu, Wenhao and Wang, Yizhong", "Ahn, Soo", "Bell, Ada and others", "{Institute of Heads, Minds}")
DATES = ("2021", "2022-05", "2023-05-06", "2024-04-24", "2024-04", "2025-01-10")
TEXTS = (
    "It is said in {cite:p}`{work}`.",
    "{cite:t}`{work},{paper}` say it.",
    "See {survey:paper}`{paper}` and {survey:head}`{head}`.",
    "Like {survey:head}`its friend <{head}>` of {survey:stage}`{stage}`.",
    "By {survey:method}`{method}` on {survey:model}`{model}`.",
    "A formula: $x^2 + {number}$.",
    "A footnote.[^n]\n\n[^n]: On {survey:paper}`{paper}`.",
    "[A page](essay.md), [another](/part/one.md) and {doc}`/notes`.",
    "```{survey:papers}\n:head: {head}\n:limit: {number}\n```",
    "```{survey:papers}\n:stage: {stage}\n:group-by: year\n```",
    "```{survey:papers}\n:dataset: {set}\n```",
    "```{survey:counts}\n```",
    "```{survey:depths}\n```",
    "```{survey:taxonomy}\n:brief:\n```",
    "```{survey:index} {kind}\n```",
    "```{survey:pattern} {head}\n```",
    "```{survey:atlas}\n```",
    "```{survey:timeline}\n```",
    "```{survey:explore}\n```",
    "```{survey:compare}\n```",
    "```{survey:contested}\n```",
    "```{survey:cite}\n```",
    "```{glossary}\nOV circuit {number}\n: What a head writes.\n```",
    "```{index} single: attention; {number}\n```\n",
    "![A picture](/_static/picture.png)",
    "![A picture](/pictures/one/picture.png) ![Another](/pictures/two/picture.png)",
    "## A part {number}\n\nWith a line.",
)
HOME = "# {title}\n\n{text}\n\n```{{toctree}}\n{caption}{pages}\n```\n"


def survey_at(root: Path) -> Tree:
    """Return a survey of three papers to begin with."""
    tree = Tree(root)
    tree.write("docs/conf.py", tree.read("docs/conf.py") + "exclude_patterns = []\ntemplates_path = []\n")
    for number, (stage, categories) in enumerate(STAGES.items(), 1):
        tree.stage(stage, categories=categories, order=number)
    tree.head("memory", stage="recalling", category="recall")
    tree.head("retrieval", stage="finding", category="search", related=["memory"])
    tree.method("probing", group="modeling-required")
    tree.model("llama-2", members=list(MODELS["llama-2"]))
    tree.work("vaswani2017attention", title="Attention Is All You Need", author="Vaswani, Ashish")
    tree.paper("wu2024retrieval", title="Retrieval Heads", heads=["retrieval"], methods=["probing"])
    tree.paper("ahn2025memory", title="Memory Heads", heads=["memory", "retrieval"], published="2025-01-10")
    tree.paper(
        "cole2022heads", title="A Tour", published="2022", scope="background", text="{cite:p}`wu2024retrieval`\n"
    )
    tree.write("docs/essay.md", "# An essay\n\n{survey:head}`retrieval` after {cite:t}`vaswani2017attention`.\n")
    tree.write("docs/index.md", HOME.format(title="Home", text="", caption="", pages=_toctree(tree)))
    return tree


def _there(tree: Tree, folder: str) -> list[str]:
    return sorted(path.stem for path in (tree.root / "docs" / folder).glob("*.md") if path.stem != "index")


def _some(names: Any, chance: Random, most: int = 3) -> list[str]:
    found = list(names)
    return chance.sample(found, min(len(found), chance.randrange(most)))


def _text(chance: Random, count: int = 3) -> str:
    values = {
        "work": chance.choice(WORKS), "paper": chance.choice(PAPERS), "head": chance.choice(HEADS),
        "stage": chance.choice([*STAGES]), "method": chance.choice(METHODS), "set": chance.choice(SETS),
        "model": chance.choice([*MODELS, *MODELS["llama-2"]]), "kind": chance.choice(["head", "method", "dataset"]),
        "number": str(chance.randrange(1, 4)),
    }  # fmt: skip
    passages = chance.sample(TEXTS, chance.randrange(count + 1))
    for name, value in values.items():
        passages = [passage.replace(f"{{{name}}}", value) for passage in passages]
    return "\n\n".join(passages) + "\n"


def _title(chance: Random) -> str:
    return " ".join(chance.sample(WORDS, 2))


def _write_paper(tree: Tree, key: str, chance: Random) -> None:
    more: dict[str, Any] = {"scope": "background"} if chance.random() < 0.3 else {}
    if chance.random() < 0.3:
        more["aliases"] = [f"{key[:-1]}x"]
    if chance.random() < 0.3:
        at = [f"{chance.randrange(9)}.{chance.randrange(9)}"]
        more["positions"] = [{"model": "llama-2-7b", "head": chance.choice(HEADS), "at": at, "source": "Table 1"}]
    if chance.random() < 0.3:
        more["datasets"] = _some(SETS, chance)
    members = [member for family in MODELS.values() for member in family]
    title = _title(chance)
    tree.paper(
        key, title=title, heads=_some(HEADS, chance), published=chance.choice(DATES), models=_some(members, chance),
        methods=_some(METHODS, chance), text=_text(chance, 2), bib={"author": chance.choice(AUTHORS)}, **more,
        summary={"Innovation": "A new idea.", "Tasks": _text(chance, 1).split("\n")[0] or "A task.",
                 "Significant result": f"A result of {chance.randrange(9)} %."},
    )  # fmt: skip


def paper(tree: Tree, chance: Random) -> None:
    """Add a paper, or write it anew."""
    _write_paper(tree, chance.choice(PAPERS), chance)


def small_change(tree: Tree, chance: Random) -> None:
    """Change a word of a page."""
    pages = sorted((tree.root / "docs").rglob("*.md"))
    path = chance.choice(pages)
    old, new = chance.choice([(b"result of", b"results of"), (b"2024", b"2025"), (b"Head", b"Heads"), (b"is", b"was")])
    path.write_bytes(path.read_bytes().replace(old, new, 1))


def without_paper(tree: Tree, chance: Random) -> None:
    """Remove a paper's page, its entry, or both."""
    for key in _there(tree, "papers")[:1] and [chance.choice(_there(tree, "papers"))]:
        which = chance.randrange(3)
        if which != 1:
            tree.remove(f"docs/papers/{key}.md")
        if which != 0:
            tree.works.pop(key, None)
            tree.write_works()


def renamed_paper(tree: Tree, chance: Random) -> None:
    """Give a paper another key, and keep the old one as an alias or not."""
    keys = _there(tree, "papers")
    new = chance.choice(PAPERS)
    if keys and new not in keys:
        key = chance.choice(keys)
        text = tree.read(f"docs/papers/{key}.md")
        if chance.random() < 0.5 and "  aliases:" not in text:
            text = text.replace("paper:\n", f"paper:\n  aliases: [{key}]\n", 1)
        tree.remove(f"docs/papers/{key}.md")
        tree.write(f"docs/papers/{new}.md", text)
        if key in tree.works:
            tree.works[new] = tree.works.pop(key).replace(f"{{{key},", f"{{{new},", 1)
            tree.write_works()


def head(tree: Tree, chance: Random) -> None:
    """Add a head type, or write it anew."""
    stage = chance.choice([*STAGES])
    more: dict[str, Any] = {"related": _some(HEADS, chance)}
    if chance.random() < 0.4:
        more["aliases"] = [f"Alias {chance.randrange(3)}"]
    if chance.random() < 0.4:
        more["parent"] = chance.choice(HEADS)
    if chance.random() < 0.4:
        more["first_described_in"] = chance.choice(PAPERS)
    if chance.random() < 0.3:
        more["pattern"] = {"tokens": ["a", "b", "a"], "attends": [{"from": 2, "to": 1}], "caption": "It looks back."}
    name = chance.choice(["", f"{_title(chance)} Head"])
    text = f"A head that is one.\n\n{_text(chance, 2)}"
    tree.head(chance.choice(HEADS), name=name, stage=stage, category=chance.choice(STAGES[stage]), text=text, **more)


def stage(tree: Tree, chance: Random) -> None:
    """Write a stage anew, with some of its categories."""
    key = chance.choice([*STAGES])
    categories = chance.sample(STAGES[key], chance.randrange(1, 3))
    tree.stage(
        key, name=chance.choice(["", "Recall First", "Find"]), categories=categories, order=chance.randrange(1, 4)
    )


def method(tree: Tree, chance: Random) -> None:
    """Add a method, or write it anew."""
    group = chance.choice(["modeling-free", "modeling-required"])
    tree.method(
        chance.choice(METHODS), name=chance.choice(["", "A Way"]), group=group, text=_text(chance, 1) or "It is."
    )


def model(tree: Tree, chance: Random) -> None:
    """Add a family of models, or write it anew; members may move between families."""
    everyone = [member for family in MODELS.values() for member in family]
    key = chance.choice([*MODELS])
    members = [
        {"id": name, "name": name.upper(), "layers": chance.choice([8, 32]), "heads": 32}
        for name in chance.sample(everyone, chance.randrange(1, 3))
    ]
    tree.model(key, members=members)


def without_entry(tree: Tree, chance: Random) -> None:
    """Remove the file of a head, a stage, a method, a model or a data set."""
    folder = chance.choice(["heads", "stages", "methods", "models", "datasets"])
    for key in _some(_there(tree, folder), chance, 2):
        tree.remove(f"docs/{folder}/{key}.md")


def facets(tree: Tree, chance: Random) -> None:
    """Declare a facet, change its declaration, break it, or remove it."""
    title = chance.choice(["Data sets", "Corpora"])
    text = f'[[facets]]\nkind = "dataset"\nfolder = "datasets"\ntitle = "{title}"\nfields = ["size"]\n'
    other = '[[facets]]\nkind = "claim"\nfolder = "claims"\ntitle = "Claims"\n'
    texts = [text, text, text + other, other + text, text.replace("[[facets]]", "[[facets"), ""]
    tree.write("docs/survey.toml", chance.choice(texts))
    if chance.random() < 0.2:
        tree.remove("docs/survey.toml")


def data_set(tree: Tree, chance: Random) -> None:
    """Add an entry of the declared facet, or write it anew."""
    key = chance.choice(SETS)
    fields = {"name": key.capitalize(), "size": str(chance.randrange(9))}
    tree.fact(f"docs/datasets/{key}.md", "dataset", fields, key.capitalize(), f"A set.\n\n{_text(chance, 1)}")


def work(tree: Tree, chance: Random) -> None:
    """Add an entry of the bibliography, or write it anew."""
    fields = {"title": _title(chance), "author": chance.choice(AUTHORS), "year": chance.choice(DATES)[:4]}
    if chance.random() < 0.3:
        fields["doi"] = "10.1234/heads.2024"
    tree.work(chance.choice(WORKS), **fields)


def bibliography(tree: Tree, chance: Random) -> None:
    """Break the bibliography, turn it around, remove it, or write it as it should be."""
    which = chance.randrange(5)
    tree.write_works()
    if which == 0:
        tree.remove("references.bib")
    elif which == 1:
        tree.write("references.bib", "\n".join(tree.works[key] for key in sorted(tree.works, reverse=True)))
    elif which == 2:
        tree.write("references.bib", tree.read("references.bib").replace("},", "}", 1))
    elif which == 3:
        tree.write("references.bib", tree.read("references.bib") * 2)


def chapter(tree: Tree, chance: Random) -> None:
    """Add a page of text, or write it anew."""
    front = chance.choice(["", "", "---\norphan: true\n---\n\n"])
    tree.write(f"docs/{chance.choice(PAGES)}.md", f"{front}# {_title(chance)}\n\n{_text(chance, 5)}")


def without_page(tree: Tree, chance: Random) -> None:
    """Remove a page of text."""
    name = f"docs/{chance.choice([*PAGES, 'chronology', 'taxonomy', 'bibliography'])}.md"
    if (tree.root / name).is_file():
        tree.remove(name)


def renamed_page(tree: Tree, chance: Random) -> None:
    """Move a page, with its times, to another place, where there may be one already."""
    old, new = (tree.root / f"docs/{name}.md" for name in chance.sample(PAGES, 2))
    if old.is_file():
        new.parent.mkdir(parents=True, exist_ok=True)
        old.replace(new)


def old_page(tree: Tree, chance: Random) -> None:
    """Put a page in its place that is older than the one that was there, as a copy with its times is."""
    path = tree.root / f"docs/{chance.choice(PAGES)}.md"
    if path.is_file():
        path.write_text(f"# {_title(chance)}\n\n{_text(chance, 3)}", "utf-8")
        os.utime(path, (1_000_000_000, 1_000_000_000))


def _toctree(tree: Tree) -> str:
    pages = ("chronology", "taxonomy", "bibliography", *PAGES)
    return "\n".join(name for name in pages if (tree.root / f"docs/{name}.md").is_file())


def home(tree: Tree, chance: Random) -> None:
    """Write the first page anew, with the pages that are there in its table of contents."""
    pages = chance.choice([_toctree(tree), _toctree(tree), "chronology\nbibliography", "*\npart/*\n:glob:"])
    caption = chance.choice(["", ":caption: Find\n", ":hidden:\n", ":numbered:\n"])
    if ":glob:" in pages:
        pages, caption = pages.removesuffix("\n:glob:"), f":glob:\n{caption}"
    text = HOME.format(title=_title(chance), text=_text(chance, 2), caption=f"{caption}\n", pages=pages)
    tree.write("docs/index.md", text)


def index_of_kind(tree: Tree, chance: Random) -> None:
    """Add an index page of a kind, or remove it."""
    kind, folder = chance.choice([("head", "heads"), ("method", "methods"), ("dataset", "datasets")])
    path = f"docs/{folder}/index.md"
    if (tree.root / path).is_file() and chance.random() < 0.5:
        tree.remove(path)
    else:
        tree.write(path, f"# All {folder}\n\n```{{survey:index}} {kind}\n```\n")


def citation(tree: Tree, chance: Random) -> None:
    """Say how the survey is cited, otherwise or not at all."""
    title = _title(chance)
    text = f"@misc{{doe2025survey,\n  title = {{{title}}},\n  author = {{Doe, Jane}},\n  year = {{2025}},\n}}\n"
    tree.write("CITATION.bib", chance.choice([text, text, text.replace("},", "}"), ""]))
    if chance.random() < 0.3:
        tree.remove("CITATION.bib")


#: Settings that change what pages are like: each line stands alone.
SETTINGS = (
    'html_title = "Another title"', 'html_baseurl = ""', "html_copy_source = True", 'language = "zh_CN"',
    'html_static_path = ["_static"]', 'templates_path = ["_templates"]', 'html_extra_path = ["_extra"]',
    'project = "Renamed"', 'survey_repository = "https://github.com/o/r"', "numfig = True",
    'exclude_patterns = ["part"]', "html_use_index = False", 'html_css_files = ["mine.css"]', "smartquotes = True",
    'html_logo = "_static/picture.png"', 'html_domain_indices = False', "nitpicky = True", "myst_heading_anchors = 3",
)  # fmt: skip


def settings(tree: Tree, chance: Random) -> None:
    """Change the configuration."""
    text = tree.read("docs/conf.py").partition("# chosen\n")[0]
    tree.write("docs/conf.py", "\n".join([f"{text}# chosen", *chance.sample(SETTINGS, chance.randrange(4)), ""]))


def static(tree: Tree, chance: Random) -> None:
    """Add, change or remove files that pages use beside their text."""
    places = ("_static/mine.css", "_static/survey.css", "_static/deep/mine.js", "_extra/CNAME", "_extra/robots.txt",
              "_templates/page.html", "_templates/layout.html")  # fmt: skip
    texts = {"page.html": '{%- extends "layout.html" %}{%- block body %}<p>N</p>{{ super() }}{%- endblock %}\n',
             "layout.html": '{%- extends "!layout.html" %}{%- block footer %}<p>N</p>{%- endblock %}\n'}  # fmt: skip
    path = tree.root / "docs" / chance.choice(places)
    if path.is_file() and chance.random() < 0.5:
        path.unlink()
    else:
        text = texts.get(path.name, "/* N */\n").replace("N", str(chance.randrange(5)))
        tree.write(path.relative_to(tree.root).as_posix(), text)
    if chance.random() < 0.1:
        shutil.rmtree(path.parent, ignore_errors=True)


def image(tree: Tree, chance: Random) -> None:
    """Add, change, replace by an older one, or remove an image."""
    place = chance.choice(["_static/picture.png", "pictures/one/picture.png", "pictures/two/picture.png"])
    path = tree.root / "docs" / place
    if path.is_file() and chance.random() < 0.4:
        path.unlink()
        return
    content = f"<svg xmlns='http://www.w3.org/2000/svg'><title>{chance.randrange(4)}</title></svg>"
    tree.write(path.relative_to(tree.root).as_posix(), content)
    if chance.random() < 0.3:
        os.utime(path, (1_000_000_000, 1_000_000_000))


def unreadable(tree: Tree, chance: Random) -> None:
    """Spoil a file, so that it cannot be read or is no longer what it was."""
    pages = sorted((tree.root / "docs").rglob("*.md"))
    path = chance.choice([path for path in pages if path.stem != "index"] or pages)
    spoilt = chance.choice([b"# Bytes \xff\n", b"", b"---\npaper: [\n---\n# Open\n", b"No title, and *no* end"])
    path.write_bytes(spoilt)


EDITS: dict[str, Callable[[Tree, Random], None]] = {
    function.__name__: function
    for function in (
        paper, small_change, without_paper, renamed_paper, head, stage, method, model, without_entry, facets, data_set,
        work, bibliography, chapter, without_page, renamed_page, old_page, home, index_of_kind, citation, settings,
        static, image, unreadable,
    )
}  # fmt: skip
