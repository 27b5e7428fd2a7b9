"""``python -m survey watch``: what arXiv lists, as recorded, broken or hostile, becomes works in the queue."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest
from loopback import Answer, Loopback, closed_port

from survey.adding.draft.faults import Unavailable
from survey.adding.lookups import Services
from survey.adding.watching import watch
from survey.adding.watching.asking import MOST, PAGE, questions
from survey.adding.watching.terms import Terms
from survey.command import main, new_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from trees import Tree

QUEUE = "docs/queue.yaml"
TODAY = dt.date(2026, 8, 20)
SETTINGS = """\
[watch]
categories = ["cs.CL", "stat.ML"]
least = 3

[watch.words]
"attention head" = 2
circuit = 1
segmentation = -3
"""
ATOM = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <title>ArXiv Query</title>
  <opensearch:totalResults>{total}</opensearch:totalResults>
{entries}</feed>
"""
ENTRY = """\
  <entry>
    <id>http://arxiv.org/abs/{id}</id>
    <published>2026-08-18T17:59:59Z</published>
    <title>{title}</title>
    <summary>  {summary}
</summary>
    <author><name>Ana Doe</name></author>
  </entry>
"""
NEW = ("2608.01234v2", "Memory Heads in\n  Small Models", "We find attention heads that form a circuit.")
WEAK = ("2608.00001v1", "Heads of state", "A circuit of courts.")
Entry = tuple[str, str, str]


def feed(entries: Iterable[Entry], total: int | str | None = None) -> Answer:
    """Return an answer with these entries, as the API writes them."""
    found = list(entries)
    texts = (ENTRY.format(id=at, title=escape(title), summary=escape(summary)) for at, title, summary in found)
    count = len(found) if total is None else total
    return Answer(ATOM.format(total=count, entries="".join(texts)).encode())


def many(number: int) -> list[Entry]:
    """Return entries that match, each with a number of its own."""
    return [(f"2608.{at:05d}v1", f"Memory heads, part {at}", "An attention head.") for at in range(number)]


@pytest.fixture
def services(loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """Ask a server on loopback instead of arXiv."""
    monkeypatch.setattr(new_files, "SERVICES", loopback.services())
    return loopback


@pytest.fixture
def tree(survey: Tree) -> Tree:
    """Return the small survey with settings for its watch."""
    survey.write("docs/survey.toml", SETTINGS)
    return survey


def run(tree: Tree, *arguments: str) -> int:
    """Run the command in this process and return its status."""
    return main(["watch", "--root", str(tree.root), *arguments])


def titles(tree: Tree) -> list[str]:
    """Return the titles of the queue."""
    return [work.title for work in tree.load().queue]


def test_what_matches_is_queued_with_the_reason(
    tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    services.answers["/arxiv"] = [feed([NEW, WEAK])]
    assert run(tree) == 0
    (work,) = tree.load().queue
    assert (work.id, work.title, work.state) == ("2608.01234", "Memory Heads in Small Models", "waiting")
    assert work.seen == "arXiv, 18 August 2026"
    assert work.why == "found by the watch, score 6.8: Memory Head (title), attention head, circuit"
    assert tree.problems() == []
    out = capsys.readouterr().out
    assert "2 works on arXiv, 0 that match are known\n" in out
    assert f"{QUEUE}: '2608.01234', 'Memory Heads in Small Models'; found by the watch" in out


def test_arxiv_is_asked_for_the_words_days_and_categories(tree: Tree, loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [feed([])]
    watch(tree.root, 10, today=TODAY, services=loopback.services())
    query = parse_qs(urlsplit(loopback.asked[0]).query)
    words = ["attention head", "memory head", "needle head", "previous token head", "retrieval head"]
    terms = " OR ".join(f'(ti:"{word}" OR abs:"{word}")' for word in words)
    days = "submittedDate:[202608100000 TO 202608202359]"
    assert query["search_query"] == [f"({terms}) AND (cat:cs.CL OR cat:stat.ML) AND {days}"]
    assert (query["sortBy"], query["sortOrder"]) == (["submittedDate"], ["descending"])


def test_a_word_in_which_many_names_end_stands_for_them(tree: Tree) -> None:
    for name in ("first", "second", "third"):
        tree.head(name, stage="knowledge-recalling", category="recall")
    tree.head("reader", name='Summary "Reader" (doe2024x)', stage="knowledge-recalling", category="recall")
    assert Terms.of(tree.load()).asked() == ["head", "heads", "summary reader"]


def test_a_long_question_is_asked_in_parts(tree: Tree, loopback: Loopback) -> None:
    words = [f"a rather long name number {number}" for number in range(60)]
    asked = list(questions(words, ["cs.CL"], TODAY, TODAY))
    assert len(asked) > 1
    assert all(len(question) < 2000 for question in asked)
    assert all(sum(f'"{word}"' in question for question in asked) == 1 for word in words)


def test_longer_names_hide_those_inside_them_and_the_title_counts_more(tree: Tree) -> None:
    terms = Terms.of(tree.load())
    assert [(str(match), match.score) for match in terms.matches("Previous-Token Heads", "A circuit of circuits")] == [
        ("Previous Token Head (title)", 3.75),
        ("circuit", 1.0),
    ]
    assert sum(match.score for match in terms.matches("Memory heads", "Segmentation of an attention head")) == 2.75


@pytest.mark.parametrize(
    "queue",
    [
        '- {id: "2608.01234", title: a, seen: b, why: c}\n',
        '- {id: "https://arxiv.org/abs/2608.01234v1", title: a, seen: b, why: c, state: left-out, reason: no}\n',
        '- {id: "https://openreview.net/forum?id=abcde", title: "Memory heads in SMALL models!", seen: b, why: c}\n',
    ],
)
def test_what_is_in_the_queue_or_was_left_out_is_known(
    tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str], queue: str
) -> None:
    tree.write(QUEUE, queue)
    services.answers["/arxiv"] = [feed([NEW])]
    assert run(tree) == 0
    assert tree.read(QUEUE) == queue
    assert capsys.readouterr().out == "1 work on arXiv, 1 that match are known\nnothing new may belong\n"


def test_what_is_in_the_bibliography_is_known_by_number_or_title(tree: Tree, services: Loopback) -> None:
    services.answers["/arxiv"] = [
        feed([("2404.15574v9", "Another title of memory heads", ""), ("2608.00002v1", "Retrieval heads", "")])
    ]
    assert run(tree) == 0
    assert not (tree.root / QUEUE).exists()


def test_versions_and_answers_to_several_questions_are_one_work(tree: Tree, services: Loopback) -> None:
    again = (NEW[0].replace("v2", "v1"), *NEW[1:])
    services.answers["/arxiv"] = [feed([NEW, again, ("2608.01235v1", *NEW[1:])])]
    assert run(tree) == 0
    assert titles(tree) == ["Memory Heads in Small Models"]


def test_the_best_stands_first(tree: Tree, services: Loopback) -> None:
    good = ("2608.09999v1", "An attention head", "Memory heads.")
    services.answers["/arxiv"] = [feed([good, NEW])]
    assert run(tree) == 0
    assert [work.id for work in tree.load().queue] == ["2608.01234", "2608.09999"]


def test_a_dry_run_writes_nothing(tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    services.answers["/arxiv"] = [feed([NEW])]
    assert run(tree, "--dry-run") == 0
    assert not (tree.root / QUEUE).exists()
    assert "nothing was written: --dry-run" in capsys.readouterr().out


def test_the_list_for_a_pull_request_mentions_and_links_nobody(tree: Tree, services: Loopback, tmp_path: Path) -> None:
    services.answers["/arxiv"] = [feed([("2608.01234v1", "Memory heads @somebody ![x](https://e.org) <b>", NEW[2])])]
    answer = tmp_path / "body.md"
    assert run(tree, "--answer", str(answer)) == 0
    line = answer.read_text("utf-8").splitlines()[-1]
    assert line.startswith("- https://arxiv.org/abs/2608.01234 `Memory heads @somebody ![x](https://e.org)")


# Pages


def test_all_pages_are_read(tree: Tree, services: Loopback) -> None:
    works = many(PAGE + 7)
    services.answers["/arxiv"] = [feed(works[:PAGE], len(works)), feed(works[PAGE:], len(works))]
    watched = watch(tree.root, 7, today=TODAY, services=services.services())
    assert [parse_qs(urlsplit(asked).query)["start"] for asked in services.asked] == [["0"], [str(PAGE)]]
    assert watched.asked == len(works)
    assert services.pauses == [3.0]


def test_one_run_does_not_flood_the_queue_and_says_what_is_left(
    tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    services.answers["/arxiv"] = [feed(many(45))]
    assert run(tree) == 0
    assert len(titles(tree)) == 40
    assert capsys.readouterr().out.count("not put into the queue, since it has got enough") == 5


def test_an_empty_page_is_asked_for_again(tree: Tree, services: Loopback) -> None:
    services.answers["/arxiv"] = [feed(many(PAGE), PAGE + 1), feed([], PAGE + 1), feed([NEW], PAGE + 1)]
    assert watch(tree.root, 7, today=TODAY, services=services.services()).asked == PAGE + 1


@pytest.mark.parametrize("total", ["", "many", "-1", "9" * 30])
def test_without_a_count_a_short_page_is_the_last(tree: Tree, services: Loopback, total: str) -> None:
    services.answers["/arxiv"] = [feed([NEW], total)]
    assert run(tree) == 0
    assert titles(tree) == ["Memory Heads in Small Models"]


# Faults: nothing is written

BUSY = Answer(status=503)
ERROR = Answer(
    ATOM.format(total=1, entries=ENTRY.format(id="X", title="Error", summary="incorrect id format"))
    .replace("abs/X", "api/errors#incorrect_id_format")
    .encode()
)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([BUSY], "fails (status 503), 3 times"),
        ([Answer(status=400)], "refuses to answer (status 400)"),
        ([Answer(status=429, headers={"Retry-After": "9000"})], "asks to wait 9000 seconds"),
        ([Answer(b"<html>busy</html>")], "answers with XML of another form"),
        ([Answer(b"<feed><entry>")], "answers with something that is not Atom"),
        ([Answer(b'<!DOCTYPE f [<!ENTITY a "aa">]><feed>&a;</feed>')], "answers with something that is not Atom"),
        ([Answer(b"")], "answers with something that is not Atom"),
        ([Answer(b"x" * 2_100_000)], "answers with more than 2000000 bytes"),
        ([Answer(b"<feed>", cut=True)], "breaks off its answer"),
        ([ERROR], "does not take the question: 'incorrect id format'"),
        ([feed([], 12)], "says that it has 12 works and gives none from number 1 on, 3 times"),
        ([feed(many(PAGE), PAGE + 9), BUSY], "fails (status 503), 3 times"),
        ([feed(many(PAGE), 10**8)], f"has more than {MOST} works of these words and days"),
    ],
)
def test_an_answer_that_cannot_be_used_changes_nothing(
    tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str], answers: list[Answer], says: str
) -> None:
    services.answers["/arxiv"] = answers
    assert run(tree) == 1
    out, err = capsys.readouterr()
    assert (out, says in err, err.endswith("nothing was written\n")) == ("", True, True)
    assert "python -m survey new" not in err
    assert not (tree.root / QUEUE).exists()


def test_a_service_that_is_silent_or_not_there_changes_nothing(tree: Tree, loopback: Loopback) -> None:
    loopback.answers["/arxiv"] = [Answer(silence=0.4)]
    with pytest.raises(Unavailable, match="does not answer in time"):
        watch(tree.root, 7, services=loopback.services(silence=0.1, attempts=2))
    with pytest.raises(Unavailable, match="cannot be reached"):
        watch(tree.root, 7, services=Services(arxiv=f"http://127.0.0.1:{closed_port()}/"))
    assert not (tree.root / QUEUE).exists()


def test_busy_for_a_moment_is_no_fault(tree: Tree, services: Loopback) -> None:
    services.answers["/arxiv"] = [BUSY, Answer(status=429, headers={"Retry-After": "5"}), feed([NEW])]
    assert run(tree) == 0
    assert services.pauses == [1, 5]
    assert titles(tree) == ["Memory Heads in Small Models"]


def test_entries_that_are_no_works_are_passed_over(tree: Tree, services: Loopback) -> None:
    wild = [("../../etc/passwd", "Memory heads", ""), ("2608.01236v1", "  ", "attention head"), NEW]
    services.answers["/arxiv"] = [feed(wild)]
    assert run(tree) == 0
    assert titles(tree) == ["Memory Heads in Small Models"]


def test_titles_are_data(tree: Tree, services: Loopback) -> None:
    title = r'Memory heads: "quoted", # $\unknown{x}$ - {a: b} ' + "y" * 9000
    services.answers["/arxiv"] = [feed([("2608.01234v1", title, "attention heads")])]
    assert run(tree) == 0
    (found,) = titles(tree)
    assert found.startswith('Memory heads: "quoted", #')
    assert tree.problems() == []


def test_without_words_there_is_nothing_to_ask(
    tree: Tree, services: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    tree.remove("docs/heads")
    tree.remove("docs/survey.toml")
    assert run(tree) == 1
    assert "there are no words by which works could be looked for" in capsys.readouterr().err
    assert services.asked == []


@pytest.mark.parametrize("days", ["0", "-3", "91"])
def test_the_days_have_bounds(tree: Tree, days: str) -> None:
    with pytest.raises(SystemExit):
        run(tree, "--days", days)


@pytest.mark.parametrize(
    ("settings", "line", "says"),
    [
        ("watch = 3\n", 1, "'watch' is not a table"),
        ("[watch]\nleest = 3\n", 2, "there is no setting 'leest'"),
        ('[watch]\nleast = "3"\n', 2, "'least' is no number"),
        ('[watch]\n\ncategories = ["cs.CL OR all:x"]\n', 3, "no list of arXiv's categories"),
        ("[watch]\nwords = 3\n", 2, "'words' is no table"),
        ('[watch.words]\n"a\\" OR all:x" = 1\n', 1, "cannot be looked for"),
        ("[watch.words]\nhead = true\n", 2, "has no number that says what it counts"),
        ("[watch.words]\nhead = nan\n", 2, "has no number that says what it counts"),
    ],
)
def test_wrong_settings_are_said_with_their_line(tree: Tree, settings: str, line: int, says: str) -> None:
    tree.write("docs/survey.toml", settings)
    found = [(at.path, at.line, says in at.explanation) for at in tree.problems()]
    assert found == [("docs/survey.toml", line, True)]
