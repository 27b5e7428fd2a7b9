"""Citations that cannot be confused: a letter behind the year tells works apart, and stays once it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from trees import small_survey

from survey.catalogue.bibliography.references import read
from survey.catalogue.bibliography.year_letters import lettered

if TYPE_CHECKING:
    from pathlib import Path


def entry(key: str, eprint: str = "", letter: str = "", author: str = "Yang, Ann and Li, Bo and Wu, Cy") -> str:
    more = f"  eprint = {{{eprint}}},\n  archiveprefix = {{arXiv}},\n" if eprint else ""
    more += f"  yearsuffix = {{{letter}}},\n" if letter else ""
    return f"@misc{{{key},\n  title = {{{{{key}}}}},\n  author = {{{author}}},\n  year = {{2025}},\n{more}}}\n"


def labels(*entries: str) -> dict[str, str]:
    return {key: work.short for key, work in read("\n".join(entries))[0].items()}


def test_works_alike_get_letters_in_the_order_of_their_numbers() -> None:
    found = labels(entry("yang2025a", "2506.00001"), entry("yang2025b", "2501.00001"), entry("yang2025c"))
    assert found == {
        "yang2025a": "Yang et al. 2025b",
        "yang2025b": "Yang et al. 2025a",
        "yang2025c": "Yang et al. 2025c",
    }


def test_a_work_that_is_like_no_other_has_none() -> None:
    assert labels(entry("yang2025a"), entry("yang2025b", author="Yang, Ann")) == {
        "yang2025a": "Yang et al. 2025",
        "yang2025b": "Yang 2025",
    }


def test_what_is_recorded_stays_when_an_older_work_comes() -> None:
    recorded = [entry("yang2025c", "2506.00001", "a"), entry("yang2025d", "2507.00001", "b")]
    assert labels(entry("yang2025b", "2501.00001"), *recorded) == {
        "yang2025b": "Yang et al. 2025c",
        "yang2025c": "Yang et al. 2025a",
        "yang2025d": "Yang et al. 2025b",
    }


def test_there_are_letters_for_any_number() -> None:
    works = read("\n".join(entry(f"yang2025x{number:02}") for number in range(30)))[0]
    letters = [work.letter for work in lettered(works).values()]
    assert letters[25:28] == ["z", "aa", "ab"]
    assert len(set(letters)) == 30


def test_readers_see_the_letter_wherever_the_work_is_cited(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    tree.work("ahn2025other", title="Other", author="Ahn, Soo and Wu, Wenhao", year="2025", yearsuffix="a")
    tree.work("ahn2025memory", **_fields(tree.works["ahn2025memory"]), yearsuffix="b")
    text = "{cite:t}`ahn2025other`, {cite:p}`ahn2025memory` and {survey:paper}`ahn2025other`."
    tree.write("docs/notes.md", f"---\norphan: true\n---\n\n# Notes\n\nSee {text}\n")
    built = tree.build()
    assert built.warnings == ""
    said = " ".join(built.page("notes").find("section").get_text().split())
    assert "Ahn and Wu (2025a), (Ahn and Wu, 2025b) and Ahn and Wu 2025a." in said
    assert "2025a" in built.page("bibliography").find(id="cite-ahn2025other").get_text()
    assert "yearsuffix = {a}" in built.text("references.bib"), "the file is given as it is written"
    assert '"year": "2025a"' not in built.text("data/survey.json")


def _fields(source: str) -> dict[str, str]:
    lines = (line.strip().rstrip(",") for line in source.splitlines() if " = " in line)
    pairs = (line.split(" = ", 1) for line in lines)
    return {name: value[1:-1] for name, value in pairs}


@pytest.mark.parametrize("suffix", ["", "b"])
def test_the_letter_is_no_part_of_the_year(suffix: str) -> None:
    (work,) = read(entry("yang2025a", letter=suffix))[0].values()
    assert (work.year, work.cited_year) == ("2025", "2025")
