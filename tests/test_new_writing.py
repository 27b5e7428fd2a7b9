"""The bibliography with an entry more: at its place, and everything else byte for byte; all is written or nothing."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.adding import Refused, new_paper
from survey.adding.bibtex.bibfile import BibFile
from survey.adding.files.writing import Changes
from survey.catalogue.bibliography import references

if TYPE_CHECKING:
    from trees import Tree

A, C, E = (f"@misc{{{key},\n  title = {{{key}}},\n}}\n" for key in ("a2000a", "c2000c", "e2000e"))
NEW = "@misc{d2000d,\n  title = {{D}},\n}\n"
ENTRY = "@misc{x, title={On Heads}, author={Doe, Jane}, year=2024}"


def inserted(root: Path, data: bytes) -> tuple[bytes, int]:
    """Return a bibliography with the entry, and its line."""
    (root / "references.bib").write_bytes(data)
    return BibFile.at(root).with_entry(references.read(NEW)[0]["d2000d"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", NEW),
        ("\n", f"\n{NEW}"),
        (A, f"{A}\n{NEW}"),
        (A.rstrip("\n"), f"{A}\n{NEW}"),
        (f"{A}\n\n", f"{A}\n\n{NEW}"),
        (f"{A}\n{E}", f"{A}\n{NEW}\n{E}"),
        (f"{A}{E}", f"{A}{NEW}\n{E}"),
        (f"{E}", f"{NEW}\n{E}"),
        (f"% all of them\n\n{E}", f"% all of them\n\n{NEW}\n{E}"),
        (f"{A}\n% the best\n% one\n{E}", f"{A}\n{NEW}\n% the best\n% one\n{E}"),
        (f"{A}\n{C}\n{E}", f"{A}\n{C}\n{NEW}\n{E}"),
        (f"\ufeff{E}", f"\ufeff{NEW}\n{E}"),
        ("\ufeff", f"\ufeff{NEW}"),
        (f'@string{{j = "J"}}\n\n{A}', f'@string{{j = "J"}}\n\n{A}\n{NEW}'),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_entry_comes_to_its_place(tmp_path: Path, before: str, after: str, newline: str) -> None:
    if newline == "\r\n" and "\n" not in before.strip("\n"):
        return
    data, line = inserted(tmp_path, before.replace("\n", newline).encode())
    assert data == after.replace("\n", newline).encode()
    assert data.decode("utf-8-sig").split("\n")[line - 1].startswith("@misc{d2000d,")


def test_a_byte_order_mark_stays_in_front(tmp_path: Path) -> None:
    data, line = inserted(tmp_path, b"\xef\xbb\xbf" + E.encode())
    assert data.startswith(b"\xef\xbb\xbf@misc{d2000d,")
    assert line == 1


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    st.lists(
        st.from_regex(r"[a-z]{1,3}[0-9]{4}[a-z]?", fullmatch=True).filter(lambda key: key != "d2000d"), unique=True
    ),
    st.booleans(),
    st.sampled_from(["\n", "\n\n", "\n\n% a comment\n", "\r\n\r\n"]),
)
def test_everything_else_stays_byte_for_byte(keys: list[str], tidy: bool, between: str) -> None:
    if tidy:
        keys = sorted(keys)
    before = between.join(f"@misc{{{key},\n  title = {{ö}},\n}}" for key in keys).encode()
    with tempfile.TemporaryDirectory() as folder:
        after, line = inserted(Path(folder), before)
    assert after.decode().split("\n")[line - 1].rstrip("\r") == "@misc{d2000d,"
    start = after.index(b"@misc{d2000d,")
    end = (
        after.index(b"}\n", after.index(b"{{D}}") + 5) + 2 if b"\r\n" not in after else after.index(b"}\r\n", start) + 3
    )
    assert (after[:start] + after[end:]).replace(b"\r", b"").replace(b"\n", b"") == before.replace(b"\r", b"").replace(
        b"\n", b""
    )
    assert before.startswith(after[:start].rstrip(b"\r\n"))
    if tidy:
        found = list(references.read(after.decode().replace("\r\n", "\n"))[0])
        assert found == sorted(found)


@pytest.mark.parametrize(
    "broken",
    [
        "@misc{b2000b,\n  title = {B,\n\n",
        "@misc{b2000b,\n  title = {B\n}\n\n",
        "@misc{b2000b,\n  title = {B},\n  title = {B},\n}\n\n",
    ],
)
def test_an_entry_that_is_broken_hinders_nobody(tmp_path: Path, broken: str) -> None:
    assert inserted(tmp_path, f"{A}\n{broken}{E}".encode())[0] == f"{A}\n{broken}{NEW}\n{E}".encode()


@pytest.mark.parametrize("data", [None, b"\xff"])
def test_without_a_bibliography_nothing_is_written(tree: Tree, data: bytes | None) -> None:
    tree.remove("references.bib")
    if data is not None:
        tree.write("references.bib", data)
    with pytest.raises(Refused, match=r"references\.bib: "):
        new_paper(tree.root, "here", bibtex=ENTRY)
    assert not (tree.root / "docs/papers").exists()


def test_a_link_and_the_rights_of_a_file_stay(tree: Tree) -> None:
    (tree.root / "references.bib").rename(tree.root / "real.bib")
    (tree.root / "real.bib").chmod(0o640)
    (tree.root / "references.bib").symlink_to("real.bib")
    new_paper(tree.root, "here", bibtex=ENTRY)
    assert (tree.root / "references.bib").is_symlink()
    assert stat.S_IMODE((tree.root / "real.bib").stat().st_mode) == 0o640
    assert "doe2024heads" in tree.read("real.bib")
    assert sorted(path.name for path in tree.root.iterdir()) == ["docs", "real.bib", "references.bib"]


def test_changes_that_are_not_kept_leave_nothing_behind(tree: Tree) -> None:
    tree.write("a", "old")
    with Changes(tree.root) as changes:
        changes.create("b", "new")
        changes.replace("a", b"new", b"old")
        assert tree.read("a") == "old"
    assert tree.read("a") == "old"
    assert sorted(path.name for path in tree.root.iterdir()) == ["a", "docs", "references.bib"]


def test_a_file_that_somebody_has_changed_meanwhile_is_left_alone(tree: Tree) -> None:
    tree.write("a", "theirs")
    with Changes(tree.root) as changes, pytest.raises(Refused, match="a: the file has been changed in the meantime"):
        changes.replace("a", b"new", b"old")
    assert tree.read("a") == "theirs"


def test_a_file_that_appears_meanwhile_is_left_alone_and_no_other_changes(tree: Tree) -> None:
    tree.write("a", "old")
    with Changes(tree.root) as changes, pytest.raises(Refused, match="b: the file is already there"):
        changes.replace("a", b"new", b"old")
        changes.create("b", "new")
        tree.write("b", "theirs")
        changes.keep()
    assert (tree.read("a"), tree.read("b")) == ("old", "theirs")


def test_without_links_files_take_their_places_all_the_same(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    new_paper(tree.root, "here", bibtex=ENTRY)
    assert (tree.root / "docs/papers/doe2024heads.md").is_file()
    with pytest.raises(Refused):
        new_paper(tree.root, "here", bibtex=ENTRY)


def test_read_only_files_are_not_replaced(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # who runs tests as root may write everywhere
    with pytest.raises(Refused, match=r"references\.bib: the file cannot be written"):
        new_paper(tree.root, "here", bibtex=ENTRY)
