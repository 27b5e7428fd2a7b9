"""The answer to an issue, as Markdown for a comment or a pull request.

Whatever comes from the issue or from a service stands in a span of code: nobody is mentioned, nothing is linked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.adding.issue.issue_form import LABELS
from survey.adding.text.cleaning import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.adding.draft.faults import Fault

_MOST = 30  #: Faults that are listed.
_LONGEST = 700  #: Characters of a span.
_REFUSED = (
    "Thank you. No files could be made of this issue yet, and nothing was written. Please edit its text; each time "
    "that it changes, it is tried again."
)
_TICKS = re.compile(r"`+")


def code(text: str) -> str:
    """Return text as a span of code, whatever it holds."""
    line = one_line(text, _LONGEST) or "…"
    ticks = "`" * (max((len(run) for run in _TICKS.findall(line)), default=0) + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{space}{line}{space}{ticks}"


def refusal(faults: Sequence[Fault]) -> str:
    """Return the answer to an issue of which no files could be made."""
    lines = [_REFUSED, ""]
    for fault in faults[:_MOST]:
        where = f"**{fault.place}**: " if fault.place in LABELS else f"{code(fault.place)}: " if fault.place else ""
        lines.append(f"- {where}{code(fault.explanation)}")
    if len(faults) > _MOST:
        lines.append(f"- and {len(faults) - _MOST} more")
    return "\n".join(lines) + "\n"


def success(key: str, title: str, path: str, line: int, left: Iterable[str], notes: Iterable[str]) -> str:
    """Return the answer to an issue of which files were made; ``left`` is what the checker asks for yet."""
    missing = [f"- [ ] {code(problem)}" for problem in left]
    checks = ["What has to be filled in by a reader of the paper:", "", *missing, ""]
    lines = [
        f"Two files, made of the text of an issue, for {code(title)}:",
        "",
        f"- `references.bib`, line {line}: the entry {code(key)}",
        f"- {code(path)}: its page",
        "",
        *(checks if missing else ["The checker reports no problems with them.", ""]),
        "What only a person can see:",
        "",
        "- [ ] Title, authors, venue, year and identifiers agree with the paper.",
        "- [ ] Head types are those that the paper describes, tests or uses; models, methods and positions are added.",
        "- [ ] Each number in the summary is in the paper, with unit and baseline, in the contributor's words.",
    ]
    lines += [f"- [ ] {code(note)}" for note in notes]
    return "\n".join(lines) + "\n"
