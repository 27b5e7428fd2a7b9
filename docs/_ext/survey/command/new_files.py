"""What ``new`` does once its options are read: it asks :mod:`survey.adding`, and prints what came of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from survey.adding import Outcome, Refused, from_issue, new_head, new_paper
from survey.adding.files import decoding
from survey.adding.files.queuefile import FILE as QUEUE
from survey.adding.issue import answering
from survey.adding.papers import STDIN
from survey.adding.positions import Saying, new_positions
from survey.adding.positions.groups import LONG
from survey.adding.queueing import Reasons, new_queued
from survey.command.printing import say, warn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from survey.adding import Added
    from survey.adding.heads import AddedHead
    from survey.adding.lookups import Services
    from survey.adding.positions import AddedPositions
    from survey.catalogue import Problem
    from survey.catalogue.records.queue import QueuedWork

#: Where papers are looked up: None for the services' own addresses, another thing only in tests.
SERVICES: Services | None = None


def make(options: argparse.Namespace) -> int:
    """Add what is asked for, and return 1 if nothing was added."""
    try:
        if options.queue:
            reasons = Reasons(options.why, options.seen, options.left_out)
            say(_words_of_queued(new_queued(options.root, options.identifier, reasons, SERVICES)))
        elif options.positions is not None:
            said = Saying(options.model, options.type, options.source, options.inferred, options.automatic)
            text, place = _read(options, options.positions), str(options.positions)
            say(_words_of_positions(new_positions(options.root, options.paper, text, said, place)))
        elif options.head is not None:
            say(_words_of_head(new_head(options.root, options.head, options.stage, options.category)))
        elif options.from_issue is not None:
            return _from_issue(options)
        else:
            say(_words_of_paper(_paper(options)))
    except Refused as refused:
        warn(*map(str, refused.faults), "nothing was written")
        return 1
    return 0


def _paper(options: argparse.Namespace) -> Added:
    given, bibtex = options.identifier, None
    if given == "-":
        given, bibtex = STDIN, decoding.text_of(sys.stdin.buffer.read(decoding.MOST + 1), STDIN)
    elif given.endswith(".bib") and "://" not in given:
        bibtex = _read(options, Path(given))
    return new_paper(options.root, given, bibtex=bibtex, key=options.key, distinct=options.distinct, services=SERVICES)


def _from_issue(options: argparse.Namespace) -> int:
    outcome = _outcome(options)
    if options.answer is not None:
        try:
            options.answer.write_text(outcome.answer, "utf-8")
        except OSError as error:
            warn(f"the answer cannot be written to '{options.answer}': {error.strerror}")
    if outcome.faults:
        warn(*map(str, outcome.faults), "nothing was written")
        return 1
    say([f"references.bib and {outcome.path} have the paper '{outcome.key}'"])
    return 0


def _outcome(options: argparse.Namespace) -> Outcome:
    try:
        text = _read(options, options.from_issue)
    except Refused as refused:  # whoever asked is told in any case
        return Outcome(answering.refusal(refused.faults), refused.faults)
    return from_issue(options.root, text, SERVICES)


def _read(options: argparse.Namespace, path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return decoding.text_of(stream.read(decoding.MOST + 1), str(path))
    except OSError as error:
        options.parser.error(f"'{path}' cannot be read: {error.strerror}")
        raise  # not reached: the parser ends the program


def _words_of_paper(added: Added) -> Iterable[str]:
    if added.entered:
        yield f"references.bib:{added.line}: the entry '{added.key}'"
    else:
        yield f"references.bib:{added.line}: the entry '{added.key}', which was there"
    if added.filed:
        yield f"{added.path}: its page, with what is known filled in"
    else:
        yield f"{added.path}: its page, which was there"
    for name in added.waited:
        yield f"{QUEUE}: '{name}' has left the queue"
    for note in added.notes:
        yield f"look at this: {note}"
    for field, suggestions in added.suggestions.items():
        if suggestions:
            yield f"{field} that title or abstract name: " + ", ".join(
                f"{suggestion.id} ('{suggestion.words}', {suggestion.place})" for suggestion in suggestions
            )
    yield from _left(added.path, added.left)


def _words_of_queued(work: QueuedWork) -> Iterable[str]:
    yield f"{QUEUE}: '{work.id}', '{work.title}'"
    yield f"why: {work.why}"
    if work.reason is not None:
        yield f"left out: {work.reason}"


def _words_of_positions(added: AddedPositions) -> Iterable[str]:
    for model, head, number in added.lists:
        yield f"{added.path}: {number} position{'' if number == 1 else 's'} of '{head}' in '{model}'"
    if added.table:
        yield f"{added.table}: the lists of more than {LONG}"
    for note in added.notes:
        yield f"look at this: {note}"


def _words_of_head(added: AddedHead) -> Iterable[str]:
    yield f"{added.path}: the head type '{added.id}'"
    for choice in added.choices:
        yield f"to choose from: {choice}"
    yield from _left(added.path, added.left)
    yield '  and the text below the heading (see CONTRIBUTING, "A head\'s page")'
    yield f"then name '{added.id}' in 'heads' of every paper that it is about"


def _left(path: str, problems: tuple[Problem, ...]) -> Iterable[str]:
    yield f"left to do in {path}, until 'check' reports no problems:"
    yield from (f"  {problem}" for problem in problems)
