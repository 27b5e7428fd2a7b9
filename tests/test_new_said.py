"""What is said, word for word, of tables and queued works that cannot be used, and what exactly is written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from survey.adding import queueing
from survey.adding.draft import identifiers
from survey.adding.draft.drafts import Draft
from survey.adding.draft.faults import Refused
from survey.adding.files.queuefile import QueueFile
from survey.adding.positions import Saying, new_positions, tables
from survey.adding.positions.groups import Group
from survey.adding.queueing import Reasons
from survey.adding.watching import asking
from survey.adding.watching.asking import Work, questions
from survey.adding.watching.finding import Found, ranked
from survey.adding.watching.terms import Match, Terms
from survey.catalogue import PartialDate
from survey.catalogue.records.queue import QueuedWork

if TYPE_CHECKING:
    from loopback import Loopback
    from syrupy.assertion import SnapshotAssertion
    from trees import Tree

KEY = "wu2024retrieval"
PAPER = f"docs/papers/{KEY}.md"
TABLE = f"docs/papers/{KEY}.csv"
SAYING = Saying(model="llama-2-7b", source="x")

WRONG = {
    "nothing": "",
    "no columns": "1,2\n",
    "no layer": "head,type\n1,a\n",
    "no head": "layer,type\n1,a\n",
    "a type and no number of a head": "layer,head\n3,retrieval\n",
    "columns and no rows": "layer,head\n\n , \n",
    "a column twice": "layer,head,Head\n1,2,3\n",
    "numbers that are none": "layer,head\n01,2\n1,-2\n1000000,2\n1,\n,1\n1.0,1\n",
    "scores that are none": "layer,head,score\n1,2,high\n1,2,1e999\n1,2,1e10\n1,2,-1e10\n1,2,+-1\n1,2,.\n",
    "a long cell": f"layer,head\n{'9' * 60},1\n",
    "no CSV": 'layer,head\n1,2\nx,1\n"1,2\n',
    "names that are not known": "layer,head,type,model\n1,2,retreival,llama-2-7b\n1,2,retrieval,lama\n1,3,retreival,\n",
    "empty lines above": "\ufeff\n \nlayer,head\n\n1,x\n",
    "empty lines above no columns": "\n\nlayer\n",
    "twice": "layer,head\n1,2\n1,3\n1,2\n",
    "outside of the model": "layer,head\n32,1\n1,32\n",
    "many faults": "layer,head\n" + "".join(f"x{at},1\n" for at in range(30)),
    "many unknown names": "layer,head,type\n" + "".join(f"1,1,zzz-{at}\n" for at in range(30)),
}


def said(error: Refused) -> list[str]:
    return [str(fault) for fault in error.faults]


def test_a_table_may_have_so_many_rows_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    text = "layer,head\n0,1\n0,2\n"
    assert len(tables.read(text, "a.csv")) == 2
    with pytest.raises(Refused) as refused:
        tables.read(f"{text}0,3\n", "a.csv")
    assert said(refused.value) == ["a.csv: the table has more than 2 rows; shorten it"]


@pytest.mark.parametrize("name", WRONG)
def test_a_table_that_cannot_be_used_is_refused_with_all_reasons(
    survey: Tree, name: str, snapshot: SnapshotAssertion
) -> None:
    before = survey.read(PAPER)
    with pytest.raises(Refused) as refused:
        new_positions(survey.root, KEY, WRONG[name], SAYING, "a.csv")
    assert said(refused.value) == snapshot
    assert survey.read(PAPER) == before


@pytest.mark.parametrize(
    ("saying", "key"),
    [
        (Saying(), KEY),
        (Saying(options=False), KEY),
        (Saying(model="llama-2-7b"), KEY),
        (Saying(model="llama-2-7b", options=False), KEY),
        (Saying(model="llama-2-7b", source="x"), "cole2022heads"),
        (Saying(model="llama-2-7b", source="x"), "ahn2025memory"),
        (Saying(source="x"), "bell2023"),
    ],
)
def test_what_nobody_has_said_is_asked_for(survey: Tree, saying: Saying, key: str, snapshot: SnapshotAssertion) -> None:
    with pytest.raises(Refused) as refused:
        new_positions(survey.root, key, "layer,head\n1,2\n3,4\n", saying, "a.csv")
    assert said(refused.value) == snapshot


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("\ufeff\n\nLayer, Head\n 1 , 2 \n", [(4, "1.2", "", "", None, "")]),
        ("l,h\n0,0\n", [(2, "0.0", "", "", None, "")]),
        ("layer,head index\n1,2\n", [(2, "1.2", "", "", None, "")]),
        ("layer,head,role,model name\n1,2,a,b\n", [(2, "1.2", "b", "a", None, "")]),
        ("layer,head,head_type\n1,2,a\n", [(2, "1.2", "", "a", None, "")]),
        ("layer,index,head\n1,2,a\n", [(2, "1.2", "", "a", None, "")]),
        ("layer,index\n1,2\n", [(2, "1.2", "", "", None, "")]),
        ("layer,head,value\n1,2,-.5\n", [(2, "1.2", "", "", -0.5, "")]),
        ("layer,head,score\n1,2,1e9\n", [(2, "1.2", "", "", 1e9, "")]),
        ("layer,head,score\n1,2,\n1,3,+2.50E-1\n", [(2, "1.2", "", "", None, ""), (3, "1.3", "", "", 0.25, "")]),
        ("layer,head,source\n1,2,\" a\n b \"\n\n", [(3, "1.2", "", "", None, "a b")]),
        ("layer,head\n\n\n999999,3\n", [(4, "999999.3", "", "", None, "")]),
        ("layer,head,h\n1,2,3\n", [(2, "1.2", "", "", None, "")]),
        ("layer,,head,,note\n1,a,2,b,c,d\n", [(2, "1.2", "", "", None, "")]),
    ],
)  # fmt: skip
def test_a_table_is_read(text: str, rows: list[tuple[int, str, str, str, float | None, str]]) -> None:
    found = tables.read(text, "a.csv")
    assert [(at.line, at.at, at.model, at.type, at.score, at.source) for at in found] == rows


def test_exactly_this_is_written_of_short_lists(survey: Tree) -> None:
    rows = "layer,head,score,model,type\n" + "".join(f"{at},{at},{at}.5,llama-2-7b,retrieval\n" for at in range(3))
    rows += "".join(f"{at % 32},{at},,llama-2-13b,memory\n" for at in range(10, 36))
    added = new_positions(survey.root, KEY, rows, Saying(source='a "b\\c"', inferred=True, automatic=True), "a.csv")
    assert added.lists == (("llama-2-7b", "retrieval", 3), ("llama-2-13b", "memory", 26))
    assert (added.path, added.table, added.notes) == (PAPER, "", ("'heads' of the page does not name memory",))
    assert (
        survey.read(PAPER).partition("source: Figure 2\n")[2].partition("---")[0]
        == """\
  - model: llama-2-7b
    head: retrieval
    at: ['0.0', '1.1', '2.2']
    scores: [0.5, 1.5, 2.5]
    source: "a \\"b\\\\c\\""
    inferred: true
    automatic: true
  - model: llama-2-13b
    head: memory
    at: [
      '10.10', '11.11', '12.12', '13.13', '14.14', '15.15', '16.16', '17.17', '18.18', '19.19', '20.20', '21.21',
      '22.22', '23.23', '24.24', '25.25', '26.26', '27.27', '28.28', '29.29', '30.30', '31.31', '0.32', '1.33',
      '2.34', '3.35'
    ]
    source: "a \\"b\\\\c\\""
    inferred: true
    automatic: true
"""
    )


def test_more_than_forty_lie_in_the_table_whose_line_ends_stay(survey: Tree) -> None:
    forty = "layer,head,model\n" + "".join(f"{at // 32},{at % 32},llama-2-7b\n" for at in range(40))
    assert new_positions(survey.root, KEY, forty, Saying(source="x"), "a.csv").table == ""
    more = forty.replace("7b", "13b") + "39,39,llama-2-13b\n"
    assert new_positions(survey.root, KEY, more, Saying(source="x"), "a.csv").table == TABLE
    assert len(survey.read(TABLE).split("\n")) == 1 + 41 + 1
    survey.write(TABLE, survey.read(TABLE).replace("\n", "\r\n"))
    more = more.replace("model\n", "model,type\n").replace("13b\n", "13b,memory\n")
    new_positions(survey.root, KEY, more, Saying(source="x"), "a.csv")
    text = (survey.root / TABLE).read_bytes().decode()
    assert text.count("\r\n") == text.count("\n") == 1 + 41 + 41
    assert text.endswith("llama-2-13b,memory,39,39,,\r\n")
    assert survey.problems() == []


def test_scores_are_written_without_a_loss() -> None:
    rows = [tables.Row(1, "0.0", "", "", score, "") for score in (2.0, -0.0, 0.1, 1e-7, 999999999.0)]
    lines = Group("m", "h", "s", Saying(), rows).lines()
    assert lines[3] == "  scores: [2, -0, 0.1, 1e-07, 999999999]"
    assert Group("m", "h", "s", Saying(), rows).table_rows()[2] == "m,h,0,0,0.1,"
    without = [*rows, tables.Row(2, "1.0", "", "", None, "")]
    assert Group("m", "h", "s", Saying(), without).table_rows()[-1] == "m,h,1,0,,"
    assert Group("m", "h", "s", Saying(), without).lines("a.csv") == [
        "- model: m",
        "  head: h",
        "  table: a.csv",
        '  source: "s"',
    ]


# The queue


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("2404.15574", "2404.15574"),
        ("doi:10.1234/Other", "10.1234/other"),
        ("https://openreview.net/forum?id=abcdefghij", "https://openreview.net/forum?id=abcdefghij"),
        ("https://aclanthology.org/2024.acl-long.1", "https://aclanthology.org/2024.acl-long.1/"),
    ],
)
def test_a_work_is_called_by_its_number_or_address(given: str, name: str) -> None:
    assert queueing.id_of(identifiers.parse(given)).casefold() == name.casefold()


WAITING = QueuedWork(id="2506.01234", title="Heads that count", seen="a listing", why="counts")
LEFT_OUT = QueuedWork(
    id="10.1234/other", title="Heads that sing", seen="a program", why="sings", state="left-out", reason="tests no head"
)
QUEUED = {
    "one that waits": WAITING,
    "one that was left out": LEFT_OUT,
    "the title of one that waits": WAITING.model_copy(update={"id": "2506.09999", "title": "heads, that COUNT"}),
    "one with a page": WAITING.model_copy(update={"id": "2404.15574", "title": "Another"}),
    "the title of one with a page": WAITING.model_copy(update={"id": "2506.09999", "title": "Retrieval heads"}),
}


@pytest.mark.parametrize("name", QUEUED)
def test_what_is_there_already_is_not_queued(survey: Tree, name: str, snapshot: SnapshotAssertion) -> None:
    queueing.append(survey.root, [WAITING, LEFT_OUT])
    before = survey.read("docs/queue.yaml")
    assert QueueFile.at(survey.root).works == (WAITING, LEFT_OUT)
    with pytest.raises(Refused) as refused:
        queueing.append(survey.root, [QUEUED[name]])
    assert said(refused.value) == snapshot
    assert survey.read("docs/queue.yaml") == before


@pytest.mark.parametrize(
    ("given", "fields", "reasons"),
    [
        ("2404.15574", {"title": "Doubts"}, Reasons()),
        ("2506.00001", {"title": "Doubts"}, Reasons()),
        ("2506.00001", {}, Reasons(why="x")),
        ("2506.00001", {"title": "Doubts"}, Reasons(why="x" * 2_001)),
        ("2506.00001", {"title": "Doubts"}, Reasons(why="x", seen="x" * 2_001)),
        ("2506.00001", {"title": "Doubts"}, Reasons(why="x", left_out="x" * 3_000)),
    ],
)
def test_a_work_that_cannot_be_queued_is_refused(  # fixtures
    survey: Tree,
    monkeypatch: pytest.MonkeyPatch,
    given: str,
    fields: dict[str, str],
    reasons: Reasons,
    snapshot: SnapshotAssertion,
) -> None:
    monkeypatch.setattr(queueing.papers, "look_up", lambda *_: Draft("misc", fields))
    with pytest.raises(Refused) as refused:
        queueing.new_queued(survey.root, given, reasons)
    assert said(refused.value) == snapshot


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("2506.00001", "arXiv, June 2025"),
        ("10.1234/a", "its DOI's record, June 2025"),
        ("https://openreview.net/forum?id=abcdefghij", "OpenReview, June 2025"),
        ("https://aclanthology.org/2024.acl-long.1", "the ACL Anthology, June 2025"),
    ],
)
def test_a_work_is_queued_with_where_it_was_seen(
    survey: Tree, monkeypatch: pytest.MonkeyPatch, given: str, seen: str
) -> None:
    draft = Draft("misc", {"title": "  Doubts of\n retrieval heads"}, published=PartialDate(2025, 6))
    monkeypatch.setattr(queueing.papers, "look_up", lambda *_: draft)
    work = queueing.new_queued(survey.root, given, Reasons(why=f" {'x' * 1_999}\n"))
    assert (work.title, work.seen, work.why) == ("Doubts of retrieval heads", seen, "x" * 1_999)
    assert (work.state, work.reason) == ("waiting", None)
    assert survey.load().queue == (work,)
    assert QueueFile.at(survey.root).works == (work,)


# The watch

DAY = dt.date(2026, 8, 20)


def test_questions_name_words_categories_and_days() -> None:
    days = "submittedDate:[202608190000 TO 202608202359]"
    day = dt.timedelta(days=1)
    assert list(questions([], ["cs.CL"], DAY - day, DAY)) == []
    assert list(questions(["a b", "c"], [], DAY - day, DAY)) == [
        f'((ti:"a b" OR abs:"a b") OR (ti:"c" OR abs:"c")) AND {days}'
    ]
    assert list(questions(["a"], ["cs.CL", "cs.LG"], DAY - day, DAY)) == [
        f'((ti:"a" OR abs:"a")) AND (cat:cs.CL OR cat:cs.LG) AND {days}'
    ]
    exactly = "a" * ((1_500 - len('(ti:"" OR abs:"")') * 2 - len(" OR ")) // 4)
    assert len(list(questions([exactly] * 2, [], DAY, DAY))) == 1
    assert len(list(questions([f"{exactly}a"] * 2, [], DAY, DAY))) == 2


def test_several_questions_give_each_work_once_with_a_pause_between(loopback: Loopback) -> None:
    from test_watch import feed, many  # noqa: PLC0415  # one file's helpers

    loopback.answers["/arxiv"] = [feed(many(2)), feed(many(3))]
    services = loopback.services()
    found = asking.works(["a", "b"], services.arxiv, services.patience)
    assert [work.id for work in found] == ["2608.00000", "2608.00001", "2608.00002"]
    assert (found[0].title, found[0].abstract, str(found[0].published)) == (
        "Memory heads, part 0",
        "An attention head.",
        "2026-08-18",
    )
    assert loopback.pauses == [3.0]


NAMES = (("memory head", "Memory Head", "Memory Head"), ("a b", "A-b", "A-b"), ("head", "Head", "Head"))


@pytest.mark.parametrize(
    ("title", "abstract", "found"),
    [
        ("", "", []),
        ("Memory heads", "memory heads", [("Memory Head (title)", 3.75)]),
        ("x", "memory head", [("Memory Head", 2.5)]),
        ("Head", "a memory head", [("Head (title)", 3.75), ("Memory Head", 2.5)]),
        ("a memory head, a head, A-b", "", [("A-b (title)", 3.75), ("Head (title)", 3.75)]),
        ("a circuit", "a circuit", [("circuit (title)", 1.5)]),
        ("x", "a circuit of the head, not of vision", [("Head", 2.5), ("circuit", 1.0), ("vision", -3.0)]),
        ("headless circuitry", "", []),
    ],
)
def test_words_count_by_what_they_are_and_where_they_stand(
    title: str, abstract: str, found: list[tuple[str, float]]
) -> None:
    terms = Terms(NAMES, (("circuit", "circuit", 1.0), ("vision", "vision", -3.0)))
    assert [(str(match), match.score) for match in terms.matches(title, abstract)] == found


@pytest.mark.parametrize(
    ("names", "words", "asked"),
    [
        ((), (), []),
        (NAMES, (), ["a-b", "head", "memory head"]),
        ((), (("a", "A", 1.9), ("b", 'B "c" & D.e', 2.0)), ["b c d.e"]),
        (tuple((f"n{at} x", f"N{at} X", f"N{at}") for at in range(4)), (), [f"n{at} x" for at in range(4)]),
        (tuple((f"n{at} x", f"N{at} X", f"N{at}") for at in range(5)), (("x y", "x y", 3),), ["x", "xs"]),
    ],
)
def test_works_are_asked_for_by_these_words(
    names: tuple[tuple[str, str, str], ...], words: tuple[tuple[str, str, float], ...], asked: list[str]
) -> None:
    assert Terms(names, words).asked() == asked


def test_names_are_those_of_head_types_and_their_aliases(survey: Tree) -> None:
    survey.head("ab", name="Abc", stage="knowledge-recalling", category="recall", aliases=["Wide (doe2024x)", "A b"])
    assert [(written, of) for _plain, written, of in Terms.of(survey.load()).names] == [
        ("Previous Token Head", "Previous Token Head"),
        ("Retrieval Head", "Retrieval Head"),
        ("Memory Head", "Memory Head"),
        ("Needle Head", "Retrieval Head"),
        ("Wide", "Abc"),
        ("A b", "Abc"),
    ]


def test_works_are_ranked_by_their_score_then_by_their_number() -> None:
    terms = Terms(NAMES, ())
    works = [
        Work("2", "x", "head", None),
        Work("1", "head", "", None),
        Work("0", "head", "", None),
        Work("3", "x", "", None),
    ]
    assert [found.work.id for found in ranked(terms, works, 2.5)] == ["0", "1", "2"]
    assert ranked(terms, works, 3.8) == []


def test_the_queue_says_why_a_work_was_found() -> None:
    work = Work("2608.00001", "T", "", None)
    found = Found(
        work,
        (
            Match("head", 2.5, in_title=True),
            Match("circuit", 1.0, in_title=False),
            Match("vision", -3.0, in_title=False),
        ),
    )
    assert found.queued == QueuedWork(
        id="2608.00001", title="T", seen="arXiv", why="found by the watch, score 1.8: head (title), circuit"
    )
