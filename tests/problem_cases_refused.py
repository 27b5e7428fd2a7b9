"""More ways to spoil a small survey: what pages may not hold. hostile_markup.py has many more of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from problem_cases import PAPER, Case, paper, table

if TYPE_CHECKING:
    from problem_cases import Spoil
    from trees import Tree

URL = "https://example.org/retrieval"
NEXT = "Transformers come from"


def text(words: str) -> Spoil:
    """Put words into the text of the paper, at the beginning of a line."""
    return paper(NEXT, f"{words}\n\n{NEXT}")


def _link(tree: Tree) -> None:
    (tree.root / "docs/notes.md").symlink_to("nowhere.md")


def _bibliography(tree: Tree) -> None:
    (tree.root / "references.bib").rename(tree.root / "other.txt")
    (tree.root / "references.bib").symlink_to("other.txt")


REFUSED: tuple[Case, ...] = (
    *table(
        "bad-address",
        PAPER,
        [
            ("user", paper(URL, "https://github.com@evil.example/"), "evil", "user name", "host alone"),
            ("space", paper(URL, "https://example.org/a b"), "a b", "characters", "https://example.org/a%20b"),
            ("space in the host", paper(URL, "https://a b"), "https://a b", "no host", "in full"),
            (
                "letters",
                paper(URL, "https://exаmple.org/"),
                "https://ex",
                "look like others",
                "Latin",
            ),  # a Cyrillic one
            ("punycode", paper(URL, "https://xn--exmple-4nf.org/"), "xn--", "look like others", "Latin"),
            ("number", paper(URL, "https://127.0.0.1/"), "127", "no host", "in full"),
            ("hidden", paper(URL, "https://example.org/%E2%80%AEgpj"), "%E2", "readers don't see", "anew"),
            ("long", paper(URL, f"https://example.org/{'a' * 3000}"), "aaa", "2000", "shorter"),
        ],
    ),
    *table(
        "bad-image",
        PAPER,
        [("elsewhere", text("![x](https://evil.example/p.png)"), "evil", "'https://evil.example/p.png'", "into docs/")],
    ),
    *table(
        "bad-link",
        PAPER,
        [
            ("outside", text("[x](../../conf.py)"), "conf", "leads out of docs/", "this page's folder"),
            ("no file", text("[x](wu2024retreival.md)"), "(wu2024", "there is no file", "'wu2024retrieval.md'"),
        ],
    ),
    *table("math", PAPER, [("braces", text("$a{b$"), "$a{b$", "braces don't pair up", "simplify it")]),
    *table(
        "refused-directive",
        PAPER,
        [
            ("raw", text("```{raw} html\n<i>\n```"), "{raw}", "'raw'", "reference"),
            ("misspelt", text("```{notes}\nx\n```"), "{notes}", "'notes'", "'note'"),
            ("option", text("```{note}\n:class: x\n\nx\n```"), "{note}", "'class'", "it has name"),
        ],
    ),
    *table("refused-role", PAPER, [("download", text("{download}`x`"), "{down", "'download'", "reference")]),
    Case("symbolic-link", "docs/notes.md", "page", _link, 1, "stands in docs/", "the file itself"),
    Case("symbolic-link", "references.bib", "bibliography", _bibliography, 1, "a .bib file", "the file itself", None),
)
