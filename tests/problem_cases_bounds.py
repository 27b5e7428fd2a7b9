"""Ways to spoil a small survey: values without measure, names and dates that cannot be, files that are nearly pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from problem_cases import (
    DATE,
    HEAD,
    MODEL,
    PAPER,
    RETRIEVAL,
    STAGE,
    TASK,
    Case,
    every,
    field,
    paper,
    pattern,
    replace,
    table,
    write,
)

if TYPE_CHECKING:
    from problem_cases import Spoil
    from trees import Tree

BIB = "references.bib"
EPRINT = "eprint = {2404.15574}"
CHAPTER = "docs/flow.md"
FACTS = "docs/papers/doe2024facts"
DIGITS = "9" * 5000


def _eprint(number: str) -> Spoil:
    return replace(BIB, EPRINT, f"eprint = {{{number}}}")


def _flow(nodes: int) -> Spoil:
    lines = "".join(f"- {{id: n{at}, text: x}}\n" for at in range(nodes))
    declared = f"title: x\nnodes:\n{lines}edges:\n- {{from: n0, to: n1, moves: x}}\n"
    return write(CHAPTER, f"---\norphan: true\n---\n\n# F\n\n```{{survey:flow}}\n{declared}```\n")


def _hidden(tree: Tree) -> None:
    tree.write("docs/_drafts/deep/note.md", "# Note\n")


NAMES: tuple[Case, ...] = (
    *table(
        "name-clash",
        RETRIEVAL,
        [
            (
                name,
                replace(HEAD, "name: Memory Head", f"name: {written}"),
                "name:",
                "'Retrieval Head'",
                "tells them apart",
            )
            for name, written in {
                "same": "Retrieval Head",
                "case": "retrieval head",
                "hyphen": "Retrieval-Head",
                "joined": "RetrievalHead",
                "not seen": '"Retrieval\u2060Head"',
                "joiner": '"Retr\u200dieval Head"',
                "Cyrillic a": "Retriev\u0430l Head",
                "Cyrillic e": "R\u0435trieval Head",
                "Greek capital": "Retrieval \u0397ead",
                "full width": "\uff32etrieval Head",
                "no-break space": '"Retrieval\u00a0Head"',
                "mathematical": "\U0001d411etrieval Head",
                "id": "retrieval",
            }.items()
            if name not in {"not seen", "id"}
        ],
    ),
    Case(
        "name-clash",
        HEAD,
        "id of another",
        replace(HEAD, "name: Memory Head", "name: Retrieval"),
        *("name:", "'Retrieval' already stands for docs/heads/retrieval.md", "tells them apart"),
    ),
    Case(
        "name-clash",
        MODEL,
        "two models",
        replace(MODEL, "name: Llama-2-13B", "name: Llama 2 7b"),
        *("name: Llama 2 7b", "already stands for the model 'llama-2-7b'", "tells them apart"),
    ),
    *table(
        "alias-clash",
        HEAD,
        [
            (name, field(f"aliases: ['{written}']", HEAD), "aliases", f"'{written}'", "tells them apart")
            for name, written in {
                "Greek o": "Previ\u03bfus Token Head",
                "Cyrillic p": "\u0420revious Token Head",
                "joiner in the middle": "Pre\u200dvious Token Head",
            }.items()
        ],
    ),
)

DATES: tuple[Case, ...] = (
    *table(
        "date-differs",
        PAPER,
        [
            ("millennium", paper(DATE, "'2999-01-01'"), "published", "in the future (2999-01-01)", "made public"),
            ("month", paper(DATE, "2998-05"), "published", "in the future (2998-05)", "made public"),
            ("year", paper(DATE, "2997"), "published", "in the future (2997)", "made public"),
            ("arrival", field("added: 2999-01-01"), "2999-01-01", "in the future", "came into the survey"),
            ("century", paper(DATE, "'1924-04-24'"), "published", "says 2024", "years apart"),
            ("decade", paper(DATE, "'2014-04-24'"), "published", "says 2024", "years apart"),
            ("four years", paper(DATE, "'2020-04'"), "published", "says 2024", "years apart"),
        ],
    ),
    *table(
        "date-differs",
        BIB,
        [
            (
                name,
                replace(BIB, "year = {2017}", f"year = {{{year}}}"),
                f"{{{year}}}",
                f"year {year}",
                "in which it appeared",
            )
            for name, year in {"year to come": "2999", "year of no journal": "1066", "year 0": "0000"}.items()
        ],
    ),
    *table(
        "bad-identifier",
        BIB,
        [
            (f"arXiv {number}", _eprint(number), number, f"'{number}'", "an arXiv number")
            for number in (
                "2413.15574",
                "2400.15574",
                "2499.15574",
                "9904.15574",
                "2913.15574",
                "cs/0713001",
                "cs/0700001",
            )
        ],
    ),
)

BOUNDS: tuple[Case, ...] = (
    *table(
        "bad-value",
        MODEL,
        [
            ("layers", replace(MODEL, "layers: 32", "layers: 1000000000"), "000000", "layers", "1000 or less"),
            ("heads", replace(MODEL, "heads: 32", "heads: 4000"), "heads: 4000", "heads", "1000 or less"),
            ("digits", replace(MODEL, "layers: 32", f"layers: {DIGITS}"), DIGITS, "layers", "smaller number"),
            ("fraction", replace(MODEL, "layers: 32", "layers: 3.5"), "3.5", "layers", "whole number"),
            (
                "text",
                replace(MODEL, "name: Llama-2-7B", f"name: {'x' * 2001}"),
                "xxxx",
                "2000 characters",
                "shorten it",
            ),
        ],
    ),
    *table(
        "bad-value",
        STAGE,
        [
            ("order", replace(STAGE, "order: 2", "order: 100000"), "order", "'order'", "1000 or less"),
            ("order below", replace(STAGE, "order: 2", "order: -100000"), "order", "'order'", "-1000 or more"),
            ("order of digits", replace(STAGE, "order: 2", f"order: {DIGITS}"), "order", "'order'", "smaller number"),
        ],
    ),
    *table(
        "bad-value",
        PAPER,
        [
            ("long task", paper(TASK, f"- {'x' * 131_100}"), "xxxx", "2000 characters", "shorten it"),
            (
                "many tasks",
                paper(TASK, "\n  ".join(f"- t{at}" for at in range(61))),
                "tasks:",
                "60 items",
                "isn't needed",
            ),
            ("long id", paper("- retrieval", f"- {'x' * 101}"), "xxxx", "cannot be an id", "lower-case"),
        ],
    ),
    *table(
        "bad-value",
        HEAD,
        [
            (
                "far token",
                pattern("attends: [{from: 1, to: 0}, {from: 5000, to: 0}]"),
                "pattern",
                "from",
                "100 or less",
            ),
            ("weight that is none", pattern("attends: [{from: 1, to: 0, weight: .nan}]"), "pattern", "weight", ""),
            ("weight without end", pattern("attends: [{from: 1, to: 0, weight: .inf}]"), "pattern", "weight", ""),
        ],
    ),
    Case("bad-value", CHAPTER, "nodes", _flow(61), "nodes:", "60 items", "isn't needed"),
    *table(
        "bad-character",
        HEAD,
        [
            (f"in a field, {name}", field(f'hatnote: "a{sign}b"', HEAD), "hatnote", said, "type the value anew")
            for name, sign, said in [
                ("turned", "\\u202e", "changes the direction"),
                ("not seen", "\\u200b", "is not seen"),
                ("zero", "\\0", "U+0000"),
            ]
        ],
    ),
    *table(
        "yaml-tag",
        PAPER,
        [
            (name, paper(DATE, f"{tag} {DATE}"), tag, f"a tag ({tag})", "without it")
            for name, tag in {
                "local": "!foo",
                "of YAML": "!!str",
                "of Python": "!!python/name:os.system",
                "bare": "!",
            }.items()
        ],
    ),
    Case("yaml-tag", PAPER, "of a list", paper("  heads:\n", "  heads: !set\n"), "!set", "a tag (!set)", "without it"),
    *table(
        "yaml-alias",
        PAPER,
        [
            (
                "bomb",
                paper(TASK, "- &a [x, x]\n  - &b [*a, *a]\n  - [*b, *b]"),
                "- &b",
                "an alias",
                "write the value out",
                None,
            )
        ],
    ),
    *table(
        "too-large",
        PAPER,
        [
            ("page", paper("A task.", "A task. " * 30_000), 1, "200,000 bytes", "divide it", None),
            ("part", paper("A task.", "A task. " * 1_300), "A task. A", "10,000 characters", "one to three sentences"),
        ],
    ),
    Case(
        "too-large",
        BIB,
        "value",
        replace(BIB, "journal = {Journal of Heads},\n  eprint", f"journal = {{{'x' * 100_001}}},\n  eprint"),
        *("xxxxx", "100,000 characters", "shorten it"),
    ),
    *table(
        "repeated-part",
        PAPER,
        [
            (
                "again",
                paper("Tasks\n: A task.\n", "Tasks\n: A task.\n\nTasks\n: Another.\n"),
                "Another",
                "'Tasks'",
                "one part",
            ),
            (
                "in capitals",
                paper("Tasks\n: A task.\n", "Tasks\n: A task.\n\nTASKS\n: More.\n"),
                "More",
                "'Tasks'",
                "one part",
            ),
        ],
    ),
    *table(
        "unknown-citation",
        BIB,
        [
            (
                "crossref",
                replace(
                    BIB, "title = {{Retrieval Heads}},", "title = {{Retrieval Heads}},\n  crossref = {nosuch2020x},"
                ),
                *("crossref", "'nosuch2020x'", "remove 'crossref'"),
            )
        ],
    ),
)

NEARLY: tuple[Case, ...] = (
    *(
        Case("ignored-file", path, path, write(path, "# Page\n"), 1, "nearly the name of a page", "name it '<name>.md'")
        for path in (
            *(
                f"{FACTS}{end}"
                for end in (".MD", ".Md", ".markdown", ".mdx", ".txt", ".rst", ".md.txt", ".yaml", ".md.orig", ".md~")
            ),
            *("docs/survey/chapter.markdown", "docs/note.RST", "docs/note.mdown", "docs/note.md.bak", "docs/note.qmd"),
        )
    ),
    Case(
        "ignored-file", "docs/_drafts/deep/note.md", "hidden", _hidden, 1, "'docs/_drafts' is one", "rename the folder"
    ),
    Case(
        "missing-file",
        "docs/index.md",
        "first page",
        lambda tree: tree.remove("docs/index.md"),
        *(1, "first page is not there", "{toctree}", None),
    ),
    Case(
        "unlisted-page",
        "docs/note.md",
        "note",
        write("docs/note.md", "# Note\n"),
        1,
        "no table of contents",
        "'orphan: true'",
    ),
    Case(
        "unlisted-page", "docs/note.md", "empty", write("docs/note.md", ""), 1, "no table of contents", "'orphan: true'"
    ),
    Case(
        "missing-title",
        "docs/index.md",
        "listed page",
        every(write("docs/note.md", "Words.\n"), replace("docs/index.md", "taxonomy\n", "taxonomy\nnote\n")),
        *("note", "'note' has no heading", "'# Title'"),
    ),
    Case(
        "self-reference",
        "docs/taxonomy.md",
        "contents",
        replace("docs/taxonomy.md", "# Taxonomy\n", "# Taxonomy\n\n```{toctree}\n/taxonomy\n```\n"),
        *("# Taxonomy", "leads back to this page", "remove one"),
    ),
    Case(
        "duplicate-target",
        "docs/works.md",
        "bibliography",
        write("docs/works.md", "---\norphan: true\n---\n\n# Works\n\n```{bibliography}\n```\n"),
        *(7, "already given at docs/bibliography.md:3", "keep one"),
    ),
    *table(
        "unknown-target",
        PAPER,
        [
            (
                "footnote in a summary",
                paper("A task.", "A task.[^1]\n\n[^1]: Note."),
                ": A task.[^1]",
                "footnote",
                "",
                None,
            ),
            (
                "page beside it in a summary",
                paper("A task.", "A {doc}`bell2023previous`."),
                "A {doc}",
                "named from this",
                "'/'",
            ),
        ],
    ),
    Case(
        "unknown-target",
        HEAD,
        "hatnote",
        field("hatnote: See {doc}`/nosuch`.", HEAD),
        *("hatnote", "no page '/nosuch'", "without '.md'"),
    ),
    Case(
        "unknown-head",
        HEAD,
        "hatnote",
        field("hatnote: See {survey:head}`retreival`.", HEAD),
        *("hatnote", "no head 'retreival'", "'retrieval'"),
    ),
)
