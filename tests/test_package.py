"""The package ``attention-heads``: heads, papers and positions of a survey.json, whoever asks and however."""

from __future__ import annotations

import functools
import gzip
import json
import math
import os
import re
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from trees import ROOT

from attention_heads import (
    DataError,
    Heads,
    NoSuchHeadError,
    OtherModelError,
    Survey,
    SurveyError,
    UnknownNameError,
)
from attention_heads.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def group(head: str | None, *at: str, model: str = "small", **more: Any) -> dict[str, Any]:
    return {"model": model, "head": head, "at": list(at), "source": "Table 1", **more}


def member(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": id_.upper(), "aliases": [], **more}


def paper(key: str, *positions: dict[str, Any], **more: Any) -> dict[str, Any]:
    title, author = f"On {key}", {"given": "Jane", "family": "Doe"}
    known = {"key": key, "title": title, "authors": [author], "published": "2024-05", "year": 2024}
    return {**known, "bibtex": f"@misc{{{key},\n}}", "positions": list(positions), **more}


def head_type(id_: str, name: str, *positions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": name, "stage": "s", "category": "c", "positions": list(positions), **more}


MEMBERS = [
    member(
        "small", layers=2, heads=4, kv_heads=2, huggingface="owner/tiny", transformer_lens="tiny-tl", aliases=["T 1"]
    ),
    member("tiny", name="Tiny (size not given)"),
    member("large", layers=4, heads=8, huggingface="owner/big"),
]
RECORDS: dict[str, Any] = {
    "version": 1,
    "data_version": "2026.12",
    "papers": [
        paper("doe2024first", group("mover", "1.3"), group("mover", "1.2", scores=[0.5], automatic=True)),
        paper("roe2023second", group("mover", "1.3", inferred=True), group("fetch", "0.1", "1.3")),
        paper("kay2022third", group(None, "0.0", called="odd thing"), group("fetch", "1.1", kv=True)),
    ],
    "heads": [
        head_type("fetch", "Fetch Head", writes="the value", description="It fetches.", aliases=["Getter"]),
        head_type(
            "mover", "Name Mover Head", group(None, "2.7", model="large", url="https://example.org/x"), reads="names"
        ),
    ],
    "models": [{"id": "family", "members": MEMBERS}],
}


@pytest.fixture
def records() -> dict[str, Any]:
    return json.loads(json.dumps(RECORDS))


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Any], Survey]:
    def written(content: Any) -> Survey:
        path = tmp_path / "survey.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return Survey.read(path)

    return written


@pytest.fixture
def survey(read: Callable[[Any], Survey]) -> Survey:
    return read(RECORDS)


@pytest.fixture
def heads(survey: Survey) -> Heads:
    return survey.heads


def test_a_head_has_its_roles_with_all_who_say_so(heads: Heads) -> None:
    head = heads.at("small", 1, 3)
    assert (head.model.id, head.label, head.names) == ("small", "1.3", ("Name Mover Head", "Fetch Head"))
    said = [(claim.paper, claim.standing, claim.source) for claim in head.roles[0].claims]
    assert said == [("doe2024first", "stated", "Table 1"), ("roe2023second", "inferred", "Table 1")]
    assert heads.at("small", "1.3") == head


def test_what_a_score_chose_stands_apart_from_what_a_source_says(heads: Heads) -> None:
    head = heads.at("small", 1, 2)
    assert (head.roles, head.names) == ((), ())
    (role,) = head.automatic
    assert [(claim.standing, claim.score) for claim in role.claims] == [("automatic", 0.5)]
    assert [found.label for found in heads.of_type("mover", model="small")] == ["1.3"]
    assert [found.label for found in heads.of_type("mover", model="small", automatic=True)] == ["1.2", "1.3"]


def test_a_head_that_nobody_named_has_no_role(heads: Heads) -> None:
    head = heads.at("small", 0, 3)
    assert (head.roles, head.automatic, head.claims, str(head)) == ((), (), (), "SMALL 0.3: not named")


def test_a_role_of_no_type_has_the_name_that_its_source_gives_it(heads: Heads) -> None:
    (role,) = heads.at("small", 0, 0).roles
    assert (role.name, role.type) == ("odd thing", None)


def test_key_value_heads_are_other_heads(heads: Heads) -> None:
    assert heads.at("small", 1, 1).roles == ()
    head = heads.at("small", 1, 1, kv=True)
    assert (head.label, head.names) == ("KV 1.1", ("Fetch Head",))
    with pytest.raises(NoSuchHeadError, match="2 layers of 2 key-value heads"):
        heads.at("small", 1, 2, kv=True)


def test_a_source_that_is_no_paper_has_an_address(heads: Heads) -> None:
    (claim,) = heads.at("large", 2, 7).claims
    assert (claim.paper, claim.type, claim.url) == (None, "mover", "https://example.org/x")


@pytest.mark.parametrize(
    "name", ["small", "SMALL", "owner/tiny", "Owner/Tiny", "other-owner/tiny", "tiny-tl", "t_1", "tiny"]
)
def test_a_model_is_found_by_any_of_its_names(survey: Survey, name: str) -> None:
    assert survey.model(name).id == "small"


def test_a_name_of_several_models_is_refused_with_their_ids(read: Callable[[Any], Survey], records: Any) -> None:
    records["models"][0]["members"] += [
        member("one", layers=1, aliases=["it"]),
        member("two", layers=2, aliases=["it"]),
    ]
    with pytest.raises(UnknownNameError, match=r"^'it' may be 'one' or 'two'; say which$"):
        read(records).model("it")


def test_the_model_whose_id_a_name_is_has_it(read: Callable[[Any], Survey], records: Any) -> None:
    records["models"][0]["members"] += [member("it", layers=1), member("two", layers=2, transformer_lens="it")]
    assert read(records).model("it").id == "it"


def test_head_types_are_found_by_id_name_and_alias(heads: Heads) -> None:
    assert {heads[name].id for name in ("mover", "Name Mover Head", "name mover head")} == {"mover"}
    assert heads["getter"].id == "fetch"
    assert (list(heads), len(heads), "getter" in heads, "other" in heads) == (["fetch", "mover"], 2, True, False)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("moves names", ["mover"]),
        ("fetching values", ["fetch"]),
        ("name value", ["mover", "fetch"]),
        ("the head", []),
        ("zebra", []),
        ("", []),
    ],
)
def test_head_types_are_found_by_what_they_do(heads: Heads, words: str, found: list[str]) -> None:
    assert [kind.id for kind in heads.find(words)] == found
    assert len(heads.find(words, limit=1)) == min(1, len(found))


def test_papers_are_a_mapping_and_have_their_entry_as_it_was_written(survey: Survey) -> None:
    found = survey.papers["doe2024first"]
    assert (found.title, found.authors, found.bibtex()) == ("On doe2024first", ("Jane Doe",), "@misc{doe2024first,\n}")
    assert found.record["published"] == "2024-05"
    assert str(found) == "Doe (2024): On doe2024first"
    assert list(survey.papers) == ["doe2024first", "roe2023second", "kay2022third"]
    assert survey.papers.get("nobody2024") is None


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda survey: survey.model("smal"), "there is no model 'smal' in the survey; did you mean 'small'"),
        (lambda survey: survey.papers["doe2024frist"], "there is no paper 'doe2024frist'.*'doe2024first'"),
        (lambda survey: survey.heads["movr"], "there is no head type 'movr'.*'mover'"),
        (lambda survey: survey.heads.of_type("qqq"), "there is no head type 'qqq' in the survey$"),
        (
            lambda survey: survey.heads.at("small", 2, 0),
            "SMALL has 2 layers of 4 heads, counted from 0; there is no 2.0",
        ),
        (lambda survey: survey.heads.at("small", 0, 4), "there is no 0.4"),
        (lambda survey: survey.heads.at("small", 0, -1), "'0, -1' is no place of a head"),
        (lambda survey: survey.heads.at("small", "9"), "'9' is no place of a head; give layer and head"),
        (lambda survey: survey.heads.at("small", "1.2.3"), "'1.2.3' is no place of a head"),
        (lambda survey: survey.heads.at("tiny-tl", f"1.{'9' * 5000}"), "there is no 1.9999999$"),
    ],
)
def test_what_there_is_not_is_an_error_in_words(survey: Survey, ask: Callable[[Survey], Any], message: str) -> None:
    with pytest.raises(SurveyError) as caught:
        ask(survey)
    assert re.search(message, str(caught.value))


def test_positions_are_rows_whose_columns_have_one_type(survey: Survey) -> None:
    rows = survey.positions()
    assert [(row["model"], row["layer"], row["head"], row["kv"]) for row in rows[:3]] == [
        ("large", 2, 7, False),
        ("small", 0, 0, False),
        ("small", 0, 1, False),
    ]
    types = [tuple(type(value) for value in row.values()) for row in rows]
    assert set(types) == {types[0]}
    scored = [row for row in rows if not math.isnan(row["score"])]
    assert [(row["standing"], row["paper"], row["score"]) for row in scored] == [("automatic", "doe2024first", 0.5)]
    assert [row["called"] for row in rows if not row["head_type"]] == ["odd thing"]


CONFIG = {"model_name": "tiny-tl", "n_layers": 2, "n_heads": 4}
LOADED = {
    "a model of TransformerLens": SimpleNamespace(cfg=SimpleNamespace(**CONFIG)),
    "its configuration": SimpleNamespace(**CONFIG),
    "a model of transformers or nnsight": SimpleNamespace(
        config=SimpleNamespace(_name_or_path="owner/tiny", num_hidden_layers=2, num_attention_heads=4)
    ),
    "GPT-2's configuration": SimpleNamespace(_name_or_path="someone/tiny", n_layer=2, n_head=4),
    "a configuration as a dictionary": {"_name_or_path": "owner/tiny", "n_layer": 2, "n_head": 4},
    "a language model in one of several media": SimpleNamespace(
        config=SimpleNamespace(
            _name_or_path="owner/tiny", text_config=SimpleNamespace(num_hidden_layers=2, num_attention_heads=4)
        )
    ),
    "a path whose name only the tokenizer tells": SimpleNamespace(
        **CONFIG | {"model_name": "x", "tokenizer_name": "tiny"}
    ),
}


@pytest.mark.parametrize("loaded", LOADED.values(), ids=LOADED.keys())
def test_the_named_heads_of_a_loaded_model_are_told_from_its_configuration(heads: Heads, loaded: Any) -> None:
    found = heads.annotate(loaded)
    assert {place: head.names for place, head in found.items()} == {
        (0, 0): ("odd thing",),
        (0, 1): ("Fetch Head",),
        (1, 3): ("Name Mover Head", "Fetch Head"),
    }


def test_a_loaded_model_of_another_shape_is_refused(heads: Heads) -> None:
    with pytest.raises(OtherModelError, match=r"the model has 12 layers of 4 heads, but SMALL, .* has 2 of 4"):
        heads.annotate(SimpleNamespace(**CONFIG | {"n_layers": 12}))
    with pytest.raises(OtherModelError):
        heads.annotate(SimpleNamespace(**CONFIG), name="large")


def test_a_model_without_a_name_can_be_given_one(heads: Heads) -> None:
    shape = SimpleNamespace(n_layers=2, n_heads=4)
    with pytest.raises(UnknownNameError, match="doesn't say its name"):
        heads.annotate(shape)
    assert len(heads.annotate(shape, name="small")) == 3
    with pytest.raises(UnknownNameError, match="there is no model 'my-own'"):
        heads.annotate(SimpleNamespace(model_name="my-own"))


def test_versions_of_data_and_schema_are_two(read: Callable[[Any], Survey], records: Any) -> None:
    assert (read(records).version, read(records).schema_version) == ("2026.12", 1)
    del records["data_version"]
    assert read(records).version is None


def test_fields_that_come_later_do_no_harm(read: Callable[[Any], Survey], records: Any) -> None:
    for record in (*records["papers"], *records["heads"], *MEMBERS, records["papers"][0]["positions"][0]):
        record["new"] = {"x": 1}
    assert read(records | {"new": []}).heads.at("small", 1, 3).names


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (RECORDS | {"version": 2}, "is of schema 2, and this package reads schema 1; use a newer attention-heads"),
        (RECORDS | {"version": 0}, "use an older attention-heads"),
        ({"papers": []}, "is no survey.json"),
        ([], "is no survey.json"),
        ("<html>", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        (RECORDS | {"heads": [{}]}, "has not what its schema says: KeyError: 'id'"),
        (RECORDS | {"papers": [paper("a2024b", group("mover", "x.y"))]}, "has not what its schema says"),
        (RECORDS | {"models": 5}, "has not what its schema says"),
    ],
    ids=["newer", "older", "no version", "list", "page", "deep", "record", "position", "number"],
)
def test_data_that_cannot_be_used_are_refused_with_the_reason(
    read: Callable[[Any], Survey], content: Any, message: str
) -> None:
    with pytest.raises(DataError, match=f"survey.json.*{message}"):
        read(content)


def test_a_file_may_be_compressed_and_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "survey.json.gz"
    path.write_bytes(gzip.compress(json.dumps(RECORDS).encode()))
    assert len(Survey.read(path).papers) == 3
    path.write_bytes(gzip.compress(json.dumps(RECORDS).encode())[:100])
    for wrong in (path, tmp_path, tmp_path / "none.json", "a\0b"):
        with pytest.raises(DataError):
            Survey.read(wrong)


def test_the_command_prints_a_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "survey.json"
    path.write_text(json.dumps(RECORDS), "utf-8")
    assert main(["tiny", "1.3", "--data", str(path)]) == 0
    assert capsys.readouterr().out == (
        "SMALL, head 1.3 (layer 1, head 3, counted from 0)\n\nName Mover Head\n  reads  names\n"
        "  - stated: Table 1; Doe (2024): On doe2024first\n  - inferred: Table 1; Doe (2024): On roe2023second\n\n"
        "Fetch Head\n  writes the value\n  - stated: Table 1; Doe (2024): On roe2023second\n"
    )
    assert main(["tiny", "1.2", "--data", str(path)]) == 0
    said = capsys.readouterr().out
    assert "By a detector or a score alone:" in said
    assert "automatic, score 0.5: Table 1" in said
    assert main(["tiny", "0.3", "--data", str(path)]) == 0
    assert "No source of the survey names this head." in capsys.readouterr().out
    assert main(["tiny", "--data", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("SMALL: 4 named heads\n     0.0  odd thing\n")
    assert said.endswith("\n1 more was chosen by a score alone.\n")


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "survey.json"
    path.write_text(json.dumps(RECORDS), "utf-8")
    assert main(["tiny", "1.3", "--json", "--data", str(path)]) == 0
    card = json.loads(capsys.readouterr().out)
    assert (card["model"], card["layer"], card["head"], card["automatic"]) == ("small", 1, 3, [])
    assert [(role["type"], len(role["claims"])) for role in card["roles"]] == [("mover", 2), ("fetch", 1)]
    assert main(["tiny", "--json", "--data", str(path)]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 5


@pytest.mark.parametrize("arguments", [["tiny", "9.9"], ["tinny", "1.1"], ["tiny", "x"], ["tiny"]])
def test_the_command_says_what_is_wrong_in_a_line(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "survey.json"
    path.write_text("{}" if arguments == ["tiny"] else json.dumps(RECORDS), "utf-8")
    assert main([*arguments, "--data", str(path)]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert captured.err.startswith("attention-heads: ")


def test_an_address_of_the_web_is_read(tmp_path: Path) -> None:
    (tmp_path / "survey.json").write_text(json.dumps(RECORDS), "utf-8")
    handler = functools.partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        try:
            assert Survey.read(f"{base}/survey.json").heads.at("tiny", 1, 3).names
            with pytest.raises(DataError, match=f"{base}/other.json cannot be read: HTTP Error 404"):
                Survey.read(f"{base}/other.json")
        finally:
            server.shutdown()
            thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing of it."""

    def log_message(self, *args: Any) -> None:
        pass


def test_a_long_name_is_refused_at_once_and_shortened(survey: Survey) -> None:
    with pytest.raises(UnknownNameError) as caught:
        survey.model("small" * 10_000)
    assert len(str(caught.value)) < 200


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "survey.json"
    path.write_text(json.dumps(RECORDS), "utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-S", "-m", "attention_heads", "tiny", "1.3", "--data", str(path)]
    environment = {"PYTHONPATH": str(ROOT / "package" / "src")}
    run = subprocess.run(
        command, check=False, stdout=writing, stderr=subprocess.PIPE, encoding="utf-8", env=environment
    )
    os.close(writing)
    assert (run.returncode, run.stderr) == (0, "")


def test_importing_reads_nothing_and_takes_nothing_but_the_standard_library() -> None:
    code = "import attention_heads, sys; print('urllib.request' in sys.modules)"
    source = str(ROOT / "package" / "src")
    run = subprocess.run(
        [sys.executable, "-S", "-c", code],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": source},
    )
    assert run.stdout == "False\n"
