"""The queue: works that were seen and are not summarised yet, or were considered and left out, in ``docs/queue.yaml``.

The file is a list, an item a work. A work that gets its page leaves the queue.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field

from survey.catalogue.bibliography.bibentry import DOI
from survey.catalogue.problems import Problem
from survey.catalogue.schema import frontmatter
from survey.catalogue.schema.fields import Fields, Text, listed
from survey.catalogue.schema.validating import read_fields
from survey.catalogue.texts.text_files import read_text
from survey.catalogue.texts.web_addresses import arxiv_address, doi_address, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from survey.catalogue.bibliography.bibentry import BibEntry

FILE = "docs/queue.yaml"
State = Literal["waiting", "in-work", "left-out"]
_ABOVE = 3  #: Lines that are put above the list, so that it is read like front matter.
_ARXIV = re.compile(r"[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?")
_VERSION = re.compile(r"v[0-9]+$")
_HOSTS = re.compile(r"https?://(?:(?:www\.)?arxiv\.org/(?:abs|pdf)/|(?:dx\.)?doi\.org/)")
_MOST = 5_000  #: Works; the file has a bound of its own besides.


class QueuedWork(Fields):
    """A work in the queue."""

    id: Text = Field(description="Its arXiv number or DOI, in quotes, or its https address.")
    title: Text = Field(description="Its title.")
    seen: Text = Field(description="Where it was seen.")
    why: Text = Field(description="Why it may belong.")
    state: State = Field("waiting", description="Whether it waits, is in work, or was left out.")
    reason: Text | None = Field(None, description="Why it was left out; only then, and then required.")


class Queue(Fields):
    """The works of the queue, in the order of the file."""

    works: Annotated[tuple[QueuedWork, ...], BeforeValidator(listed), Field(max_length=_MOST)] = Field(
        (), description="The works."
    )


def work_address(name: str) -> str | None:
    """Return the address of a work by its id, if it can be linked to."""
    if _ARXIV.fullmatch(name):
        return arxiv_address(name)
    if DOI.fullmatch(name):
        return doi_address(name)
    return name if is_address(name) else None


def read(root: Path, bibliography: Mapping[str, BibEntry], papers: Mapping[str, object]) -> tuple[Queue, list[Problem]]:
    """Return the queue of the survey at ``root``, empty if it has none, and what is wrong with it."""
    if not (root / FILE).is_file():
        return Queue(), []
    problems: list[Problem] = []
    text = read_text(root, FILE, problems)
    if text is None:
        return Queue(), problems
    queue, front, found = parse(text)
    if queue is not None:
        found += [
            replace(problem, line=max(1, problem.line - _ABOVE))
            for problem in _faults(queue, front, bibliography, papers)
        ]
    return queue or Queue(), [*problems, *found]


def parse(text: str) -> tuple[Queue | None, frontmatter.FrontMatter, list[Problem]]:
    """Return what the text of the file holds, if it can be used, where it stands, and what is wrong with its form."""
    front, found = frontmatter.parse("---\nqueue:\n  works:\n" + _indented(text) + "\n---", FILE)
    queue = None
    if not any(problem.code == "yaml-syntax" for problem in found):
        queue, more = read_fields(front, FILE, "queue", Queue)
        found += more
    return queue, front, [replace(problem, line=max(1, problem.line - _ABOVE)) for problem in found]


def line_of(front: frontmatter.FrontMatter, index: int) -> int:
    """Return the line of the file at which a work begins, counted from 1."""
    return front.line(("queue", "works", index)) - _ABOVE


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line.strip() else "" for line in text.removeprefix("---\n").split("\n"))


def _faults(
    queue: Queue,
    front: frontmatter.FrontMatter,
    bibliography: Mapping[str, BibEntry],
    papers: Mapping[str, object],
) -> Iterator[Problem]:
    known = {name: key for key, work in bibliography.items() for name in names_of(work) if key in papers}
    first: dict[str, int] = {}
    for index, work in enumerate(queue.works):
        line = front.line(("queue", "works", index, "id"))
        name = plain_id(work.id)
        if name in first:
            yield Problem(FILE, line, "duplicate-id", f"'{work.id}' is in the queue already", "keep one")
        if (key := known.get(name) or known.get(title_id(work.title))) is not None:
            message = f"'{work.id}' has its page, docs/papers/{key}.md"
            yield Problem(FILE, line, "bad-value", message, "remove it from the queue")
        if (work.state == "left-out") != (work.reason is not None):
            message = f"'{work.id}' " + ("is left out without a reason" if work.reason is None else "has a reason")
            hint = "add 'reason: …'" if work.reason is None else "a reason says why a work was left out: see 'state'"
            yield Problem(FILE, line, "bad-value", message, hint)
        first.setdefault(name, line)


def is_of(work: QueuedWork, entry: BibEntry) -> bool:
    """Tell whether a work of the queue is the one of an entry of the bibliography, by number, address or title."""
    return not {plain_id(work.id), title_id(work.title)}.isdisjoint(names_of(entry))


def names_of(work: BibEntry) -> Iterator[str]:
    """Yield all by which a work of the bibliography may stand in the queue."""
    yield from (plain_id(number) for number in (work.arxiv, work.doi, work.url) if number)
    if title := title_id(work.title):
        yield title


def plain_id(name: str) -> str:
    """Return the id of a work in the one form in which ids are compared."""
    return _VERSION.sub("", _HOSTS.sub("", name.casefold()))


def title_id(title: str) -> str:
    """Return the letters and digits of a title, which is what two sources of it have in common; no id begins so."""
    letters = re.sub(r"[\W_]+", "", title.casefold())
    return f"title {letters}" if letters else ""
