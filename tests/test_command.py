"""``python -m survey check``: what it prints, what it returns, and that nothing makes it fall over."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from problem_cases import every, write
from trees import EXTENSIONS, records, small_survey

from survey.command import main

if TYPE_CHECKING:
    from problem_cases import Spoil
    from trees import Tree

PAPER = "docs/papers/wu2024retrieval.md"
DATE = "published: '2024-04-24'"
SOUND = "4 papers, 3 head types, 5 bibliography entries: no problems\n"

#: Runs the command in a Python in which these packages don't exist.
WITHOUT = """\
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"sphinx", "docutils", "myst_parser", "sphinxcontrib", "pybtex", "nox"}:
            raise ModuleNotFoundError(f"no {name} here")

sys.meta_path.insert(0, Missing())
from survey.command import main
sys.exit(main(sys.argv[1:]))
"""


def check(tree: Tree, *arguments: str) -> int:
    """Run the command in this process and return its status."""
    return main(["check", "--root", str(tree.root), *arguments])


def test_a_sound_survey_gives_one_line_and_status_0(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(survey) == 0
    assert capsys.readouterr() == (SOUND, "")


def test_each_problem_gives_a_line_and_status_1(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    survey.replace(PAPER, DATE, "published: 2024-13-01")
    assert check(survey) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    assert lines == [f"{PAPER}:3: bad-date: '2024-13-01' is not a date; write 2024-04-24, 2024-04 or 2024"]
    assert last == "3 papers, 3 head types, 5 bibliography entries: 1 problem"


def test_problems_are_counted(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    survey.work("yu2025later")
    survey.work("zhu2025last")
    assert check(survey) == 1
    assert capsys.readouterr().out.endswith("7 bibliography entries: 2 problems\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),
        (["chekc"], "chekc"),
        (["check", "--root", "no-such-folder"], "there is no folder 'no-such-folder'"),
        (["check", "--root", "references.bib"], "there is no folder 'references.bib'"),
        (["check", "--format", "xml"], "xml"),
        (["check", "--rooot", "."], "--rooot"),
    ],
    ids=["no command", "no such command", "no such folder", "no folder", "no such format", "no such option"],
)
def test_wrong_usage_is_explained_with_status_2(
    survey: Tree,
    arguments: list[str],
    says: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(survey.root)
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert says in output.err


def test_the_root_is_the_current_folder_if_none_is_given(
    survey: Tree, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(survey.root)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == SOUND


def test_names_of_changed_files_do_not_narrow_the_check(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    survey.work("yu2025later")
    assert check(survey, PAPER, "README.md") == 1
    assert "unused-entry" in capsys.readouterr().out


def test_json_has_every_part_of_a_problem(survey: Tree) -> None:
    survey.replace(PAPER, "- retrieval", "- retreival")
    done = survey.check("--format", "json")
    assert done.returncode == 1
    assert records(done) == [
        {
            "path": PAPER,
            "line": 5,
            "code": "unknown-head",
            "message": "there is no head 'retreival'",
            "hint": "did you mean 'retrieval'?",
        }
    ]


def test_json_of_a_sound_survey_is_an_empty_list(survey: Tree) -> None:
    done = survey.check("--format", "json")
    assert (done.returncode, records(done), done.stderr) == (0, [], "")


def test_github_gets_an_annotation_a_problem(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    survey.replace(PAPER, "- retrieval", "- retreival")
    assert check(survey, "--format", "github") == 1
    assert capsys.readouterr().out == (
        f"::error file={PAPER},line=5,title=unknown-head::there is no head 'retreival'; did you mean 'retrieval'?\n"
    )


def test_github_annotations_cannot_be_forged(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    survey.replace(PAPER, DATE, 'published: "50%\\n::error::forged"')
    survey.write("docs/heads/a,b: c.md", survey.read("docs/heads/memory.md").replace("name: Mem", "name: Other Mem"))
    assert check(survey, "--format", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=docs/heads/a%2Cb%3A c.md,line=1,title=bad-file-name::")
    assert "50%25" in lines[1]


def test_github_gets_nothing_about_a_sound_survey(survey: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(survey, "--format", "github") == 0
    assert capsys.readouterr().out.strip() == ""


def run(code: str, root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python code as the command in a process of its own."""
    command = [sys.executable, "-c", code, "check", "--root", str(root), *arguments]
    env = {**os.environ, "PYTHONPATH": str(EXTENSIONS), **environment}
    return subprocess.run(command, check=False, capture_output=True, env=env)


def test_it_needs_neither_sphinx_nor_what_builds_on_it(survey: Tree) -> None:
    survey.work("yu2025later")
    done = run(WITHOUT, survey.root)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"unused-entry" in done.stdout


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1:strict"},
    ],
    ids=["C", "ascii", "latin-1"],
)
def test_the_locale_changes_nothing(survey: Tree, form: str, environment: dict[str, str]) -> None:
    survey.replace(PAPER, "# Retrieval Heads", "# Köpfe 头 “so”")
    survey.replace("references.bib", "{Retrieval Heads}", "{Köpfe 头 “and so”}")
    survey.replace("docs/heads/memory.md", "stage: knowledge-recalling", "stage: gedächtnis")
    done = run(WITHOUT, survey.root, "--format", form, **environment)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "Köpfe 头 “and so”" in done.stdout.decode("utf-8")
    assert "gedächtnis" in done.stdout.decode("utf-8")


def test_a_reader_that_stops_reading_is_no_fault(survey: Tree) -> None:
    for number in range(3000):
        survey.works[f"doe{number:04}x"] = f"@misc{{doe{number:04}x,\n}}\n"
    survey.write_works()
    command = [sys.executable, "-m", "survey", "check", "--root", str(survey.root)]
    environment = {**os.environ, "PYTHONPATH": str(EXTENSIONS)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def remove(path: str) -> Spoil:
    """Remove a file or folder."""
    return lambda tree: tree.remove(path)


def _name_of_other_bytes(tree: Tree) -> None:
    (Path(os.fsdecode(os.fsencode(tree.root) + b"/docs/papers/\xff.md"))).write_text("# A\n")


BOMB = "".join(f"  a{number + 1}: &a{number + 1} [*a{number}, *a{number}]\n" for number in range(90))
HOSTILE: dict[str, Spoil] = {
    "number of many digits": lambda tree: tree.replace(PAPER, "- retrieval", f"- {'9' * 5000}"),
    "position of many digits": lambda tree: tree.replace(PAPER, "16.19", f"{'9' * 5000}.1"),
    "size of many digits": lambda tree: tree.replace("docs/models/llama-2.md", "layers: 32", f"layers: '{'9' * 5000}'"),
    "tag on a date": lambda tree: tree.replace(PAPER, DATE, "published: !!float 2024-13-01"),
    "lone surrogate": lambda tree: tree.replace(PAPER, "- retrieval", '- "\\ud800"'),
    "nesting": lambda tree: tree.replace(PAPER, DATE, f"published: {'[' * 5000}"),
    "bomb of aliases": lambda tree: tree.write(PAPER, f"---\npaper:\n  a0: &a0 [x]\n{BOMB}---\n"),
    "facets that are a number": lambda tree: tree.write("docs/survey.toml", "facets = 5\n"),
    "settings nested deeply": lambda tree: tree.write("docs/survey.toml", f"x = {'[' * 5000}"),
    "facet without names": every(
        write("docs/survey.toml", "[[facets]]\nkind = 'a'\nfolder = 'as'\ntitle = 'A'\nfields = ['name']\n"),
        write("docs/as/one.md", "---\na: {}\n---\n# One\n"),
        write("docs/as/two.md", "---\na: {name: two}\n---\n# Two\n"),
    ),
    "bibliography that is a folder": every(remove("references.bib"), write("references.bib/a", "")),
    "docs that is a file": every(remove("docs"), write("docs", "")),
    "link to nowhere": lambda tree: (tree.root / "docs/papers/doe2024x.md").symlink_to("nowhere"),
    "link to itself": lambda tree: (tree.root / "docs/papers/doe2024x.md").symlink_to("doe2024x.md"),
    "file name of other bytes": _name_of_other_bytes,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_reported(survey: Tree, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    HOSTILE[name](survey)
    for form in ("text", "json", "github"):
        assert check(survey, "--format", form) == 1
        assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    "text", [">" * 5000, "- " * 500, "*_[`" * 2000, "[" * 5000, "{a`" * 2000, "|-" * 2000, "$" * 5001]
)
def test_text_of_any_form_is_read_or_said_to_be_too_much(survey: Tree, text: str) -> None:
    survey.write("docs/notes.md", f"---\norphan: true\n---\n\n# Notes\n\n{text} x\n")
    assert set(survey.codes()) <= {
        "too-deep",
        "too-large",
        "foreign-markup",
        "text-as-formula",
        "math",
        "refused-role",
        "broken-paragraph",
    }


garbage = st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))


FILES = [PAPER, "docs/heads/memory.md", "docs/models/llama-2.md", "references.bib", "docs/survey.toml"]
STARTS = [b"", b"---\n", b"---\npaper:\n  ", b"@article{doe2024x,\n", b"[[facets]]\n", b"\xef\xbb\xbf"]


@settings(max_examples=50, derandomize=True, deadline=None)
@given(
    path=st.sampled_from(FILES),
    start=st.sampled_from(STARTS),
    middle=garbage,
    end=st.sampled_from([b"", b"\n---\n# Title\n", b"\n}\n"]),
)
def test_any_bytes_in_any_file_give_a_status(path: str, start: bytes, middle: bytes, end: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        survey = small_survey(Path(folder))
        survey.write(path, start + middle + end)
        assert check(survey) in {0, 1}
