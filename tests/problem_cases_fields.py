"""More ways to spoil a small survey: fields, file names, the text below the front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from problem_cases import END, HEAD, PAPER, Case, field, paper, pattern, replace, table, write

if TYPE_CHECKING:
    from problem_cases import Spoil
    from trees import Tree

FACTS = "---\npaper: {published: 2020, heads: [memory]}\n---\n\n# Tasks\n"
SUMMARY = "\nInnovation\n: a\n\nTasks\n: b\n\nSignificant result\n: c\n"
NEW = "docs/heads/new.md"
NOTE = "---\norphan: true\n---\n\n"


def _copy(path: str) -> Spoil:
    """Write a head's file again under another name."""

    def spoil(tree: Tree) -> None:
        tree.write(path, tree.read(HEAD))

    return spoil


FIELDS: tuple[Case, ...] = (
    *table(
        "unknown-field",
        PAPER,
        [
            ("misspelt", field("scoope: background"), "scoope", "'scoope'", "'scope'"),
            ("like none", field("colour: red"), "colour", "'colour'", "the fields are published, "),
            ("number", field("5: x"), "5: x", "'5'", "the fields are"),
            *(
                (name, field(f"{name}: x"), f"  {name}:", f"'{name}'", "references.bib: move it there")
                for name in ("title", "doi", "venue", "authors", "year")
            ),
            ("in the links", paper("code:", "coode:"), "coode", "'coode'", "'code'"),
            ("beside the kind", paper(END, f"\nscope: x{END}"), "scope", "'scope'", "put the fields under 'paper:'"),
            ("in a position", paper("source: F", "doi: x\n    source: F"), "doi", "'doi'", "model, head, called, at"),
        ],
    ),
    *table(
        "unknown-field",
        HEAD,
        [
            (
                "in a pattern",
                pattern("attends: [{from: 1, origin: 1, to: 0}]"),
                "pattern",
                "'origin'",
                "from, to, weight",
            )
        ],
    ),
    *table(
        "missing-field",
        PAPER,
        [
            ("heads", paper("  heads:", "  aliases: []\n  links: {}\n  hea:"), 2, "'heads'", "'heads: …' under", None),
            (
                "published",
                paper("  published: '2024-04-24'\n", ""),
                2,
                "'published'",
                "add 'published: …' under 'paper'",
            ),
            ("source", paper("    source: Figure 2\n", ""), "- model", "'source'", "add 'source: …'"),
            (
                "all",
                replace(PAPER, "paper:", "paper:\norphan:"),
                2,
                "'heads'",
                "add 'heads: …'",
                ("missing-field", "bad-value"),
            ),
        ],
    ),
    *table(
        "missing-field", HEAD, [("head", replace(HEAD, "  category: recall\n", ""), 2, "'category'", "under 'head'")]
    ),
    *table("unknown-kind", PAPER, [("head", paper("paper:", "head:"), 2, "'head'", "under 'paper:'")]),
    *table("unknown-kind", HEAD, [("heads", replace(HEAD, "head:", "heads:"), 2, "'heads'", "under 'head:'")]),
    *(
        Case("unknown-kind", path, f"in {path}", write(path, FACTS), 2, "'paper'", "docs/papers")
        for path in ("docs/paper/dow2020tasks.md", "docs/papers/2020/dow2020tasks.md")
    ),
)

FILES: tuple[Case, ...] = (
    *(
        Case("bad-file-name", path, stem, write(path, f"{FACTS}{SUMMARY}"), 1, f"'{stem}'", "year, word", also)
        for stem in ("Dow2020tasks", "dow-2020", "dow")
        for path, also in [(f"docs/papers/{stem}.md", ("missing-entry",))]
    ),
    *(
        Case(
            "bad-file-name",
            f"docs/heads/{stem}.md",
            stem,
            _copy(f"docs/heads/{stem}.md"),
            1,
            f"'{stem}'",
            "hyphens",
            ("name-clash",),
        )
        for stem in ("My Head", "my_head", "Memory")
    ),
    *(
        Case("not-utf-8", path, path, write(path, b"# a\n\n\xe9t\xe9\n"), 3, "0xe9", "save the file as UTF-8", None)
        for path in (PAPER, HEAD, "references.bib", "docs/survey.toml", "docs/notes.md")
    ),
    *table(
        "missing-front-matter",
        NEW,
        [
            ("empty file", write(NEW, ""), 1, "'head:'", "begin it with '---'", ("missing-title",)),
            ("text only", write(NEW, "# New\n"), 1, "'head:'", "begin it with '---'"),
            ("comment only", write(NEW, "---\n# name: New\n---\n# New\n"), 1, "'head:'", "begin it with '---'"),
            ("fence of four", write(NEW, "----\nhead:\n----\n# New\n"), 1, "'head:'", "begin it with '---'"),
            (
                "line in front",
                write(NEW, "\n---\nhead: {}\n---\n# New\n"),
                1,
                "'head:'",
                "begin it with '---'",
                ("bad-directive",),
            ),
        ],
    ),
    Case(
        "missing-file",
        "references.bib",
        "bibliography",
        lambda tree: tree.remove("references.bib"),
        *(1, "is not there", "references.bib and docs/", None),
    ),
    Case("missing-file", "docs", "docs", lambda tree: tree.remove("docs"), 1, "is not there", "references.bib", None),
)

#: What a role names, and what it should have named.
ROLES = {
    "head": ("retreival", "retrieval"),
    "stage": ("in-context-identificaton", "in-context-identification"),
    "method": ("probin", "probing"),
    "model": ("llama-2-7", "llama-2-7b"),
    "paper": ("wu2024retrival", "wu2024retrieval"),
}

TEXT: tuple[Case, ...] = (
    *table(
        "missing-title",
        PAPER,
        [
            ("none", paper("# Retrieval Heads\n", ""), 24, "no heading", "'# Title'"),
            ("second level", paper("# Retrieval", "## Retrieval"), 24, "no heading", "'# Title'"),
        ],
    ),
    *table(
        "missing-text",
        HEAD,
        [("note", replace(HEAD, "Memory Head: what it is.", "% Write"), "% W", "no text", "say there what the head")],
    ),
    *table(
        "title-differs",
        PAPER,
        [("capital", paper("# Retrieval H", "# Retrieval h"), "# Ret", "references.bib:30", "'# Retrieval Heads'")],
    ),
    *table(
        "missing-summary",
        PAPER,
        [
            *(
                (f"no {part}", paper(f"{part}\n:", f"{part} too\n:"), "# Ret", f"'{part}'", f"a line '{part}'")
                for part in ("Innovation", "Tasks", "Significant result")
            ),
            ("empty", paper(": A task.", ":"), 31, "'Tasks' of the summary is empty", "sentences here"),
            ("no colon", paper(": A task.", "A task."), "# Ret", "'Tasks'", "below it ': …'"),
        ],
    ),
    *(
        Case(f"unknown-{kind}", PAPER, "role", spoil, "this one", f"there is no {kind} '{wrong}'", f"'{near}'")
        for kind, (wrong, near) in ROLES.items()
        for spoil in [paper("A task.", f"A task,\n  see {{survey:{kind}}}`this one <{wrong}>`.")]
    ),
    *table(
        "unknown-citation",
        PAPER,
        [
            ("misspelt", paper("A task.", "A\n  {cite:p}`ahn2025memry`"), "memry", "'ahn2025memry'", "'ahn2025memory'"),
            ("second", paper("A task.", "A\n  {cite:p}`ahn2025memory, zz2020`"), "zz", "'zz2020'", "add it to ref"),
            ("with words", paper("A task.", "A\n  {cite:p}`{see}zz2020{p. 3}`"), "zz", "'zz2020'", "add it to ref"),
        ],
    ),
    *table(
        "unknown-citation",
        "docs/notes.md",
        [
            (
                name,
                write("docs/notes.md", NOTE + text.replace("HERE", "{cite:t}`zz2020`")),
                line + 4,
                "'zz2020'",
                "add it to ref",
            )
            for name, text, line in [
                ("in a note", "# N\n\n:::{note}\nSee HERE.\n:::\n", 4),
                ("in a note with options", "# N\n\n```{note}\n:name: a\n\nSee HERE.\n```\n", 6),
                ("in a table", "# N\n\n| a |\n|---|\n| HERE |\n", 5),
                ("in a list", "# N\n\n- a\n\n  > HERE\n", 5),
            ]
        ],
    ),
)
