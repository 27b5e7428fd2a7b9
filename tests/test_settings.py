"""``docs/survey.toml``: what is wrong with it is said word for word with its line, and what is right is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.catalogue.records import axis_settings
from survey.catalogue.schema import watch_settings
from survey.catalogue.schema.axes import AXES
from survey.catalogue.schema.watch_settings import NO_WATCH, Watch

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion
    from trees import Tree

FACET = '[[facets]]\nkind = "dataset"\nfolder = "datasets"\ntitle = "Data sets"\n'
WRONG = {
    "no TOML": "require = [\n",
    "no TOML in its second line": "require = []\nreads = \n",
    "no TOML at its end": "[watch]\nleast",
    "nested too deeply": f"require = {'[' * 5_000}{']' * 5_000}\n",
    "a number that is too long": f"require = {'9' * 5_000}\n",
    "another setting": "requires = []\n",
    "a setting like no other": "\n\nzzz = 1\n",
    "facets of another form": "facets = 3\n",
    "a facet of another form": "facets = [3]\n",
    "a requirement that there is not": 'require = ["short-leed", "zzz"]\n',
    "one requirement that is no list": "\nrequire = 'zzz'\n",
    "requirements that are lists": "require = [[1], {a = 2}]\n",
    "words of another form": "\navoid = 3\n",
    "data of another form": "\ndata = 3\n",
    "data with another setting": '[data]\nlisense = "x"\nzzz = "y"\n',
    "watch of another form": "watch = []\n",
    "watch with other settings": "[watch]\nleest = 3\ncategory = 1\n",
    "categories of another form": 'require = []\n\n[watch]\ncategories = "cs.CL"\n',
    "categories that are no texts": "[watch]\ncategories = [3]\n",
    "categories of no archive": '[watch]\ncategories = ["cs.CL", "CS"]\n',
    "a least of another form": "[watch]\nleast = true\n",
    "a least that is too high": "[watch]\nleast = 1001\n",
    "words of the watch of another form": "[watch]\nwords = []\n",
    "more words than can be watched": "[watch.words]\n" + "".join(f"w{at} = 1\n" for at in range(301)),
    "words that cannot be looked for": f'[watch.words]\n"(a)" = 1\n"{"a" * 101}" = 1\n"" = 1\n"-a" = 1\n',
    "words that count nothing": "[watch.words]\na = 'x'\nb = false\nc = inf\nd = -1000.5\n",
    "kinds of another form": "reads = []\nwrites = 'x'\n",
    "more kinds than there can be": "[writes]\n" + "".join(f"k{at} = 'x'\n" for at in range(61)),
    "kinds that are no ids": f'[reads]\nKey = "x"\n"a b" = "x"\n{"a" * 101} = "x"\n',
    "kinds without a meaning": f"[writes]\na = ''\nb = '  '\nc = 3\nd = '{'x' * 2_001}'\n",
    "a facet without a name": '[[facets]]\nfolder = "a"\ntitle = "A"\n',
    "a facet with an empty title": f'{FACET}\n[[facets]]\nkind = "a"\nfolder = "b"\ntitle = ""\n',
    "a facet with another setting": f"{FACET}feilds = []\nzzz = 3\n",
    "fields of another form": f"{FACET}fields = 'size'\n",
    "a field that is no name": f"{FACET}fields = ['Size', 3]\n",
    "a kind that is no name": FACET.replace('"dataset"', '"Data set"'),
    "a kind that is taken": FACET.replace('"dataset"', '"head"'),
    "a folder that is taken": FACET.replace('"datasets"', '"heads"'),
    "a folder that papers have as a field": FACET.replace('"datasets"', '"published"'),
    "a facet twice": FACET + FACET,
    "a field twice": f"{FACET}fields = ['size', 'size']\n",
    "a field that all have": f"{FACET}fields = ['aliases']\n",
    "words of a facet that are none": f"{FACET}one = ' '\n",
    "many that is no word": f"{FACET}many = 3\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_word_for_word(survey: Tree, name: str, snapshot: SnapshotAssertion) -> None:
    survey.write("docs/survey.toml", WRONG[name])
    found = [str(problem) for problem in survey.problems()]
    assert found
    assert all(line.startswith("docs/survey.toml:") for line in found)
    assert found == snapshot


@pytest.mark.parametrize(
    ("values", "watch"),
    [
        ({}, NO_WATCH),
        ({"watch": {}}, Watch((), 4.0, ())),
        ({"watch": {"least": 1000, "categories": []}}, Watch((), 1000.0, ())),
        ({"watch": {"categories": ["cs.CL", "math", "cond-mat.dis-nn", "q-bio.NC"]}}, None),
        ({"watch": {"words": {"attention head": 4, "o'clock-2.0": -1000}}}, None),
        ({"watch": {"words": {"a" * 100: 1}}}, None),
        ({"watch": {"words": {f"w{at}": 1 for at in range(300)}}}, None),
    ],
)
def test_what_the_watch_may_say_is_read(values: dict[str, dict[str, object]], watch: Watch | None) -> None:
    assert list(watch_settings.faults(values)) == []
    found = watch_settings.read(values)
    table = values.get("watch", {})
    assert found.categories == tuple(table.get("categories", ()))  # type: ignore[arg-type]  # a list, as TOML has it
    assert dict(found.words) == table.get("words", {})
    assert watch is None or found == watch


def test_an_id_of_a_kind_may_be_so_long_and_no_longer() -> None:
    said = {length: list(axis_settings.faults({"reads": {"a" * length: "What it means."}})) for length in (100, 101)}
    assert (len(said[100]), len(said[101])) == (0, 1)


@pytest.mark.parametrize("count", [1, 59])
def test_kinds_of_ones_own_take_the_place_of_the_built_in_ones(count: int) -> None:
    longest = "x" * 2_000
    values = {"reads": {f"k{'a' * (at + 40)}": longest for at in range(count)} | {"b-c": " What it means. "}}
    assert list(axis_settings.faults(values)) == []
    reads, writes = axis_settings.read(values)
    assert writes == AXES[1]
    assert (reads.name, reads.field) == (AXES[0].name, AXES[0].field)
    (last,) = (kind for kind in reads.kinds if kind.id == "b-c")
    assert (last.name, last.meaning) == ("B c", "What it means.")
    assert [kind.id for kind in reads.kinds] == list(values["reads"])
