"""A new head type: its file, with what is known filled in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding.bibtex.paper_keys import ascii_letters
from survey.adding.draft.faults import Fault, Refused
from survey.adding.files.locking import locked
from survey.adding.files.paper_files import heading
from survey.adding.files.writing import Changes
from survey.adding.text.cleaning import one_line
from survey.catalogue import did_you_mean, load
from survey.catalogue.schema.fields import ENTRY_ID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from survey.catalogue import Catalogue, Problem

_PLAIN = re.compile(r"[A-Za-z][A-Za-z-]+(?: [A-Za-z][A-Za-z-]*)+")  #: What YAML takes for text without quotes.
_LONGEST = 100
#: A comment of MyST's, which the checker takes for what it is: a page without text.
_NOTE = "% What does it do? The first sentence says it, complete in itself; CONTRIBUTING says what follows."


@dataclass(frozen=True, slots=True)
class AddedHead:
    """What was written, and what is left to do."""

    id: str
    path: str
    left: tuple[Problem, ...]  #: What the checker says of the new file.
    choices: tuple[str, ...]  #: The stages and categories to choose from, if none was given.


def new_head(root: Path, name: str, stage: str = "", category: str = "") -> AddedHead:
    """Add a head type to the survey at ``root``.

    :raises Refused: if it is there under any name, or if there's no such stage or category.
    """
    with locked(root):
        return _new_head(root, load(root), one_line(name, _LONGEST), stage, category)


def _new_head(root: Path, catalogue: Catalogue, name: str, stage: str, category: str) -> AddedHead:
    key = _id(name)
    _refuse_known(catalogue, name, key)
    stage, category = _place(catalogue, stage.strip(), category.strip())
    shown = name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
    lines = ["---", "head:", f"  name: {shown}", "  aliases:"]
    lines += [f"  stage: {stage}".rstrip(), f"  category: {category}".rstrip(), "---", ""]
    lines += [f"# {heading(name)}", "", _NOTE]
    path = f"docs/heads/{key}.md"
    with Changes(root) as changes:
        changes.create(path, "\n".join(lines) + "\n")
        changes.keep()
    left = tuple(problem for problem in load(root).problems if problem.path == path)
    choices = () if category else tuple(_choices(catalogue, stage))
    return AddedHead(key, path, left, choices)


def _id(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", ascii_letters(name).replace("'", ""))
    if len(words) > 1 and words[-1] in {"head", "heads"}:
        words.pop()
    key = "-".join(words)
    if ENTRY_ID.fullmatch(key) is None:
        raise Refused(Fault(f"no id can be made from the name '{name}'", "write the name in Latin letters"))
    return key


def _refuse_known(catalogue: Catalogue, name: str, key: str) -> None:
    for entry in catalogue.entries["head"].values():
        for other in (entry.id, entry.name, *entry.fields.aliases):
            if bare(other) in {bare(name), bare(key)}:
                hint = f"add papers to it, or add the name to its aliases if '{entry.name}' is meant"
                raise Refused(Fault(f"'{other}' is already a name of the head '{entry.id}'", hint, entry.path))


def bare(name: str) -> str:
    """Return a head's name as readers take it: case, spaces, hyphens and the word 'head' don't tell two apart."""
    words = re.findall(r"\w+", ascii_letters(name) or name.casefold())
    if len(words) > 1 and words[-1] in {"head", "heads"}:
        words.pop()
    return "".join(words)


def _place(catalogue: Catalogue, stage: str, category: str) -> tuple[str, str]:
    """Return the ids of a stage and a category, of which either may be left out."""
    if stage and stage not in catalogue.categories:
        raise Refused(Fault(f"there is no stage '{stage}'", _nearest(stage, catalogue.categories)))
    homes = {
        at: [known.id for known in categories]
        for at, categories in catalogue.categories.items()
        if not stage or at == stage
    }
    within = [at for at, ids in homes.items() if category in ids]
    if category and not within:
        every = [key for ids in homes.values() for key in ids]
        raise Refused(Fault(f"there is no category '{category}'", _nearest(category, every)))
    if len(within) > 1:
        raise Refused(Fault(f"several stages have a category '{category}'", f"add --stage: {', '.join(within)}"))
    return (within[0] if within else stage), category


def _nearest(wrong: str, known: Iterable[str]) -> str:
    ids = list(known)
    return did_you_mean(wrong, ids, f"there are {', '.join(ids)}")


def _choices(catalogue: Catalogue, stage: str) -> list[str]:
    return [
        f"{at}: {', '.join(known.id for known in categories)}"
        for at, categories in catalogue.categories.items()
        if not stage or at == stage
    ]
