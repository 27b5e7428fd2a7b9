"""The queue: works that were seen and are not summarised yet, or were considered and left out, in ``docs/queue.yaml``.

The file is a list, an item a work. A work that gets its page leaves the queue.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from survey.catalogue.bibliography.bibentry import DOI
from survey.catalogue.problems import Problem
from survey.catalogue.schema import frontmatter
from survey.catalogue.schema.fields import Fields, Text
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


_MOST = 5_000  #: Works; the file has a bound of its own besides.


def _listed(value: Any) -> Any:
    return () if value is None else value


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

    works: Annotated[tuple[QueuedWork, ...], BeforeValidator(_listed), Field(max_length=_MOST)] = Field(
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
    front, found = frontmatter.parse("---\nqueue:\n  works:\n" + _indented(text) + "\n---", FILE)
    queue = None
    if not any(problem.code == "yaml-syntax" for problem in found):
        queue, more = read_fields(front, FILE, "queue", Queue)
        found += more
    if queue is not None:
        found += _faults(queue, front, bibliography, papers)
    problems += [replace(problem, line=max(1, problem.line - _ABOVE)) for problem in found]
    return queue or Queue(), problems


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line.strip() else "" for line in text.removeprefix("---\n").split("\n"))


def _faults(
    queue: Queue,
    front: frontmatter.FrontMatter,
    bibliography: Mapping[str, BibEntry],
    papers: Mapping[str, object],
) -> Iterator[Problem]:
    known = {number: key for key, work in bibliography.items() for number in _numbers(work) if key in papers}
    first: dict[str, int] = {}
    for index, work in enumerate(queue.works):
        line = front.line(("queue", "works", index, "id"))
        name = _VERSION.sub("", work.id.casefold())
        if name in first:
            yield Problem(FILE, line, "duplicate-id", f"'{work.id}' is in the queue already", "keep one")
        if name in known:
            message = f"'{work.id}' has its page, docs/papers/{known[name]}.md"
            yield Problem(FILE, line, "bad-value", message, "remove it from the queue")
        if (work.state == "left-out") != (work.reason is not None):
            message = f"'{work.id}' " + ("is left out without a reason" if work.reason is None else "has a reason")
            hint = "add 'reason: …'" if work.reason is None else "a reason says why a work was left out: see 'state'"
            yield Problem(FILE, line, "bad-value", message, hint)
        first.setdefault(name, line)


def _numbers(work: BibEntry) -> Iterator[str]:
    for number in (work.arxiv, work.doi, work.url):
        if number:
            yield _VERSION.sub("", number.casefold())
