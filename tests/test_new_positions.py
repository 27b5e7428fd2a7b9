"""``python -m survey new --positions FILE --paper KEY``: a table becomes positions of a paper, once checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.command import main

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Tree

PAPER = "docs/papers/wu2024retrieval.md"
TABLE = "docs/papers/wu2024retrieval.csv"
KEY = "wu2024retrieval"


def run(tree: Tree, text: str | bytes, *arguments: str, key: str = KEY) -> int:
    """Run the command on a table and return its status."""
    file = tree.root.parent / "positions.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return main(["new", "--root", str(tree.root), "--positions", str(file), "--paper", key, *arguments])


def positions(tree: Tree, key: str = KEY) -> list[tuple[str, str | None, tuple[str, ...], tuple[float, ...], str]]:
    """Return what the catalogue reads of a paper's positions."""
    groups = tree.load().papers[key].fields.positions
    return [(group.model, group.head, group.at, group.scores, group.source) for group in groups]


def test_a_table_becomes_groups_at_the_end_of_the_positions(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    before, page = positions(survey), survey.read(PAPER)
    rows = "Layer,Head,Type,Score,Model,Note\n3,7,Needle Heads,0.5,Llama-2-13B,a\n2,1,retrieval,2,llama-2-13b,b\n"
    assert run(survey, rows, "--source", 'Table 2, "all"', "--automatic") == 0
    new = ("llama-2-13b", "retrieval", ("3.7", "2.1"), (0.5, 2.0), 'Table 2, "all"')
    assert positions(survey) == [*before, new]
    assert survey.load().papers[KEY].fields.positions[-1].automatic
    assert survey.problems() == []
    after = survey.read(PAPER)
    assert [line for line in page.splitlines() if line not in after.splitlines()] == []
    assert capsys.readouterr().out == f"{PAPER}: 2 positions of 'retrieval' in 'llama-2-13b'\n"


def test_what_the_paper_has_only_one_of_need_not_be_said(survey: Tree) -> None:
    assert run(survey, "layer,head\n5,5\n", "--model", "meta-llama/Llama-2-7b-hf", "--source", "x") == 1
    survey.replace(
        "docs/models/llama-2.md",
        "  - id: llama-2-7b\n",
        "  - id: llama-2-7b\n    huggingface: meta-llama/Llama-2-7b-hf\n",
    )
    assert run(survey, "layer,head\n5,5\n", "--model", "meta-llama/Llama-2-7b-hf", "--source", "x") == 0
    assert positions(survey)[-1] == ("llama-2-7b", "retrieval", ("5.5",), (), "x")


def test_a_page_without_positions_gets_them(survey: Tree) -> None:
    survey.replace("docs/papers/bell2023previous.md", "paper:\n", "paper:\n  aliases: [bell2022previous]\n")
    rows = "model,layer,head,source\nllama-2-7b,1,2,§3\nllama-2-7b,1,3,§4\n"
    assert run(survey, rows, key="bell2023previous") == 0
    assert [at for _model, _head, at, _scores, _source in positions(survey, "bell2023previous")] == [("1.2",), ("1.3",)]
    assert survey.problems() == []


@pytest.mark.parametrize("empty", ["  positions: []\n", "  positions:\n"])
def test_an_empty_list_is_filled(survey: Tree, empty: str) -> None:
    survey.replace("docs/papers/bell2023previous.md", "paper:\n", f"paper:\n{empty}")
    assert run(survey, "layer,head\n1,2\n", "--model", "llama-2-7b", "--source", "x", key="bell2023previous") == 0
    assert positions(survey, "bell2023previous") == [("llama-2-7b", "previous-token", ("1.2",), (), "x")]


def test_ends_of_lines_stay(survey: Tree) -> None:
    data = survey.read(PAPER).replace("\n", "\r\n").encode()
    survey.write(PAPER, data)
    assert run(survey, "layer,head,model\r\n1,2,llama-2-7b\r\n", "--source", "x") == 0
    after = (survey.root / PAPER).read_bytes()
    assert after.count(b"\r\n") == after.count(b"\n")


def long_table(first: int = 0) -> str:
    rows = "".join(f"llama-2-13b,retrieval,{at // 40},{at % 40},{at / 8}\n" for at in range(first, first + 60))
    return f"model,head,layer,index,score\n{rows}"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            b"model,head,layer,index,score,rank\nna\xefve,,1,2,,\n",
            f"{TABLE}:2: byte 0xef is not UTF-8; save the file as",
        ),
        ("model,head\n".encode("utf-16"), f"{TABLE}:1: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"," * 2_000_001, f"{TABLE}:1: the file has more than 2,000,000 bytes"),
    ],
    ids=["Latin-1", "UTF-16", "long"],
)
def test_a_table_that_cannot_be_read_is_not_added_to(
    survey: Tree, data: bytes, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    survey.write(TABLE, data)
    page = survey.read(PAPER)
    assert run(survey, long_table(), "--source", "scores.json") == 1
    assert says in capsys.readouterr().err
    assert ((survey.root / TABLE).read_bytes(), survey.read(PAPER)) == (data, page)


def test_a_table_elsewhere_is_not_added_to(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    other = survey.write("elsewhere.csv", "model,head,layer,index,score,rank\n")
    (survey.root / TABLE).symlink_to(other)
    assert run(survey, long_table(), "--source", "scores.json") == 1
    assert f"{TABLE}: the table is a symbolic link" in capsys.readouterr().err
    assert survey.read("elsewhere.csv") == "model,head,layer,index,score,rank\n"


@pytest.mark.parametrize("form", ["mark", "old ends", "a mark before a table"])
def test_files_of_other_programs_are_added_to_or_refused(survey: Tree, form: str) -> None:
    if form == "a mark before a table":
        survey.write(TABLE, "\ufeffmodel,head,layer,index,score,rank\n")
    else:
        text = survey.read(PAPER)
        survey.write(PAPER, f"\ufeff{text}" if form == "mark" else text.replace("\n", "\r"))
    known, before = survey.codes(), (survey.root / PAPER).read_bytes()
    status = run(survey, long_table(), "--source", "scores.json")
    assert status in {0, 1}
    if status:
        assert (survey.root / PAPER).read_bytes() == before
    else:
        assert set(survey.codes()) <= set(known)
        assert len(positions(survey)[-1][2]) == 60


def test_a_long_list_lies_beside_the_page(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(survey, long_table(), "--source", "scores.json") == 0
    assert f"{TABLE}: the lists of more than 40\n" in capsys.readouterr().out
    assert survey.read(TABLE).startswith("model,head,layer,index,score,rank\nllama-2-13b,retrieval,0,0,0,\n")
    model, _head, at, scores, _source = positions(survey)[-1]
    assert (model, len(at), scores[:2]) == ("llama-2-13b", 60, (0.0, 0.125))
    assert "table: wu2024retrieval.csv" in survey.read(PAPER)
    assert survey.problems() == []
    other = long_table().replace(",retrieval,", ",memory,")
    assert run(survey, other, "--source", "scores.json") == 0
    assert len(survey.read(TABLE).splitlines()) == 121
    assert "look at this: 'heads' of the page does not name memory\n" in capsys.readouterr().out
    assert survey.problems() == []


@pytest.mark.parametrize(
    ("rows", "arguments", "says"),
    [
        ("", (), "the table has no column 'layer'"),
        (
            "layer;head\n1;2\n",
            (),
            "positions.csv:1: the table has no column 'layer'; name the columns",
        ),
        ("layer,head\n", (), "the table has no rows"),
        ("layer,head,layer\n1,2,3\n", (), "the column 'layer' is there twice"),
        ("layer,head\n1,2\n\n-1,2\n1.5,3\n1,x\n", (), "positions.csv:4: '-1' is not the number of a layer"),
        ("layer,head\n1\n", (), "'' is not the number of a head"),
        ("layer,head,score\n1,2,high\n", (), "positions.csv:2: 'high' is not a score"),
        ("layer,head,score\n1,2,nan\n", (), "'nan' is not a score"),
        ('layer,head\n"1,2\n', (), "the row is no CSV"),
        ("layer,head,type\n1,2,retreival\n", (), "there is no head 'retreival'; did you mean 'retrieval'?"),
        ("layer,head,model\n1,2,lama-2-7b\n", (), "there is no model 'lama-2-7b'; did you mean 'llama-2-7b'?"),
        ("layer,head\n1,2\n", ("--model", ""), "nothing says which model is meant, of the 2 of the paper"),
        ("layer,head\n1,2\n", ("--source", ""), "nothing says where the positions are given"),
        ("layer,head\n1,2\n1,2\n", (), "positions.csv:3: '1.2' is given twice for 'retrieval' in 'llama-2-7b'"),
        ("layer,head\n32,0\n", (), "bad-position: "),
        ("layer,head\n" + "1,2\n" * 40_001, (), "more than 40,000 rows"),
        (b"layer,head\n\xff,2\n", (), "is not UTF-8"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    survey: Tree, capsys: pytest.CaptureFixture[str], rows: str | bytes, arguments: tuple[str, ...], says: str
) -> None:
    before = {path: path.read_bytes() for path in survey.root.rglob("*") if path.is_file()}
    given = ("--model", "llama-2-7b", "--source", "x")
    if "model" in str(rows).partition("\\n")[0].partition("\n")[0]:
        given = ("--source", "x")
    assert run(survey, rows, *given, *arguments) == 1
    out, err = capsys.readouterr()
    assert (out, says in err) == ("", True), err
    assert {path: path.read_bytes() for path in survey.root.rglob("*") if path.is_file()} == before


def test_a_paper_that_is_not_there_is_refused(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(survey, "layer,head\n1,2\n", key="nobody2024x") == 1
    assert "--paper: there is no paper 'nobody2024x'" in capsys.readouterr().err


def test_a_page_of_another_form_is_left_alone(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    page = survey.read(PAPER)
    start = page.index("  positions:")
    end = page.index("\n---", start)
    flow = '  positions: [{model: llama-2-7b, head: retrieval, at: ["16.19"], source: Figure 2}]'
    survey.write(PAPER, page[:start] + flow + page[end:])
    before = survey.read(PAPER)
    assert run(survey, "layer,head,model\n1,2,llama-2-7b\n", "--source", "x") == 1
    assert survey.read(PAPER) == before
    assert "nothing was written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [("--positions", "a.csv"), ("--paper", "wu2024retrieval"), ("--source", "x", "-")]
)
def test_options_go_with_each_other(survey: Tree, arguments: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["new", "--root", str(survey.root), *arguments])
    assert ended.value.code == 2
