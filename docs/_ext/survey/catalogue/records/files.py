"""Reading a survey's files into records; everything wrong with a single file is found here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from survey.catalogue.bibliography import references
from survey.catalogue.markup import body, bounds, characters
from survey.catalogue.markup.allowed import PAGE_KEYS
from survey.catalogue.markup.parts import DirectiveText
from survey.catalogue.markup.refusing import Judge
from survey.catalogue.markup.refusing import front_matter as refused_keys
from survey.catalogue.problems import Problem, did_you_mean
from survey.catalogue.records import page_files, page_tables
from survey.catalogue.records.known_texts import KnownTexts
from survey.catalogue.schema import frontmatter
from survey.catalogue.schema.facets import PAPERS
from survey.catalogue.schema.fields import ENTRY_ID, MARKDOWN
from survey.catalogue.schema.frontmatter import FrontMatter
from survey.catalogue.schema.validating import read_fields
from survey.catalogue.texts import symlinks
from survey.catalogue.texts.places import CITATION, DOCS
from survey.catalogue.texts.references_bib import PAPER_KEY
from survey.catalogue.texts.text_files import read_text

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from survey.catalogue.bibliography.bibentry import BibEntry
    from survey.catalogue.markup.body import Body
    from survey.catalogue.schema.facets import Layout
    from survey.catalogue.schema.fields import Fields

_Found = TypeVar("_Found")

#: The index page of a folder of facts is an ordinary page.
INDEX = "index"


@dataclass(frozen=True)
class Page:
    """A Markdown file under ``docs/``: where it is, what it says, and its fields if it is a file of facts."""

    path: str  #: Relative to the survey's root, with forward slashes.
    stem: str
    body: Body
    front: FrontMatter
    kind: str = ""  #: The key of the front matter that its folder asks for.
    fields: Fields | None = None  #: None if it's an ordinary page, or if what stands there cannot be used.
    texts: Mapping[str, Body] = field(default_factory=dict)  #: What fields say in Markdown, by name.
    rows: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  #: By group of positions, their lines in a table.
    table: str | None = None  #: The file of that table.
    readable: bool = True  #: Whether anything is known of it beyond that it's there.
    found: dict[str, tuple[Any, ...]] = field(default_factory=dict, repr=False, compare=False)  #: See :meth:`once`.

    def once(self, what: str, look: Callable[[], Iterable[_Found]]) -> tuple[_Found, ...]:
        """Return what is found by looking at the text alone; it is kept with the page as long as the text stays.

        ``what`` names the question. What is found may depend on the survey's settings, which pages are kept by, but
        on nothing that other files say.
        """
        if what not in self.found:
            self.found[what] = tuple(look())
        return self.found[what]

    def line(self, *at: str | int) -> int:
        """Return the line of a field, given its path inside the front matter of its kind."""
        return self.front.line((self.kind, *at))

    def place(self, group: int, number: int) -> tuple[str, int]:
        """Return file and line of a position, given its group and its number in it."""
        if self.table is not None and group in self.rows:
            return self.table, self.rows[group][number]
        return self.path, self.line("positions", group, "at", number)


@dataclass
class Files:
    """All that was read."""

    papers: dict[str, Page] = field(default_factory=dict)
    entries: dict[str, dict[str, Page]] = field(default_factory=dict)  #: By kind and id.
    others: list[Page] = field(default_factory=list)  #: Pages of text, without front matter of a kind.
    bibliography: Mapping[str, BibEntry] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()  #: The keys of works that are in the bibliography but cannot be used.
    has_bibliography: bool = False  #: Whether it could be read; else nothing is known of the works.
    problems: list[Problem] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)  #: Files and folders under docs/ that no build may read.

    @property
    def works(self) -> set[str]:
        """The keys of all works of the bibliography."""
        return {*self.bibliography, *self.broken}

    def has_work(self, key: str) -> bool:
        """Return whether a work is in the bibliography, be it one that cannot be used."""
        return key in self.bibliography or key in self.broken

    @property
    def whole(self) -> bool:
        """Whether every page could be read; else nothing is known of what some of them say."""
        return all(page.readable for page in self.all_pages())

    def pages(self) -> Iterator[Page]:
        """Yield every page that could be read, the facts first."""
        return (page for page in self.all_pages() if page.readable)

    def add(self, page: Page) -> None:
        """Put a page where those of its kind are."""
        if page.kind:
            (self.papers if page.kind == "paper" else self.entries[page.kind])[page.stem] = page
        else:
            self.others.append(page)

    def all_pages(self) -> Iterator[Page]:
        """Yield every page, also those of which nothing is known but that they are there."""
        yield from self.papers.values()
        for pages in self.entries.values():
            yield from pages.values()
        yield from self.others


def read_files(root: Path, layout: Layout, *, certain: bool = True, known: KnownTexts | None = None) -> Files:
    """Read the bibliography and every Markdown file under ``docs/`` of a survey at ``root``.

    Unless it is ``certain`` what the survey has declared, pages may be facts of a kind that isn't known. Pages whose
    text is ``known``, from a survey that declares the same, are taken from there.
    """
    files = Files(entries={facet.kind: {} for facet in layout.facets}, problems=list(symlinks.problems(root)))
    known = known or KnownTexts()
    _read_bibliography(root, files, known)
    if not (root / DOCS).is_dir():
        hint = "a survey has references.bib and docs/ at its root"
        files.problems.append(Problem(DOCS, 1, "missing-file", "the folder is not there", hint))
    folders = {PAPERS: _Folder("paper", layout.paper_fields, PAPER_KEY)}
    folders |= {facet.folder: _Folder(facet.kind, facet.fields, ENTRY_ID) for facet in layout.facets}
    there = page_files.find(root, folders)
    files.problems += there.problems
    files.excluded += there.excluded
    reading = _Reading(root, folders, there.tables, known, files.problems, certain)
    judge = Judge.of(root, layout)
    for path in there.pages:
        page = reading.page(path)
        if not page.readable:
            files.excluded.append(path)
        files.problems += judge.problems(page.body.parts, path)
        for name, inner in page.texts.items():
            files.problems += (replace(at, line=page.line(name)) for at in judge.problems(inner.parts, path))
        files.add(page)
    files.problems += page_tables.unused(tuple(files.all_pages()), there.tables)
    files.problems += _own_citation(root, files)
    return files


def _read_bibliography(root: Path, files: Files, known: KnownTexts) -> None:
    text = read_text(root, references.FILE, files.problems)
    if text is not None:
        found = known.read(references.FILE, text, partial(_entries, text), files.problems)
        files.bibliography, files.broken, files.has_bibliography = found.entries, found.broken, True


def _entries(text: str, problems: list[Problem]) -> references.Bibliography:
    found = references.read_all(text)
    problems += found.problems
    return found


def _own_citation(root: Path, files: Files) -> Iterator[Problem]:
    """Report a survey that says how to cite it, and doesn't know."""
    parts = (part for page in files.pages() for part in page.body.parts)
    if any(isinstance(part, DirectiveText) and part.name == "survey:cite" for part in parts):
        entries, _problems = references.read(read_text(root, CITATION, []) or "")
        if not entries:
            yield Problem(CITATION, 1, "bad-value", "there is no entry by which to cite the survey", "add one")


@dataclass(frozen=True, slots=True)
class _Folder:
    """What the files of a folder of facts hold."""

    kind: str
    fields: type[Fields]
    form: re.Pattern[str]  #: Of the names of files.


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the pages of a survey are read."""

    root: Path
    folders: Mapping[str, _Folder]
    tables: Collection[str]
    known: KnownTexts
    problems: list[Problem]
    certain: bool

    def page(self, path: str) -> Page:
        """Read a page; what is wrong with it is among the problems."""
        text = _page_text(self.root, path, self.problems)
        name, _, stem = path.removeprefix(f"{DOCS}/").removesuffix(".md").rpartition("/")
        folder = self.folders.get(name) if stem != INDEX else None
        if text is None:
            kind = folder.kind if folder is not None else ""
            return Page(path, stem, body.parse(""), FrontMatter(), kind, readable=False)
        if folder is None:
            read = partial(_read_text_page, path, stem, text, self.folders, certain=self.certain)
            page = self.known.read(path, text, read, self.problems)
        else:
            read = partial(_read_fact, path, stem, text, folder)
            page = self.known.read(path, text, read, self.problems)
            page = page_tables.tabled(page, self.root, self.problems, self.tables)
        return page if page.body.outline.usable else replace(page, fields=None, texts={}, readable=False)


def _page_text(root: Path, path: str, problems: list[Problem]) -> str | None:
    """Return the text of a page, or None where it cannot be used, which is then among the problems."""
    text = read_text(root, path, problems, bounds.LARGEST)
    if text is None:
        return None
    block = frontmatter.split(text)
    first = block[1] if block is not None else 0  # what front matter holds is judged value by value
    problems += [fault.on(path) for fault in characters.faults(text, first)]
    if (fault := bounds.fault(text, first)) is not None:
        problems.append(fault.on(path))
        return None
    return text


def _read_text_page(
    path: str, stem: str, text: str, folders: Mapping[str, _Folder], problems: list[Problem], *, certain: bool
) -> Page:
    """Read an ordinary page: what its front matter says is for Sphinx, as long as it is no fact."""
    front, found = frontmatter.parse(text, path)
    problems += [problem for problem in found if problem.code == "yaml-syntax"]
    homes = {folder.kind: f"{DOCS}/{name}/" for name, folder in folders.items()}
    for key in front.values:
        near = did_you_mean(path.removeprefix(f"{DOCS}/").rpartition("/")[0], folders)
        if key in homes or (near and key not in PAGE_KEYS):
            message = f"front matter of the kind '{key}' in a folder of no kind"
            home = homes.get(key) or ", ".join(homes.values())
            hint = f"facts stand in {home}, each in a file that is named like its id"
            problems.append(Problem(path, front.line((key,)), "unknown-kind", message, hint))
            break
    else:
        key = ""
    if certain:
        problems += refused_keys(front, path, key)
    return Page(path, stem, body.parse(text), front)


def _read_fact(path: str, stem: str, text: str, folder: _Folder, problems: list[Problem]) -> Page:
    """Read a file of facts; its fields stay None if it cannot be used."""
    kind = folder.kind
    front, found = frontmatter.parse(text, path)
    page = Page(path, stem, body.parse(text), front, kind)
    problems += found
    if folder.form.fullmatch(stem) is None:
        wanted = "wu2024retrieval.md: name, year, word" if kind == "paper" else "lower-case words joined by hyphens"
        problems.append(Problem(path, 1, "bad-file-name", f"'{stem}' cannot be an id", f"name the file like {wanted}"))
    if page.body.title is None:
        hint = "begin the text with a line '# Title'"
        problems.append(Problem(path, front.end + 1, "missing-title", "the file has no heading", hint))
    if any(problem.code in {"yaml-syntax", "yaml-alias"} for problem in found):
        return page
    if kind not in front.values:
        problems.append(_no_kind(path, kind, front))
        return page
    problems += refused_keys(front, path, kind)
    fields, found = read_fields(front, path, kind, folder.fields)
    problems += found
    problems += _unseen(front, path)
    given = {name: str(getattr(fields, name, None) or "") for name in MARKDOWN}
    return replace(page, fields=fields, texts={name: body.parse(text) for name, text in given.items() if text})


def _unseen(front: FrontMatter, path: str) -> Iterator[Problem]:
    """Yield the values that hold what readers don't see; they are used as they are."""
    for at, text in frontmatter.texts(front.values):
        if (said := characters.unseen(text)) is not None:
            message = f"the value holds {said}"
            yield Problem(path, front.line(at), "bad-character", message, "remove it, or type the value anew")


def _no_kind(path: str, kind: str, front: FrontMatter) -> Problem:
    others = [key for key in front.values if key not in PAGE_KEYS]
    if not others:
        hint = f"begin it with '---', '{kind}:', its fields and '---'"
        return Problem(path, 1, "missing-front-matter", f"the file has no front matter '{kind}:'", hint)
    message = f"the front matter is of the kind '{others[0]}'"
    hint = f"files of this folder have the fields under '{kind}:'"
    return Problem(path, front.line((others[0],)), "unknown-kind", message, hint)
