"""The changes of the rebuild matrix, each with the pages that show it.

The sets are what a reader would see differ: a page belongs to one if, and only if, its text changes by more than the
links to pages before and after it and the lists of citing pages, which are filled in when pages are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comparing import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from trees import Tree

# Newest first. Wu and Ahn share a head and so suggest each other; Bell cites Wu; the essay cites Cole.
AHN, WU, BELL, COLE = (
    "papers/ahn2025memory",
    "papers/wu2024retrieval",
    "papers/bell2023previous",
    "papers/cole2022heads",
)
MEMORY, RETRIEVAL, PREVIOUS = "heads/memory", "heads/retrieval", "heads/previous-token"
RECALLING, IDENTIFYING = "stages/knowledge-recalling", "stages/in-context-identification"
PROBING, ABLATION, LLAMA, NEEDLES = "methods/probing", "methods/zero-ablation", "models/llama-2", "datasets/needles"
MODEL_HEADS = "models/llama-2-7b"  #: The page about the known heads of a model, which has no file.
HOME, ESSAY, CHRONOLOGY, TAXONOMY, BIBLIOGRAPHY = "index", "essay", "chronology", "taxonomy", "bibliography"
HEADS, METHODS, MODELS = "heads/index", "methods/index", "models/index"

#: Where a paper is listed with its result, or with more.
LISTS_OF_WU = frozenset({CHRONOLOGY, HOME, RETRIEVAL, IDENTIFYING, ABLATION, LLAMA, NEEDLES, AHN})
LISTS_OF_BELL = frozenset({CHRONOLOGY, PREVIOUS, IDENTIFYING, PROBING, LLAMA})
#: Where the number of a head type's papers stands.
HEAD_COUNTS = frozenset({HOME, TAXONOMY, HEADS, IDENTIFYING})


def swap(docname: str, *pairs: tuple[str, str]) -> Callable[[Tree], None]:
    """Return what replaces pieces of a page's source."""

    def do(tree: Tree) -> None:
        for old, new in pairs:
            tree.replace(f"docs/{docname}.md", old, new)

    return do


def rework(key: str, old: str, new: str) -> Callable[[Tree], None]:
    """Return what changes an entry of the bibliography."""

    def do(tree: Tree) -> None:
        assert old in tree.works[key]
        tree.works[key] = tree.works[key].replace(old, new)
        tree.write_works()

    return do


def remove_work(tree: Tree, key: str) -> None:
    """Remove an entry of the bibliography."""
    del tree.works[key]
    tree.write_works()


def _add_paper(tree: Tree) -> None:
    tree.paper(
        "dunn2024finding",
        title="More Retrieval Heads",
        heads=["retrieval"],
        published="2024-08-01",
        models=["llama-2-7b"],
        methods=["probing"],
        bib={"author": "Dunn, Eve"},
    )


def _remove_paper(tree: Tree) -> None:
    tree.remove(f"docs/{BELL}.md")
    remove_work(tree, "bell2023previous")


def _rename_paper(tree: Tree) -> None:
    text = tree.read(f"docs/{BELL}.md")
    tree.remove(f"docs/{BELL}.md")
    tree.write("docs/papers/bell2023back.md", text)
    tree.works["bell2023back"] = tree.works.pop("bell2023previous").replace("bell2023previous", "bell2023back")
    tree.write_works()


def _survey_cited_work(tree: Tree) -> None:
    entry = tree.works["vaswani2017attention"]
    tree.paper("vaswani2017attention", title="Attention Is All You Need", published="2022-06", scope="background")
    tree.works["vaswani2017attention"] = entry
    tree.write_works()


def _retitle(tree: Tree) -> None:
    swap(WU, ("# Retrieval Heads", "# Heads That Fetch"))(tree)
    rework("wu2024retrieval", "{{Retrieval Heads}}", "{{Heads That Fetch}}")(tree)


def _move_model(tree: Tree) -> None:
    text = tree.read(f"docs/{LLAMA}.md")
    start = text.index("  - id: llama-2-13b")
    tree.write(f"docs/{LLAMA}.md", text[:start] + text[text.index("---\n", start) :])
    tree.model("llama-2-large", name="Large Llamas", members=[{"id": "llama-2-13b", "name": "Llama-2-13B"}])


def _remove_facet(tree: Tree) -> None:
    tree.remove("docs/survey.toml")
    tree.remove("docs/datasets")
    swap(WU, ("  datasets: [needles]\n", ""))(tree)


def _add_page(tree: Tree) -> None:
    tree.write("docs/notes.md", "# Notes\n\nSome text.\n")
    swap(HOME, ("essay\n", "essay\nnotes\n"))(tree)


def _remove_page(tree: Tree) -> None:
    tree.remove(f"docs/{ESSAY}.md")
    swap(HOME, ("essay\n", ""))(tree)


def _change(
    name: str, do: Callable[[Tree], None], shows: set[str] | frozenset[str], *, more: bool = False, warns: str = ""
) -> Change:
    return Change(name, do, frozenset(shows), more, tuple(warns.split()))


# Faults, by the number at the row:
# 1. Cards hold all that any listing shows (views/cards.py), so pages that show less of a paper, a head or a name are
#    read too: those with results only, with tags of heads and stages only, or the brief taxonomy.
# 2. The bibliography isn't written again when a work that it lists gets or loses its page (pages/citing/backlinks.py).
# 3. A link to a model notes the model's name only, not the page that it stands on (views.Naming, views.Tag).
# 4. The pages before and after a page of a toctree aren't written again when it comes, goes or has a new title.
# 5. A link with words of its own notes the name of its target, which it doesn't show (pages/core/domain.py).
# 6. The views of a removed page count as changed, so nothing is read in its place (pages/freshness/changed_pages.py).
CHANGES = [
    _change("a result", swap(WU, ("A result of 42 %", "A result of 43 %")), {WU, *LISTS_OF_WU}),
    # Fault 1
    _change("an innovation", swap(WU, ("A new idea", "A newer idea")), {WU, CHRONOLOGY, RETRIEVAL}),
    _change("a date", swap(BELL, ("2023-05", "2023-06")), {BELL, *LISTS_OF_BELL}),
    _change(
        "a date that changes the order",
        swap(BELL, ("2023-05", "2024-06")),
        {BELL, AHN, WU, COLE, HOME, *LISTS_OF_BELL},
    ),
    _change(
        "a new paper",
        _add_paper,
        {"papers/dunn2024finding", AHN, WU, CHRONOLOGY, RETRIEVAL, *HEAD_COUNTS}
        | {PROBING, METHODS, LLAMA, MODELS, BIBLIOGRAPHY},
    ),
    _change(
        "a paper removed",
        _remove_paper,
        {WU, COLE, *LISTS_OF_BELL, *HEAD_COUNTS, METHODS, MODELS, BIBLIOGRAPHY},
    ),
    # Fault 2
    _change(
        "a cited paper's page removed",
        lambda tree: tree.remove(f"docs/{COLE}.md"),
        {
            BELL,
            CHRONOLOGY,
            HOME,
            MEMORY,
            RETRIEVAL,
            PREVIOUS,
            ESSAY,
        },  # heads have a row of years, from the first paper's on
    ),
    # Fault 2
    _change(
        "a cited work surveyed",
        _survey_cited_work,
        {"papers/vaswani2017attention", WU, BELL, COLE, CHRONOLOGY, HOME, ESSAY},
        warns="date-differs",
    ),
    _change("a paper renamed", _rename_paper, {"papers/bell2023back", WU, COLE, *LISTS_OF_BELL, BIBLIOGRAPHY}),
    # Fault 1
    _change(
        "a head added to a paper",
        swap(BELL, ("- previous-token", "- previous-token\n  - retrieval")),
        {BELL, AHN, WU, CHRONOLOGY, RETRIEVAL, PREVIOUS, *HEAD_COUNTS},
    ),
    # Fault 1
    _change(
        "a head removed from a paper",
        swap(AHN, ("  - memory\n", "")),
        {AHN, CHRONOLOGY, MEMORY, RETRIEVAL, RECALLING, HOME, TAXONOMY, HEADS},
    ),
    # Fault 1
    _change(
        "a method added to a paper",
        swap(WU, ("methods:\n", "methods:\n  - probing\n")),
        {WU, PROBING, METHODS, RETRIEVAL, MODEL_HEADS},
    ),
    # Fault 5
    _change("a title", _retitle, {WU, BELL, *LISTS_OF_WU, BIBLIOGRAPHY}),
    _change(
        "authors",
        rework("bell2023previous", "Bell, Ada", "Bell, Ada and Cole, Max"),
        {BELL, *LISTS_OF_BELL, BIBLIOGRAPHY},
    ),
    # Fault 1
    _change(
        "a year",
        rework("wu2024retrieval", "year = {2024}", "year = {2025}"),
        {WU, BELL, *LISTS_OF_WU, PREVIOUS, BIBLIOGRAPHY, MODEL_HEADS},
    ),
    _change("an uncited entry", lambda tree: tree.work("zhu2020unused"), {BIBLIOGRAPHY}, warns="unused-entry"),
    # Fault 1
    _change(
        "a head's name",
        swap(RETRIEVAL, ("Retrieval Head", "Fetching Head")),
        {RETRIEVAL, MEMORY, WU, AHN, CHRONOLOGY, *HEAD_COUNTS, MODEL_HEADS, ESSAY},
    ),
    # Fault 1
    _change(
        "a head's first sentence",
        swap(RETRIEVAL, ("what it is", "it fetches")),
        {RETRIEVAL, TAXONOMY, HEADS, IDENTIFYING, MODEL_HEADS},
    ),
    _change(
        "a head's category",
        swap(PREVIOUS, ("category: overall-structure", "category: long-context-retrieval")),
        {PREVIOUS, TAXONOMY, HOME, IDENTIFYING},
    ),
    # Fault 1
    _change(
        "a head's stage",
        swap(
            PREVIOUS,
            ("category: overall-structure", "category: recall"),
            ("stage: in-context-identification", "stage: knowledge-recalling"),
        ),
        {PREVIOUS, TAXONOMY, HOME, IDENTIFYING, RECALLING, BELL, CHRONOLOGY},
    ),
    _change(
        "a category's name",
        swap(IDENTIFYING, ("name: Long Context Retrieval", "name: Fetching")),
        {IDENTIFYING, RETRIEVAL, TAXONOMY, HOME},
    ),
    # Fault 1
    _change(
        "a stage's name",
        swap(IDENTIFYING, ("In Context Identification", "Finding")),
        {IDENTIFYING, RETRIEVAL, PREVIOUS, MEMORY, AHN, WU, BELL, CHRONOLOGY, HOME, TAXONOMY, MODEL_HEADS},
    ),
    _change("an alias", swap(RETRIEVAL, ("- Needle Head", "- Needle Head\n  - Finder")), {RETRIEVAL}),
    _change("a citation added", swap(ESSAY, ("tours", "tours, as {cite:p}`bell2023previous` does,")), {ESSAY}),
    # Fault 1
    _change("a citation removed", swap(BELL, (" of {cite:p}`wu2024retrieval`", "")), {BELL, CHRONOLOGY, PREVIOUS}),
    # Fault 1
    _change(
        "a method's name",
        swap("methods/zero-ablation", ("Zero ablation", "Silencing")),
        {ABLATION, METHODS, AHN, WU, MEMORY, RETRIEVAL, MODEL_HEADS},
    ),
    _change(
        "a new model",
        swap(LLAMA, ("members:\n", "members:\n  - {id: llama-2-70b, name: Llama-2-70B}\n")),
        {LLAMA, HOME},
    ),
    # Fault 3
    _change(
        "a model in another family",
        _move_model,
        {LLAMA, "models/llama-2-large", MODELS, RETRIEVAL, MEMORY},
        more=True,  # the papers' pages have to be written again, since what they link to is elsewhere
    ),
    _change("a position", swap(WU, ("'16.19'", "'16.20'")), {WU, RETRIEVAL, MODEL_HEADS}),
    _change(
        "a new position",
        swap(WU, ("    - '11.15'", "    - '11.15'\n    - '3.4'")),
        {WU, RETRIEVAL, LLAMA, MODEL_HEADS, HOME},
    ),
    _change("a facet's title", lambda tree: tree.replace("docs/survey.toml", "Data sets", "Corpora"), set()),
    # The declarations decide how every file is read, so it would be no fault to read them all again.
    _change("a facet removed", _remove_facet, {WU, HOME}, more=True),
    # Fault 4
    _change("a new page", _add_page, {"notes", HOME}),
    # Fault 4
    _change("a page's title", swap(ESSAY, ("# An essay", "# A short essay")), {ESSAY}),
    # Fault 4
    _change("a page removed", _remove_page, {HOME}),
    # Nothing shows it, but Sphinx forgets that it's gone unless it reads something. Fault 6
    _change("a page in no toctree removed", lambda tree: tree.remove("docs/aside.md"), {HOME}),
]
