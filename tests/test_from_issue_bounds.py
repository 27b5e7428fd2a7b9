"""Issues that want time or memory: whatever an issue holds, it is answered within bounds of both."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from issues import issue
from trees import Tree, small_survey

from survey.adding import from_issue, papers
from survey.adding.draft.faults import Fault, Unavailable
from survey.adding.issue import issue_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.adding.draft.drafts import Draft

MEMORY = 300_000_000  #: Bytes more than before.
SECONDS = 20  #: For one issue, on a machine that is busy; a quiet one takes less than one.
TITLE = "A Fresh Title About Grids"
ENTRY = f"@misc{{roe2024grids, title = {{{TITLE}}}, author = {{Roe, Jane}}, year = {{2024}}, %s}}"


def unavailable(*_: object) -> Draft:
    raise Unavailable(Fault("the service cannot be reached"))


@pytest.fixture(autouse=True)
def no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look nothing up, so that the entry of the issue is read."""
    monkeypatch.setattr(papers, "look_up", unavailable)


def bounded(run: Callable[[], None]) -> None:
    """Run something in a process that has no more memory than it may use, and ends where it takes too long."""
    sys.stdout.flush()
    if (child := os.fork()) == 0:
        faulthandler.enable()
        used = int(Path("/proc/self/statm").read_text("utf-8").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
        status = 1
        try:
            run()
            status = 0
        except BaseException:  # noqa: BLE001  # whatever it is, the other process hears of it
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def answered(text: str) -> None:
    """Answer an issue to a small survey in time; what is refused leaves no trace."""
    signal.alarm(SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        survey = small_survey(Path(folder))
        before = {path: path.read_bytes() for path in survey.root.rglob("*") if path.is_file()}
        outcome = from_issue(survey.root, text)
        assert len(outcome.answer) < 30_000
        assert "without end" not in outcome.answer  # it was read, and not given up
        after = {path: path.read_bytes() for path in survey.root.rglob("*") if path.is_file()}
        assert len(after) == len(before) + (not outcome.faults)
        assert not outcome.faults or after == before
    signal.alarm(0)


def growing(words: int, times: int) -> str:
    """Return definitions of words by words, the last of which stands for a text without end."""
    lines = ["@string{w0 = {" + "x" * 100 + "}}"]
    lines += [f"@string{{w{n} = {' # '.join([f'w{n - 1}'] * times)}}}" for n in range(1, words)]
    return "\n".join([*lines, ENTRY % f"note = w{words - 1}"])


BOMBS = {
    "words of words": {"BibTeX entry": growing(9, 10)},
    "words of words, few": {"BibTeX entry": growing(40, 2)},
    "braces": {"BibTeX entry": ENTRY % ("note = " + "{" * 25_000 + "}" * 25_000)},
    "braces in the title": {"BibTeX entry": ENTRY.replace(TITLE, "{" * 9_000 + TITLE + "}" * 9_000) % ""},
    "commands": {"BibTeX entry": ENTRY.replace(TITLE, "\\emph{" * 5_000 + TITLE + "}" * 5_000) % ""},
    "definitions": {"BibTeX entry": ENTRY.replace(TITLE, "\\def\\a{\\a\\a}\\a " + TITLE) % ""},
    "accents": {"BibTeX entry": ENTRY.replace("Roe", "\\'" * 20_000 + "e") % ""},
    "authors": {"BibTeX entry": ENTRY.replace("Roe, Jane", " and ".join(["Roe, Jane"] * 4_000)) % ""},
    "commas": {"BibTeX entry": ENTRY.replace("Roe, Jane", "," * 50_000) % ""},
    "joined": {"BibTeX entry": ENTRY % ("note = " + " # ".join(["{x}"] * 9_000))},
    "fields": {"BibTeX entry": ENTRY % ", ".join(f"f{number} = {number}" for number in range(4_000))},
    "entries": {"BibTeX entry": "@misc{a2020b, title = {T}}\n" * 2_000},
    "half entries": {"BibTeX entry": "@misc{" * 10_000},
    "quotes": {"BibTeX entry": ENTRY % ('note = "' + '"#"' * 15_000 + '"')},
    "spaces": {"BibTeX entry": "@misc" + " " * 60_000 + "{"},
    "emphasis": {"Tasks": "*a " * 240 + "b" + " a*" * 240},
    "strong": {"Tasks": "**a _b " * 100 + "c" + " b_ a**" * 100},
    "links in text": {"Tasks": "[" * 700 + "a" + "](https://example.org)" * 30},
    "images": {"Tasks": "![" * 740},
    "roles": {"Tasks": "{a}`" * 370},
    "ticks": {"Tasks": " ".join("`" * number for number in range(1, 53))},
    "entities": {"Tasks": "&lt" * 490},
    "marks": {"Tasks": "a" + "\u0301" * 1_400},
    "wide letters": {"Tasks": "\ufdfa" * 1_400},
    "quotations": {"Tasks": ">" * 1_400 + "a"},
    "lists": {"Tasks": "- " * 700 + "a"},
    "tables": {"Tasks": "|" * 700 + "\n" + "|-" * 350},
    "heads": {"Head types": ", ".join(f"h{number}" for number in range(9_000))},
    "one head": {"Head types": "retrieval " * 6_000},
    "near heads": {"Head types": ", ".join(["retrievla" + "l" * number for number in range(20)])},
    "code": {"Code": " ".join(f"https://example.org/{number}" for number in range(2_500))},
    "dots": {"Code": "https://" + "a." * 30_000},
    "digits": {"Published": "2" * 60_000},
    "identifier": {"Address": "10.1234/" + "(" * 60_000},
    "long title": {"Title": "Grids " * 10_000, "BibTeX entry": ENTRY.replace(TITLE, "Grids " * 1_500) % ""},
    "title of marks": {"Title": "G" + "\u0301" * 30_000},
    "a page of megabytes": {"What is new": "x " * 2_500_000},
    "headings": {"What is new": "### Tasks \n" * 5_000},
}


@pytest.mark.parametrize("changes", BOMBS.values(), ids=BOMBS)
def test_what_wants_time_or_memory_does_not_get_it(changes: dict[str, str]) -> None:
    text = issue({"Title": TITLE, "Address": "2405.12345", "BibTeX entry": ENTRY % "", **changes})
    bounded(lambda: answered(text))


#: What opens, joins or ends something in Markdown, LaTeX or BibTeX, repeated and mixed.
SIGNS = list("{}[]()<>*_`~$%&\\#@=,:;|!^\"'- \n")
WORDS = ["@misc{", "@string{a = ", "title = {", " and ", "\\a{", "{cite:p}`", "[^", "$$"]
PIECES = st.sampled_from(SIGNS) | st.sampled_from(WORDS) | st.text(max_size=4)
RUNS = st.tuples(PIECES, st.sampled_from([1, 2, 7, 300, 5_000])).map(lambda run: (run[0] * run[1])[:20_000])
MIXED = st.lists(RUNS, max_size=6).map("".join)


def test_any_mixture_is_answered_within_bounds() -> None:
    @settings(max_examples=120, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(list(issue_form.LABELS)), MIXED, min_size=1, max_size=3))
    def any_mixture(changes: dict[str, str]) -> None:
        given = {"Title": TITLE, "Address": "2405.12345", "BibTeX entry": ENTRY % "", **changes}
        answered(issue({label: answer for label, answer in given.items() if answer}))

    bounded(any_mixture)


def test_memory_that_is_not_there_is_no_traceback(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (MemoryError, RecursionError):

        def fail(*_: object, error: type[BaseException] = error) -> None:
            raise error

        monkeypatch.setattr(issue_form, "read", fail)
        outcome = from_issue(survey.root, issue())
        assert "cannot be read" in outcome.answer
