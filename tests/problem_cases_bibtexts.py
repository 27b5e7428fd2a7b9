"""More ways to spoil the bibliography of a small survey: texts that aren't what they seem, and works given twice."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from problem_cases import OTHER, Case, every, replace, table
from problem_cases_survey import AUTHOR, BIB, ENTRY, append, bib

if TYPE_CHECKING:
    from problem_cases import Spoil

_DOI = "10.1234/bell.2023},"


def _note(text: str) -> tuple[Spoil, str]:
    return bib(_DOI, f"{_DOI}\n  note = {{{text}}},"), "note"


def _author(text: str) -> tuple[Spoil, str]:
    return bib(AUTHOR, f"  author = {{{text}}},\n"), text[:12]


_BOMB = (
    "@string{a = {"
    + "x" * 20
    + "}}\n"
    + "".join(f"@string{{{word} = {' # '.join([before] * 10)}}}\n" for before, word in itertools.pairwise("abcdef"))
)
_TWICE = "\n@misc{yu2025x,\n  title = {{Others}},\n  author = {Yu, Ann},\n  year = {2025},\n%s}\n"


def _again(more: str) -> Spoil:
    cite = "---\norphan: true\n---\n\n# Notes\n\nSee {cite:t}`yu2025x`.\n"
    return every(append(_TWICE % more), lambda tree: tree.write("docs/notes.md", cite))


BIBTEXTS: tuple[Case, ...] = (
    *table(
        "odd-character",
        BIB,
        [
            ("ligature", *_note("Eﬃcient Heads"), "is a ligature of 'ffi'", "the character that is meant"),
            ("not seen", *_note("Soft\u200bhyphen"), "U+200B, which isn't seen", "remove it"),
            ("direction", *_note("Heads \u202e"), "U+202E, which isn't seen", "remove it"),
            ("lost", *_note("M\ufffdller"), "(U+FFFD), which stands for", "the character that is meant"),
            ("other script", *_note("\u0410ttention"), "(U+0410), which is a letter of another script", "meant"),
            ("misread", *_note("Rébecca MÃ¼ller"), "'ü' that was read in another encoding", "meant"),
            ("apart", *_note("Mu\u0308ller"), "stands apart from its letter", "meant"),
        ],
    ),
    *table(
        "more-authors",
        BIB,
        [("others", *_author("Wu, Wenhao and others"), "'wu2024retrieval' ends in 'and others'", "give all authors")],
    ),
    *table(
        "bad-value",
        BIB,
        [
            ("commas between", *_author("Rob Oak, Sam Pine, Una Quill"), "not a list of names", "Last, First and"),
            ("et al.", *_author("Oak, Rob and Pine, Sam et al."), "not a list of names", "Last, First and"),
            ("ampersand", *_author("Oak, Rob & Pine"), "not a list of names", "Last, First and"),
            ("semicolon", *_author("Oak, Rob; Pine, Sam"), "not a list of names", "Last, First and"),
            ("initials behind", *_author("Oak R, Pine S"), "not a list of names", "Last, First and"),
            ("homonym", *_author("Oak, Rob 0001"), "not a list of names", "Last, First and"),
        ],
    ),
    *table(
        "bad-identifier",
        BIB,
        [
            ("doi with LaTeX", bib("bell.2023}", "b\\_1}"), "b\\_1", "'10.1234/b\\_1'", "starts with 10."),
            ("doi with a formula", bib("bell.2023}", "b$<$1}"), "b$<$1", "'10.1234/b$<$1'", "starts with 10."),
            ("doi with a full stop", bib("bell.2023}", "bell.}"), "bell.}", "'10.1234/bell.'", "starts with 10."),
        ],
    ),
    *table(
        "duplicate-work",
        BIB,
        [
            (
                "number",
                _again("  eprint = {2404.15574},\n  archiveprefix = {arXiv},\n"),
                "{yu2025x",
                "the arXiv number of 'wu2024retrieval'",
                "remove one",
            ),
            ("doi", _again("  doi = {10.1234/BELL.2023},\n"), "{yu2025x", "the DOI of 'bell2023", "remove"),
        ],
    ),
    *table(
        "bibtex-syntax",
        BIB,
        [
            (
                "strings of strings",
                bib(ENTRY, f"{_BOMB}{ENTRY}"),
                "@string{e",
                "stand for more than 100,000 characters",
                "write the value out",
            )
        ],
    ),
    Case(
        "title-differs",
        OTHER,
        "look-alike",
        replace(OTHER, "# Memory Heads", "# Memory\u2011Heads"),
        *("# Memory", "the heading is not", "write '# "),
    ),
)
