"""Where roles and links lead that Sphinx resolves when all pages are read: to pages, headings, labels, terms."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from survey.catalogue.markup.body import split_target
from survey.catalogue.markup.faults import Fault
from survey.catalogue.markup.parts import DirectiveText, Link, RoleText
from survey.catalogue.problems import did_you_mean
from survey.catalogue.schema.fields import MethodFields, PaperFields, StageFields
from survey.catalogue.texts.places import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from survey.catalogue.markup.outline import Named
    from survey.catalogue.problems import Problem
    from survey.catalogue.records.files import Files, Page

#: Pages and labels that Sphinx makes itself.
_MADE = frozenset({"genindex", "modindex", "search", "py-modindex"})
#: Labels of the reference: nobody but the code knows which there are.
_OF_REFERENCE = re.compile(r"(?:fields?|setting|role|directive|markup|config|problem|file|hooks)-")
_NOT_IN_ANCHOR = re.compile(r"[^\w\u4e00-\u9fff\- ]")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
#: What sphinxcontrib-bibtex takes for keys (its module citation_target).
_KEY = r"\s*(?:\{[^{}]+\})?\s*[^{}\s,]+\s*(?:\{[^{}]+\})?\s*"
_CITED = re.compile(f"{_KEY}(?:,{_KEY})*")
_SPACE = re.compile(r"\s+")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass
class Targets:
    """What a survey's pages can link to."""

    pages: dict[str, Page] = field(default_factory=dict)  #: By name, as Sphinx has it: 'survey/about'.
    labels: defaultdict[str, list[tuple[Page, int]]] = field(default_factory=lambda: defaultdict(list))
    equations: defaultdict[str, list[tuple[Page, int]]] = field(default_factory=lambda: defaultdict(list))
    terms: defaultdict[str, list[tuple[Page, int]]] = field(default_factory=lambda: defaultdict(list))
    objects: set[str] = field(default_factory=set)  #: Ids of papers and entries, which a link may name as well.
    titled: set[str] = field(default_factory=set)  #: Labels of what has words of its own: headings, tables, figures.
    has_reference: bool = False  #: Whether a page shows the reference of code and fields, which has labels of its own.
    whole: bool = True  #: Whether every page could be read.
    #: The anchors of the sections that a directive makes, beside those of objects. Links on its own page can name them;
    #: from elsewhere nothing does.
    sections: Mapping[str, Set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Files) -> Targets:
        """Collect them."""
        found = cls(whole=files.whole)
        found.objects = {*files.papers, *files.works, *(key for pages in files.entries.values() for key in pages)}
        for pages in files.entries.values():
            found.objects |= {member.id for page in pages.values() for member in getattr(page.fields, "members", ())}
        for page in files.all_pages():
            found.pages[name_of(page)] = page
            for label in (*page.body.outline.titled, *page.body.outline.labels):
                found.labels[normal(label.name)].append((page, label.line))
            found.titled |= {normal(label.name) for label in page.body.outline.titled}
            for equation in page.body.outline.equations:
                found.equations[equation.name].append((page, equation.line))
            for part in page.body.parts:
                if isinstance(part, DirectiveText):
                    found._directive(page, part)
        found.sections = _sections(files)
        return found

    def _directive(self, page: Page, part: DirectiveText) -> None:
        if label := part.options.get("label", "").strip():
            self.equations[label].append((page, part.line))
        if name := part.options.get("name", "").strip():
            self.labels[normal(name)].append((page, part.line))
            if part.options.get("caption") or part.argument or part.name == "figure":
                self.titled.add(normal(name))
        self.has_reference |= part.name == "survey:reference"
        if part.name == "glossary":
            for number, line in enumerate(part.content.splitlines(), start=part.content_line):
                if line.strip() and not line[0].isspace() and not line.startswith(".. "):
                    self.terms[line.partition(" : ")[0].strip().lower()].append((page, number))

    def has_any(self, page: Page, target: str) -> bool:
        """Tell whether a role 'any' finds something."""
        name = normal(target)
        in_text = name in self.labels or name in self.terms or self.is_made(name)
        return in_text or join(page, target) in self.pages or target in self.objects

    def is_made(self, label: str) -> bool:
        """Tell whether a label is one that Sphinx or the reference makes."""
        return label in _MADE or (self.has_reference and _OF_REFERENCE.match(label) is not None)

    def problems(self) -> Iterator[Problem]:
        """Yield what has the name of something else."""
        for what, named in (("label", self.labels), ("equation", self.equations), ("term", self.terms)):
            for name, places in named.items():
                first, line = places[0]
                for page, at in places[1:]:
                    message = f"the {what} '{name}' is already given at {first.path}:{line}"
                    yield Fault(at, "duplicate-target", message, "give it a name of its own, or remove it").on(
                        page.path
                    )


def name_of(page: Page) -> str:
    """Return the name of a page: its path under docs/ without the suffix."""
    return page.path.removeprefix(f"{DOCS}/").removesuffix(".md")


def normal(label: str) -> str:
    """Return a label as docutils compares it."""
    return _SPACE.sub(" ", label).strip().lower()


def footnotes(page: Page) -> Iterator[Fault]:
    """Yield footnotes that are missing, that nothing refers to, or that are there twice."""
    outline = page.body.outline
    lines: dict[str, int] = {}
    for note in outline.footnotes:
        if note.name in lines:
            message = f"the footnote '{note.name}' is already given at line {lines[note.name]}"
            yield Fault(note.line, "duplicate-target", message, "give it a name of its own, or remove it")
        lines.setdefault(note.name, note.line)
    marks = {mark.name for mark in outline.footnote_marks}
    for name, line in lines.items():
        if name not in marks:
            message = f"nothing refers to the footnote '{name}'"
            yield Fault(line, "unused-footnote", message, f"put '[^{name}]' where it belongs, or remove it")
    for mark in _once(outline.footnote_marks):
        if mark.name not in lines:
            hint = did_you_mean(mark.name, lines, f"add a line '[^{mark.name}]: …'")
            yield Fault(mark.line, "unknown-target", f"there is no footnote '{mark.name}' on this page", hint)


def _once(named: Iterable[Named]) -> Iterator[Named]:
    seen: set[str] = set()
    for one in named:
        if one.name not in seen:
            seen.add(one.name)
            yield one


def faults(page: Page, targets: Targets) -> Iterator[Fault]:
    """Yield the roles and links of a page that lead nowhere."""
    for part in page.body.parts:
        if isinstance(part, RoleText):
            yield from _role(page, part, targets)
        elif isinstance(part, Link):
            yield from _link(page, part, targets)


def _role(page: Page, role: RoleText, targets: Targets) -> Iterator[Fault]:
    if (nothing := names_nothing(role)) is not None:
        yield nothing
    if nothing is not None or not targets.whole:
        return
    target = split_target(role.content)[1].strip()
    if role.name == "doc":
        name = join(page, target)
        if name not in targets.pages and name not in _MADE:
            yield _missing(role.line, "page", target, targets.pages)
    elif role.name == "ref":
        if normal(target) not in targets.labels and not targets.is_made(normal(target)):
            yield _missing(role.line, "label", target, targets.labels)
        elif split_target(role.content)[0] is None and not (
            normal(target) in targets.titled or targets.is_made(normal(target))
        ):
            message = f"the label '{target}' stands in front of nothing that has a title"
            yield Fault(role.line, "unknown-target", message, f"give the words of the link: {{ref}}`words <{target}>`")
    elif role.name == "term":
        if target.lower() not in targets.terms:
            yield _missing(role.line, "term", target, targets.terms)
    elif role.name == "any":
        if not targets.has_any(page, target):
            yield _missing(
                role.line, "thing", target, {*targets.labels, *targets.pages, *targets.terms, *targets.objects}
            )
    elif role.name == "eq" and target not in targets.equations:
        yield _missing(role.line, "equation", target, targets.equations)


def names_nothing(role: RoleText) -> Fault | None:
    """Return what is wrong with a role without a target, or with keys that sphinxcontrib-bibtex cannot read."""
    target = split_target(role.content)[1].strip()
    is_citation = role.name.startswith("cite")
    if not target or (is_citation and not all(_keys(target))):
        hint = "write what it stands for, or remove it"
        return Fault(role.line, "empty-role", f"the role '{role.name}' names nothing", hint)
    if is_citation and _CITED.fullmatch(role.content) is None:
        hint = "write keys with commas between them, and around one what belongs to it: {see}key{p. 3}"
        return Fault(role.line, "unknown-citation", f"'{role.content[:60]}' is no list of keys", hint)
    return None


def _keys(target: str) -> list[str]:
    return [key.strip() for key in re.sub(r"\{[^{}]*\}", "", target).split(",")]


def _missing(line: int, what: str, name: str, known: Iterable[str]) -> Fault:
    otherwise = {
        "page": "write its path without '.md', from this page's folder or, with '/', from docs/",
        "label": f"write '({name})=' above what it names",
        "term": "add it to a glossary",
        "equation": f"write '$$ ({name})' at its end",
        "thing": "name a page, a label, a term, or what the survey holds",
        "heading": "write it as an anchor: lower-case, with hyphens for spaces",
    }[what]
    return Fault(line, "unknown-target", f"there is no {what} '{name}'", did_you_mean(name, known, otherwise))


def join(page: Page, target: str) -> str:
    """Return the name of the page that another names, from its folder or, with '/', from docs/."""
    folder = posixpath.dirname(name_of(page))
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))


def _link(page: Page, link: Link, targets: Targets) -> Iterator[Fault]:
    path, sign, anchor = link.address.partition("#")
    if _ADDRESS.match(link.address) or not targets.whole or not sign:
        return
    target = targets.pages.get(join(page, unquote(path)).removesuffix(".md")) if path else page
    anchor = unquote(anchor)
    if target is None or anchor in _anchors(target):
        return
    places = targets.labels.get(normal(anchor), [])
    is_section = _is_section(anchor, target, targets)
    if path:
        is_there = any(place is target for place, _line in places) or _is_of_reference(anchor, target)
    else:
        is_there = bool(places) or is_section or targets.is_made(anchor) or anchor in targets.objects
    if is_section and not is_there:
        message = f"the section '{anchor}' is made by a directive, and has no anchor for other pages"
        yield Fault(link.line, "unknown-target", message, "link to the page")
    elif not is_there:
        yield _missing(link.line, "heading", anchor, _anchors(target))


def _is_of_reference(anchor: str, page: Page) -> bool:
    """Tell whether an anchor is one that a page has if it shows the reference."""
    return _OF_REFERENCE.match(anchor) is not None and "survey:reference" in _directives(page)


def _is_section(anchor: str, page: Page, targets: Targets) -> bool:
    """Tell whether an anchor is one that a directive makes on a page."""
    made = _directives(page)
    is_of_matrix = anchor.startswith("reads-") and "survey:matrix" in made
    return is_of_matrix or any(anchor in targets.sections.get(name, ()) for name in made)


def _directives(page: Page) -> set[str]:
    return {part.name for part in page.body.parts if isinstance(part, DirectiveText)}


def _sections(files: Files) -> dict[str, set[str]]:
    """Return the anchors of the sections that directives make of a survey."""
    dates = {str(page.fields.published) for page in files.papers.values() if isinstance(page.fields, PaperFields)}
    years = {f"year-{date[:4]}" for date in dates}
    stages = files.entries.get("stage", {})
    groups = [page.fields for page in files.entries.get("method", {}).values()]
    return {
        "survey:chronology": {
            *years,
            *(f"month-{date[:7]}" for date in dates),
            *(f"no-{kind}" for kind in files.entries),
        },
        "survey:papers": {*years, *(f"no-{kind}" for kind in files.entries)},
        "survey:taxonomy": {
            *stages,
            *(
                at.id
                for page in stages.values()
                if isinstance(page.fields, StageFields)
                for at in page.fields.categories
            ),
        },
        "survey:index": {_ident(fields.group) for fields in groups if isinstance(fields, MethodFields)},
        "survey:queue": {"waiting", "in-work", "left-out"},
        "survey:contested": {"head-types", "reservations", "papers", "roles"},
    }


def _anchors(page: Page) -> set[str]:
    """Return the anchors of a page's headings: as GitHub makes them, and as docutils does."""
    found: set[str] = set()
    for heading in page.body.outline.headings:
        slug = _NOT_IN_ANCHOR.sub("", heading.text.lower().replace(" ", "-"))
        number = 0
        while (anchor := f"{slug}-{number}" if number else slug) in found:
            number += 1
        found |= {anchor, _ident(heading.text)}
    return found


def _ident(text: str) -> str:
    return _NOT_IN_ID.sub("-", text.lower()).strip("-")
