"""The form "Add a paper" (``.github/ISSUE_TEMPLATE/add-a-paper.yml``): its labels, and the text that it makes.

GitHub writes an issue of a form as ``### Label``, an empty line and the answer, field by field, and ``_No response_``
where there's none (https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests).
"""

from __future__ import annotations

import re

from survey.adding.draft.faults import Fault, Refused
from survey.adding.text.cleaning import seen
from survey.catalogue.markup.summary_terms import TERMS

ADDRESS, INNOVATION, TAKEAWAY = "Address", "What is new", "Takeaway"
HEADS, MODELS, METHODS, POSITIONS = "Head types", "Models", "Methods", "Positions"
TASKS, RESULT, READ = "Tasks", "Significant result", "Read"
CODE, PUBLISHED, TITLE, BIBTEX = "Code", "Published", "Title", "BibTeX entry"
#: The labels in their order, and whether an answer is required.
LABELS = {
    ADDRESS: True,
    INNOVATION: True,
    TAKEAWAY: False,
    HEADS: False,
    MODELS: False,
    METHODS: False,
    POSITIONS: False,
    TASKS: False,
    RESULT: False,
    READ: False,
    CODE: False,
    PUBLISHED: False,
    TITLE: False,
    BIBTEX: False,
}
#: The fields that become parts of the summary, by the part's term.
SUMMARY = {TERMS["innovation"]: INNOVATION, TERMS["tasks"]: TASKS, TERMS["significant_result"]: RESULT}
#: Fields whose answers GitHub puts into a fence.
_RENDERED = (POSITIONS, BIBTEX)
_LONGEST = 100_000  #: Characters of an issue; GitHub takes 65,536.
_HEADING = re.compile(r"### +(?P<label>.+?)\s*")
_EMPTY = "_No response_"
_FENCED = re.compile(r"(?P<fence>`{3,})[ \t]*\w*\n(?P<text>.*)\n(?P=fence)", re.DOTALL)


def read(text: str) -> dict[str, str]:
    """Return the answers by label; those that were left open are empty.

    :raises Refused: if the text was not made with the form, or a required answer is missing.
    """
    if len(text) > _LONGEST:
        raise Refused(Fault(f"the issue has more than {_LONGEST} characters", "shorten it"))
    answers: dict[str, list[str]] = {}
    order = list(LABELS)
    current: list[str] = []
    last = -1
    for line in seen(text).split("\n"):
        match = _HEADING.fullmatch(line)
        if match is None or match["label"] not in LABELS:
            current.append(line)
            continue
        label = match["label"]
        if order.index(label) <= last:  # an answer that pretends to be another field
            hint = "remove the heading from the answer that holds it"
            raise Refused(Fault(f"the heading '### {label}' is not where the form has it", hint))
        last = order.index(label)
        current = answers[label] = []
    if missing := [label for label in LABELS if label not in answers]:
        hint = "open an issue with the form 'Add a paper', and change only the answers"
        raise Refused(*(Fault("the field is not there", hint, label) for label in missing))
    given = {label: _answer(lines) for label, lines in answers.items()}
    for label in _RENDERED:
        if (match := _FENCED.fullmatch(given[label])) is not None:
            given[label] = match["text"].strip()
    if empty := [label for label, required in LABELS.items() if required and not given[label]]:
        raise Refused(*(Fault("there is no answer", "fill it in", label) for label in empty))
    return given


def _answer(lines: list[str]) -> str:
    text = "\n".join(lines).strip()
    return "" if text == _EMPTY else text
