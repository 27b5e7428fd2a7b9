"""``references.bib``: read with bibtexparser, checked, and kept as the text that was written."""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from survey.catalogue.bibliography import entry_checks, entry_texts, year_letters
from survey.catalogue.bibliography.bibentry import BibEntry
from survey.catalogue.bibliography.bibtex_values import LONGEST, WORD, Strings, TooLongError, evaluate
from survey.catalogue.problems import Problem
from survey.catalogue.texts import references_bib
from survey.catalogue.texts.silence import silent

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

FILE = references_bib.FILE
#: What BibTeX takes for a key is more, but keys become names of files and addresses.
_KEY = re.compile(r"[A-Za-z0-9:_+-][A-Za-z0-9:_.+-]*")
_START = re.compile(r"@\w*\s*[{(]\s*([^\s,{}()=]+)\s*,")
_LONGEST = 100  #: Characters of a line that are quoted.
_UNUSED = "the entry is not used until then"


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What was read."""

    entries: Mapping[str, BibEntry]  #: By key, in the order of the file.
    broken: frozenset[str]  #: The keys of entries that are there but cannot be used.
    problems: list[Problem]


def read(text: str) -> tuple[Mapping[str, BibEntry], list[Problem]]:
    """Read a bibliography, by key in the order of the file; broken and repeated entries are reported and left out."""
    found = read_all(text)
    return found.entries, found.problems


def read_all(text: str) -> Bibliography:
    """Read a bibliography, and say which of its entries cannot be used."""
    reader = _Reader()
    with silent("bibtexparser", logging.ERROR):  # it logs what we report
        blocks = parse_string(text, parse_stack=[]).blocks
    starts = {block.start_line for block in blocks if not isinstance(block, model.ImplicitComment)}
    for block in blocks:
        if not isinstance(block, model.ImplicitComment) or not _is_comment(block, starts):
            reader.read(block)
    same = entry_texts.check_same(reader.entries.values())
    entries = year_letters.lettered(reader.entries)
    problems = [*reader.problems, *same, *entry_checks.check_order(entries), *year_letters.clashes(entries, FILE)]
    return Bibliography(MappingProxyType(entries), frozenset(reader.broken - set(reader.entries)), problems)


def _is_comment(block: model.ImplicitComment, starts: Container[int | None]) -> bool:
    """Tell whether every line of a text outside entries begins with '%', as the first lines of many programs do.

    BibTeX itself reads on behind '%': an entry on the same line is one, against what its writer meant.
    """
    lines = block.comment.strip().split("\n")
    last = (block.start_line or 0) + len(lines) - 1
    return last not in starts and all(line.lstrip().startswith("%") for line in lines if line.strip())


class _Reader:
    """Reads one block after the other: a word stands for what was defined above it."""

    def __init__(self) -> None:
        self.entries: dict[str, BibEntry] = {}
        self.broken: set[str] = set()
        self.problems: list[Problem] = []
        self._strings = Strings()
        self._lines: dict[str, int] = {}  # by key in lower case: keys that differ only in case are one to BibTeX

    def read(self, block: model.Block) -> None:
        line = (block.start_line or 0) + 1
        if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
            block = block.ignore_error_block or block  # we look for these ourselves, whatever the case of letters
        if isinstance(block, model.Entry):
            self._entry(block, line)
        elif isinstance(block, model.String):
            self._string(block, line)
        elif isinstance(block, model.ParsingFailedBlock):
            if (start := _START.match((block.raw or "").strip())) is not None:
                self.broken.add(start[1])
            self.problems.append(_failed(block, line))
        elif isinstance(block, model.ImplicitComment) and block.comment.strip():
            self.problems.append(_outside(block, line))

    def _string(self, block: model.String, line: int) -> None:
        value = self._value(block.key, str(block.value), line, "mend it")
        self._strings.known[block.key.lower()] = value if isinstance(value, str) else ""
        if isinstance(value, Problem):
            self.problems.append(value)

    def _entry(self, block: model.Entry, line: int) -> None:
        fields = self._fields(block, line)
        if isinstance(fields, Problem):
            self.broken.add(block.key)
            self.problems.append(fields)
        elif (first := self._lines.get(block.key.lower())) is not None:
            message = f"'{block.key}' is already defined at line {first}"
            self.problems.append(Problem(FILE, line, "duplicate-key", message, "the second entry is not used"))
        else:
            source = (block.raw or "").strip()
            entry = BibEntry(block.key, block.entry_type.lower(), MappingProxyType(fields), source, line)
            lines = {field.key.lower(): (field.start_line or 0) + 1 for field in block.fields}
            self.problems += entry_checks.check_entry(entry, lines)
            self._lines[block.key.lower()] = line
            self.entries[block.key] = entry

    def _fields(self, block: model.Entry, line: int) -> dict[str, str] | Problem:
        """Return the fields of an entry, or what makes it one that cannot be used."""
        if _KEY.fullmatch(block.key) is None:
            return Problem(FILE, line, "bad-key", f"'{block.key}' cannot be a key", f"{entry_checks.KEYS}; {_UNUSED}")
        if WORD.fullmatch(block.entry_type) is None:
            message = f"'{block.entry_type}' cannot be a type of entry"
            return Problem(FILE, line, "bibtex-syntax", message, f"write @article, @inproceedings, @misc …; {_UNUSED}")
        counts = Counter(field.key.lower() for field in block.fields)
        if repeated := ", ".join(f"'{name}'" for name, count in sorted(counts.items()) if count > 1):
            message = f"{repeated} is given twice in one entry"
            return Problem(FILE, line, "duplicate-field", message, f"keep one; {_UNUSED}")
        fields = {}
        for field in block.fields:
            value = self._value(field.key, str(field.value), (field.start_line or 0) + 1, f"'{block.key}' is not used")
            if isinstance(value, Problem):
                return value
            fields[field.key.lower()] = " ".join(value.split())
        return fields

    def _value(self, name: str, text: str, line: int, otherwise: str) -> str | Problem:
        try:
            if WORD.fullmatch(name) is not None:
                return evaluate(text, self._strings)
        except KeyError as error:
            message = f"no @string above defines '{error.args[0]}', the value of '{name}'"
            return Problem(FILE, line, "bibtex-syntax", message, f"put it in braces; {otherwise} until then")
        except TooLongError:
            message = f"the @strings in '{name}' stand for more than {LONGEST:,} characters"
            return Problem(FILE, line, "bibtex-syntax", message, f"write the value out; {otherwise} until then")
        except ValueError:
            pass
        message = f"the value of '{name}' doesn't end where it should"
        return Problem(FILE, line, "bibtex-syntax", message, f"end it with '}},' (or '\",'); {otherwise} until then")


def _outside(block: model.ImplicitComment, line: int) -> Problem:
    if all(text.lstrip().startswith("%") for text in block.comment.strip().split("\n")):
        message, hint = (
            "an entry stands behind '%', where it is read nonetheless",
            "begin a line with it, or remove its '@'",
        )
        return Problem(FILE, line, "bibtex-syntax", message, hint)
    hint = "remove it, or begin the line with '%', which makes a comment of it"
    return Problem(FILE, line, "bibtex-syntax", "text outside any entry", hint)


def _failed(block: model.ParsingFailedBlock, line: int) -> Problem:
    reason = str(getattr(block.error, "abort_reason", "") or block.error).split("\n", maxsplit=1)[0].rstrip(". ")
    start = (block.raw or "").strip().split("\n", maxsplit=1)[0][:_LONGEST]
    message = f"the entry that starts '{start}' cannot be read ({reason})"
    return Problem(FILE, line, "bibtex-syntax", message, "mend it; it is not used until then")
