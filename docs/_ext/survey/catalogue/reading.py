"""Reading a survey's files into records; everything wrong with a single file is found here."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from survey.catalogue import bibliography, body, frontmatter
from survey.catalogue.facets import PAPERS, Layout
from survey.catalogue.fields import ENTRY_ID, PAPER_KEY, Fields
from survey.catalogue.problems import Problem, did_you_mean

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from survey.catalogue.body import Body
    from survey.catalogue.frontmatter import FrontMatter

DOCS = "docs"
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
    fields: Fields | None = None

    def line(self, *at: str | int) -> int:
        """Return the line of a field, given its path inside the front matter of its kind."""
        return self.front.line((self.kind, *at))


@dataclass
class Files:
    """All that was read."""

    papers: dict[str, Page] = field(default_factory=dict)
    entries: dict[str, dict[str, Page]] = field(default_factory=dict)  #: By kind and id.
    others: list[Page] = field(default_factory=list)  #: Pages of text, without front matter of a kind.
    bibliography: Mapping[str, bibliography.BibEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def pages(self) -> Iterator[Page]:
        """Yield every page, the facts first."""
        yield from self.papers.values()
        for pages in self.entries.values():
            yield from pages.values()
        yield from self.others


def read_files(root: Path, layout: Layout) -> Files:
    """Read the bibliography and every Markdown file under ``docs/`` of a survey at ``root``."""
    files = Files(entries={facet.kind: {} for facet in layout.facets})
    text = _read_text(root, bibliography.FILE, files.problems)
    if text is not None:
        files.bibliography, problems = bibliography.read(text)
        files.problems += problems
    folders = {facet.folder: facet for facet in layout.facets}
    for path in _markdown(root):
        text = _read_text(root, path, files.problems)
        if text is None:
            continue
        folder, _, name = path.removeprefix(f"{DOCS}/").rpartition("/")
        folder = "" if name == f"{INDEX}.md" else folder
        if folder == PAPERS:
            page = _read_fact(path, text, "paper", layout.paper_fields, PAPER_KEY, files.problems)
            files.papers[page.stem] = page
        elif folder in folders:
            facet = folders[folder]
            page = _read_fact(path, text, facet.kind, facet.fields, ENTRY_ID, files.problems)
            files.entries[facet.kind][page.stem] = page
        else:
            front, _ = frontmatter.parse(text, path)
            files.others.append(Page(path, name.removesuffix(".md"), body.parse(text), front))
    return files


def _markdown(root: Path) -> list[str]:
    """Return the Markdown files under ``docs/``, without what builds and extensions keep in folders like ``_build``."""
    docs = root / DOCS
    found = []
    for folder, names, files in os.walk(docs):
        names[:] = [name for name in names if not name.startswith(("_", "."))]
        found += [(Path(folder) / file).relative_to(root).as_posix() for file in files if file.endswith(".md")]
    return sorted(found)


def _read_text(root: Path, path: str, problems: list[Problem]) -> str | None:
    """Return the text of a file, or None where there's none that can be used."""
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        reason = "is not there" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        hint = "a survey has references.bib and docs/ at its root"
        problems.append(Problem(path, 1, "missing-file", f"the file {reason}", hint))
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        problems.append(Problem(path, line, "not-utf-8", message, "save the file as UTF-8; it is not used until then"))
        return None


def _read_fact(
    path: str, text: str, kind: str, model: type[Fields], form: re.Pattern[str], problems: list[Problem]
) -> Page:
    """Read a file of facts; its fields stay None if it cannot be used."""
    front, found = frontmatter.parse(text, path)
    page = Page(path, path.rpartition("/")[2].removesuffix(".md"), body.parse(text), front, kind)
    problems += found
    if form.fullmatch(page.stem) is None:
        wanted = "wu2024retrieval.md: name, year, word" if kind == "paper" else "lower-case words joined by hyphens"
        problems.append(
            Problem(path, 1, "bad-file-name", f"'{page.stem}' cannot be an id", f"name the file like {wanted}")
        )
    if page.body.title is None:
        hint = "begin the text with a line '# Title'"
        problems.append(Problem(path, front.end + 1, "missing-title", "the file has no heading", hint))
    if any(problem.code == "yaml-syntax" for problem in found):
        return page
    if kind not in front.values:
        problems.append(_no_kind(path, kind, front))
        return page
    for key in front.values:
        if key not in {kind, *_SPHINX_KEYS}:
            hint = did_you_mean(key, _SPHINX_KEYS, f"put the fields under '{kind}:'")
            problems.append(Problem(path, front.line((key,)), "unknown-field", f"there is no field '{key}'", hint))
    values = front.values[kind]
    try:
        fields = model.model_validate({} if values is None else values)
    except ValidationError as error:
        problems += [_invalid(details, path, kind, front, model) for details in error.errors()]
        return page
    problems += _unquoted_positions(path, kind, front)
    return Page(path, page.stem, page.body, front, kind, fields)


#: Keys that Sphinx or MyST read beside ours.
_SPHINX_KEYS = frozenset({"myst", "orphan", "tocdepth", "no-search", "nosearch", "html_theme"})


def _no_kind(path: str, kind: str, front: FrontMatter) -> Problem:
    others = [key for key in front.values if key not in _SPHINX_KEYS]
    if not others:
        hint = f"begin it with '---', '{kind}:', its fields and '---'"
        return Problem(path, 1, "missing-front-matter", f"the file has no front matter '{kind}:'", hint)
    message = f"the front matter is of the kind '{others[0]}'"
    hint = f"files of this folder have the fields under '{kind}:'"
    return Problem(path, front.line((others[0],)), "unknown-kind", message, hint)


def _invalid(details: Any, path: str, kind: str, front: FrontMatter, model: type[Fields]) -> Problem:
    """Translate one of pydantic's errors into a problem with a line."""
    at = (kind, *details["loc"])
    name = str(details["loc"][-1]) if details["loc"] else kind
    context = details.get("ctx") or {}
    line = front.line(at)
    if details["type"] == "extra_forbidden":
        known = _fields_at(model, details["loc"][:-1])
        hint = did_you_mean(name, known, _elsewhere(name, known))
        return Problem(path, line, "unknown-field", f"there is no field '{name}'", hint)
    if details["type"] == "missing":
        hint = f"add '{name}: …' under '{at[-2]}'" if isinstance(at[-2], str) else f"add '{name}: …'"
        return Problem(path, line, "missing-field", f"the field '{name}' is missing", hint)
    if "text" in context:
        return Problem(path, line, details["type"], context["text"], context.get("hint", ""))
    field_name = ".".join(str(part) for part in details["loc"]) or kind
    message = f"'{field_name}' has a value that it cannot have ({_reason(details)})"
    return Problem(path, line, "bad-value", message, _WANTED.get(details["type"], "see CONTRIBUTING for what it takes"))


_WANTED = {
    "tuple_type": "write a list: [a, b]",
    "string_type": "write a text, not a list or mapping",
    "model_type": "write 'key: value' pairs",
    "int_parsing": "write a whole number",
    "bool_parsing": "write true or false",
    "too_short": "it needs one item at least",
    "string_too_short": "fill it in, or leave the field out",
    "literal_error": "leave the field out otherwise",
}


def _reason(details: Any) -> str:
    message = str(details["msg"])
    for long, short in (
        ("Input should be ", ""),
        ("a valid tuple", "a list"),
        ("a valid dictionary or instance of ", ""),
    ):
        message = message.replace(long, short)
    return f"{message[:1].lower()}{message[1:]}" if details["input"] is None else f"wanted: {message}"


def _fields_at(model: type[Fields], loc: tuple[str | int, ...]) -> list[str]:
    """Return the names of the fields that may stand at ``loc`` inside ``model``."""
    current: Any = model
    for part in loc:
        if isinstance(part, int) or not hasattr(current, "model_fields"):
            continue
        info = current.model_fields.get(part)
        current = _model_in(info.annotation) if info is not None else None
    return list(getattr(current, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """Return the class of fields inside an annotation such as ``tuple[Positions, ...]``, or None."""
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if (found := _model_in(part)) is not None:
            return found
    return None


def _elsewhere(name: str, known: list[str]) -> str:
    """Say where a fact belongs that isn't front matter."""
    in_bibliography = {
        "arxiv",
        "doi",
        "eprint",
        "title",
        "author",
        "authors",
        "venue",
        "journal",
        "booktitle",
        "url",
        "year",
    }
    if name in in_bibliography and "published" in known:
        return f"what a paper is stands in {bibliography.FILE}: move it there"
    return f"the fields are {', '.join(known)}" if known else "remove it"


def _unquoted_positions(path: str, kind: str, front: FrontMatter) -> Iterator[Problem]:
    for at, text in front.numbers.items():
        if at[0] == kind and "at" in at and str(float(text)) == text:  # others are reported already
            message = f"the position {text} is not in quotes"
            hint = f"write '{text}': without quotes, 5.10 and 5.1 are one number to YAML"
            yield Problem(path, front.line(at), "unquoted-number", message, hint)
