"""What ``watch`` does once its options are read: it asks :mod:`survey.adding.watching`, and prints what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.adding import Refused
from survey.adding.files.queuefile import FILE
from survey.adding.issue.answering import code
from survey.adding.watching import watch
from survey.command import new_files
from survey.command.printing import say, warn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from survey.adding.watching import Watched


def look(options: argparse.Namespace) -> int:
    """Ask arXiv, and return 1 if there was no answer."""
    try:
        watched = watch(options.root, options.days, services=new_files.SERVICES, write=not options.dry_run)
    except Refused as refused:
        warn(*map(str, refused.faults), "nothing was written")
        return 1
    say(_words(watched, written=not options.dry_run))
    if options.answer is not None:
        try:
            options.answer.write_text("\n".join(_markdown(watched)) + "\n", "utf-8")
        except OSError as error:
            warn(f"the list cannot be written to '{options.answer}': {error.strerror}")
            return 1
    return 0


def _words(watched: Watched, *, written: bool) -> Iterator[str]:
    works = "1 work" if watched.asked == 1 else f"{watched.asked} works"
    yield f"{works} on arXiv, {watched.known} that match are known"
    for found in watched.queued:
        work = found.queued
        yield f"{FILE}: '{work.id}', '{work.title}'; {work.why}"
    if not watched.queued:
        yield "nothing new may belong"
    elif not written:
        yield "nothing was written: --dry-run"
    for found in watched.left:
        yield f"not put into the queue, since it has got enough: '{found.work.id}', '{found.work.title}'"


def _markdown(watched: Watched) -> Iterator[str]:
    """Yield the list for a pull request; what comes from arXiv stands in spans of code."""
    yield "Works of arXiv that may belong into the survey, best match first: their words match, nobody has read them."
    yield f"What doesn't belong gets `state: left-out` and a `reason` in `{FILE}`, so that it isn't found again."
    yield ""
    for found in watched.queued:
        work = found.queued
        yield f"- https://arxiv.org/abs/{work.id} {code(work.title)}: {code(work.why)}"
    for found in watched.left:
        address = f"https://arxiv.org/abs/{found.work.id}"
        yield f"- not in the queue, since it has got enough: {address} {code(found.work.title)}"
