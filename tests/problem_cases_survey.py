"""More ways to spoil a small survey: the bibliography, and what holds between files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from problem_cases import DATE, HEAD, MODEL, OTHER, PAPER, RETRIEVAL, STAGE, Case, every, field, paper, replace, table

if TYPE_CHECKING:
    from problem_cases import Spoil
    from trees import Tree

BIB = "references.bib"
ENTRY = "@article{wu2024retrieval,"
TITLE = "  title = {{Retrieval Heads}},\n"
AUTHOR = "  author = {Wu, Wenhao and Wang, Yizhong},\n"
JOURNAL = "  journal = {Journal of Heads},\n  eprint"
UNUSED = "it is not used until then"


def bib(old: str, new: str) -> Spoil:
    """Replace a piece of the bibliography."""
    return replace(BIB, old, new)


def append(text: str) -> Spoil:
    """Add to the end of the bibliography."""
    return lambda tree: tree.write(BIB, tree.read(BIB) + text)


def cited(key: str) -> Spoil:
    """Add a work at the end of the bibliography, with a page that cites it."""
    text = f"\n@misc{{{key},\n  title = {{Later}},\n  author = {{Yu, Ann}},\n  year = {{2025}},\n}}\n"
    return every(
        append(text),
        lambda tree: tree.write("docs/notes.md", f"---\norphan: true\n---\n\n# Notes\n\nSee {{cite:t}}`{key}`.\n"),
    )


def _first_last(tree: Tree) -> None:
    works = dict(sorted(tree.works.items()))
    first = works.pop("ahn2025memory")
    tree.write(BIB, "\n".join([*works.values(), first]))


def _without_entry(tree: Tree) -> None:
    del tree.works["ahn2025memory"]
    tree.write_works()


BIBLIOGRAPHY: tuple[Case, ...] = (
    *table(
        "bibtex-syntax",
        BIB,
        [
            ("no comma after the key", bib(ENTRY, ENTRY[:-1]), ENTRY[:-1], "comma", UNUSED, None),
            (
                "no comma after a field",
                bib(JOURNAL, JOURNAL.replace(",", "")),
                34,
                "'journal'",
                "end it with '},'",
                None,
            ),
            ("brace not closed", bib(TITLE, TITLE.replace("}}", "}")), ENTRY, f"'{ENTRY}'", UNUSED, ("missing-entry",)),
            ("quote not closed", bib(TITLE, '  title = "Re,\n'), ENTRY, f"'{ENTRY}'", UNUSED, ("missing-entry",)),
            ("no sign of equality", bib("title = {{Ret", "title {{Ret"), ENTRY, f"'{ENTRY}'", UNUSED, None),
            ("comment not closed", bib(ENTRY, f"@comment{{a\n{ENTRY}"), "@comment", "'@comment{a'", UNUSED),
            ("words between entries", bib(ENTRY, f"Some words\n{ENTRY}"), "Some words", "text outside", "remove it"),
            ("sign alone", append("\n@\n"), 39, "text outside", "remove it"),
            ("undefined word", bib(JOURNAL, JOURNAL.replace("{Journal of Heads}", "joh")), "joh", "'joh'", ""),
        ],
    ),
    *table(
        "duplicate-field",
        BIB,
        [
            (name, bib(TITLE, f"{TITLE}  {name} = {{X}},\n"), ENTRY, "'title' is given twice", "keep one", None)
            for name in ("title", "Title")
        ],
    ),
    *table(
        "duplicate-key",
        BIB,
        [
            (
                key,
                append(f"\n@book{{{key},\n  title = {{X}},\n}}\n"),
                "@book",
                f"'{key}' is already defined at line 30",
                "",
            )
            for key in ("wu2024retrieval", "Wu2024Retrieval")
        ],
    ),
    *table(
        "bad-key",
        BIB,
        [
            (key, cited(key), f"{{{key},", f"'{key}'", "name, a year and a word")
            for key in ("yu2025-later", "yu_2025", "yulater", "zhào2025later", "yu/../2025")
        ],
    ),
    *table(
        "bad-identifier",
        BIB,
        [
            (
                "doi as address",
                bib("{10.1234/", "{https://doi.org/10.1234/"),
                "https",
                "a valid doi",
                "starts with 10.",
            ),
            ("doi without slash", bib("{10.1234/bell.2023", "{10.1234"), "{10.1234", "a valid doi", "has a slash"),
            ("arxiv with name", bib("{2404.", "{arXiv:2404."), "eprint", "'arXiv:2404.15574'", "2404.15574"),
            ("arxiv that lost a digit", bib("2404.15574", "2404.1557"), "eprint", "'2404.1557'", "2404.15574"),
            ("year", bib("= {2023}", "= {23}"), "{23}", "'23'", "four digits"),
            ("year in words", bib("= {2023}", "= {in press}"), "press", "'in press'", "four digits"),
            ("year in other digits", bib("= {2023}", "= {٢٠٢٣}"), "٢٠٢٣", "'٢٠٢٣'", "four digits"),
        ],
    ),
    *table(
        "latex-markup",
        BIB,
        [
            (
                "accent",
                bib("Wu, Wenhao and Wang", 'W{\\"u}, Wenhao and Wang'),
                "Yizhong",
                "author",
                "the character itself",
            ),
            (
                "escape",
                bib("10.1234/bell.2023},", "10.1234/b},\n  note = {R\\&D},"),
                "note",
                "note",
                "the character itself",
            ),
            ("formula", bib("10.1234/bell.2023},", "10.1234/b},\n  note = {$x^2$},"), "note", "note", "the character"),
        ],
    ),
    *table(
        "bad-value",
        BIB,
        [
            ("type", bib(ENTRY, "@artcle{wu2024retrieval,"), "@artcle", "'@artcle'", "'article'"),
            ("names", bib(AUTHOR, "  author = {Wu, W, Wang, Y},\n"), "Wang, Y", "'Wu, W, Wang, Y'", "Last, First and"),
            (
                "no name",
                bib(AUTHOR, "  author = {Wu and and Wang},\n"),
                "and and",
                "not a list of names",
                "Last, First",
            ),
        ],
    ),
    *table(
        "missing-field",
        BIB,
        [
            ("journal", bib(JOURNAL, "  eprint"), ENTRY, "'wu2024retrieval' has no journal", "add journal = {…}"),
            ("author", bib(AUTHOR, ""), ENTRY, "'wu2024retrieval' has no author", "add author = {…}"),
            ("empty author", bib(AUTHOR, "  author = {},\n"), ENTRY, "has no author", "add author = {…}"),
            ("title", bib(TITLE, ""), ENTRY, "'wu2024retrieval' has no title", "add title = {…}", None),
        ],
    ),
    *table(
        "not-https",
        BIB,
        [("entry", bib("eprint = {2404.15574}", "url = {http://a.org}"), "http:", "'http:", "https://")],
    ),
    *table("unsorted", BIB, [("last", _first_last, "{ahn2025", "comes after 'wu2024retrieval'", "front of 'bell2023")]),
    *table(
        "unused-entry", BIB, [("work", lambda tree: tree.work("yu2025x"), "{yu2025x", "'yu2025x'", "papers/yu2025x.md")]
    ),
    *table(
        "missing-entry",
        OTHER,
        [
            ("none", _without_entry, 1, "no entry 'ahn2025memory'", "add it to references.bib"),
            ("misspelt", bib("{ahn2025memory", "{ahn2025memori"), 1, "'ahn2025memory'", "'ahn2025memori'", None),
        ],
    ),
)

BETWEEN: tuple[Case, ...] = (
    *(
        Case(f"unknown-{kind}", PAPER, f"{old} {wrong}", paper(f"{old}\n", f"{new}{wrong}\n"), line, f"'{wrong}'", mend)
        for kind, old, new, wrong, line, mend in [
            ("head", "- retrieval", "- ", "retreival", 5, "did you mean 'retrieval'?"),
            ("head", "- retrieval", "- ", "zzz", 5, "add its file, or mend the id"),
            ("method", "- zero-ablation", "- ", "zero-ablatoin", 10, "did you mean 'zero-ablation'?"),
            ("model", "- llama-2-13b", "- ", "llama-2-13", 8, "did you mean 'llama-2-13b'?"),
            ("model", "- llama-2-13b", "- ", "llama-2", 8, "did you mean 'llama-2-7b'?"),
            ("model", "model: llama-2-7b", "model: ", "llama-2-7", 17, "did you mean 'llama-2-7b'?"),
            ("head", "head: retrieval", "head: ", "retreival", 18, "did you mean 'retrieval'?"),
        ]
    ),
    *(
        Case(code, HEAD, old, replace(HEAD, old, new), old.split(":")[0], says, mend)
        for code, old, new, says, mend in [
            ("unknown-stage", "stage: knowledge-recalling", "stage: knowledge", "'knowledge'", "'knowledge-recalling'"),
            ("unknown-category", "category: recall", "category: recal", "no category 'recal'", "'recall'"),
            ("unknown-category", "category: recall", "category: overall-structure", "'overall-", "file lists them"),
        ]
    ),
    *(
        Case(code, HEAD, text, field(text, HEAD), text.split(":")[0], says, mend)
        for code, text, says, mend in [
            ("unknown-head", "parent: retreival", "'retreival'", "'retrieval'"),
            ("unknown-head", "related: [retreival]", "'retreival'", "'retrieval'"),
            ("self-reference", "related: [memory]", "'memory' is related to itself", "remove it"),
            ("self-reference", "parent: memory", "memory → memory", "remove one"),
            ("alias-clash", "aliases: [Retrieval Head]", "'Retrieval Head'", ""),
            ("alias-clash", "aliases: [previous-token]", "'previous-token'", ""),
        ]
    ),
    Case(
        "self-reference",
        HEAD,
        "ring",
        every(field("parent: retrieval", HEAD), field("parent: memory", RETRIEVAL)),
        *("parent", "memory → retrieval → memory", "remove one of these parents"),
    ),
    Case("alias-clash", RETRIEVAL, "of aliases", field("aliases: [needle head]", HEAD), "Needle", "'Needle Head'", ""),
    Case(
        "bad-key",
        RETRIEVAL,
        "of the first paper",
        replace(RETRIEVAL, "wu2024retrieval", "Wu 2024"),
        *("Wu 2024", "'Wu 2024' cannot be", "a year and a word"),
    ),
    *(
        Case("unknown-paper", RETRIEVAL, key, replace(RETRIEVAL, "wu2024retrieval", key), key, f"'{key}'", mend)
        for key, mend in {
            "wu2024retrieve": "'wu2024retrieval'",
            "vaswani2017attention": "only a surveyed paper",
        }.items()
    ),
    *(
        Case(code, PAPER, name, spoil, name, says, mend)
        for code, name, spoil, says, mend in [
            ("date-order", "preprinted", field("preprinted: 2024-05"), "2024-05", "leave out 'preprinted'"),
            ("date-order", "preprinted: ", field(f"preprinted: {DATE}"), "2024-04-24", "leave out 'preprinted'"),
            (
                "no-heads",
                "heads:",
                paper("  heads:\n  - retrieval\n", "  heads: []\n"),
                "no head",
                "'scope: background'",
            ),
            (
                "no-heads",
                "heads: ",
                paper("  heads:\n  - retrieval\n", "  heads: \n"),
                "no head",
                "'scope: background'",
            ),
            ("bad-alias", "aliases", field("aliases: [Old 2020]"), "'Old 2020'", "wu2024retrieval"),
            ("alias-clash", "aliases", field("aliases: [ahn2025memory]"), "'ahn2025memory'", "earlier keys"),
            ("alias-clash", "aliases: [wu", field("aliases: [wu2024retrieval]"), "'wu2024retrieval'", "earlier keys"),
        ]
    ),
    Case(
        "alias-clash",
        PAPER,
        "of two papers",
        every(field("aliases: [old2020key]", OTHER), field("aliases: [old2020key]")),
        *("aliases", "'old2020key'", ""),
    ),
    *table(
        "duplicate-id",
        MODEL,
        [
            (
                "member",
                replace(MODEL, "  - id: llama-2-7b\n", "  - id: llama-2-13b\n    name: X\n  - id: llama-2-7b\n"),
                *(12, "'llama-2-13b' is already a member in docs/models/llama-2.md", "rename one"),
            )
        ],
    ),
    *table(
        "duplicate-id",
        "docs/models/llama-3.md",
        [("member of two", lambda tree: tree.model("llama-3", members=["llama-2-7b"]), 5, f"in {MODEL}", "rename one")],
    ),
    *table(
        "duplicate-id",
        STAGE,
        [
            (
                "category",
                replace(STAGE, "id: overall-structure", "id: long-context-retrieval"),
                *(10, "'long-context-retrieval'", "", None),
            )
        ],
    ),
)
