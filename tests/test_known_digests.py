"""Digests that are kept between builds: a file is read again exactly when it may have been written."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from trees import small_survey

from survey.catalogue.texts import digests, known_digests
from survey.catalogue.texts.known_digests import KnownDigests


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are read from now on."""
    found: list[str] = []
    read = Path.read_bytes

    def noted(self: Path) -> bytes:
        found.append(str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", noted)
    return found


@pytest.fixture
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every file for settled: nobody waits for seconds in a test."""
    monkeypatch.setattr(known_digests, "SETTLED", 0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file."""
    path = tmp_path / "a.txt"
    path.write_text("one")
    return path


def kept(folder: Path, *files: Path) -> KnownDigests:
    """Return what another build knows once one has asked for these files."""
    first = KnownDigests()
    for file in files:
        first.of(file)
    first.write(folder / "kept" / "digests.json")
    return KnownDigests.read(folder / "kept" / "digests.json")


@pytest.mark.usefixtures("_settled")
def test_a_file_that_nobody_wrote_is_not_read_again(tmp_path: Path, file: Path, reads: list[str]) -> None:
    """The next build has its digest, and so has the one after that."""
    second = kept(tmp_path, file)
    reads.clear()
    assert second.of(file) == digests.digest(b"one")
    second.write(tmp_path / "kept" / "digests.json")
    assert KnownDigests.read(tmp_path / "kept" / "digests.json").of(str(file)) == digests.digest(b"one")
    assert str(file) not in reads


@pytest.mark.usefixtures("_settled")
@pytest.mark.parametrize("replaced", [False, True], ids=["written", "replaced"])
def test_a_file_of_the_same_size_and_time_is_read_again(tmp_path: Path, file: Path, *, replaced: bool) -> None:
    """Who sets the time back isn't believed: the system's own time of the change tells."""
    other = tmp_path / "b.txt"
    times = file.stat()
    second = kept(tmp_path, file)
    (other if replaced else file).write_text("two")
    os.utime(other if replaced else file, ns=(times.st_atime_ns, times.st_mtime_ns))
    if replaced:
        other.replace(file)
    assert file.stat().st_mtime_ns == times.st_mtime_ns
    assert second.of(file) == digests.digest(b"two")


def test_a_file_that_was_just_written_is_read_again(tmp_path: Path, file: Path, reads: list[str]) -> None:
    """It may be written again within the same step of the file system's clock."""
    second = kept(tmp_path, file)
    reads.clear()
    assert second.of(file) == digests.digest(b"one")
    assert second.of(file) == digests.digest(b"one")
    assert reads == [str(file), str(file)]


@pytest.mark.usefixtures("_settled")
def test_a_file_that_is_gone_is_not_known(tmp_path: Path, file: Path) -> None:
    """Nothing is said of it from memory."""
    second = kept(tmp_path, file)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        second.of(file)


@pytest.mark.parametrize(
    "content", ["", "[", "[]", "7", '{"a": 1}', '{"a": [[1, 2], "x"]}', '{"a": [[1, 2, 3, "x"], "d"]}', "[" * 100_000]
)
def test_damaged_notes_say_nothing(tmp_path: Path, file: Path, content: str) -> None:
    """Files are read as if nothing had been kept."""
    (tmp_path / "digests.json").write_text(content)
    assert KnownDigests.read(tmp_path / "digests.json").of(file) == digests.digest(b"one")


@pytest.mark.usefixtures("_settled")
def test_where_nothing_can_be_kept_nothing_is_lost(tmp_path: Path, file: Path) -> None:
    """A folder stands in the way of the file."""
    found = KnownDigests()
    found.of(file)
    (tmp_path / "digests.json").mkdir()
    found.write(tmp_path / "digests.json")
    assert (tmp_path / "digests.json").is_dir()


@pytest.mark.usefixtures("_settled")
def test_a_build_without_a_change_reads_no_page_and_sees_what_is_spoilt(tmp_path: Path, reads: list[str]) -> None:
    """Neither doctrees nor output are read; a page that is spoilt behind its size and time is made good."""
    tree = small_survey(tmp_path / "survey")
    page = tree.build().outdir / "papers" / "wu2024retrieval.html"
    whole = page.read_bytes()
    reads.clear()
    built = tree.build()
    known = Counter(name for name in reads if name.endswith((".html", ".doctree")))
    again = [name for name, times in known.items() if times > 1]  # Tree.build itself shows what is there, once
    assert {Path(name).name for name in again} <= {"search.html", "404.html"}  # written in every build
    assert not [name for name in known if name.endswith(".doctree")]
    times = page.stat()
    page.write_bytes(whole.replace(b"Heads", b"Hoods", 1))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert page.read_bytes() != whole
    assert "is not as the last build left it" in tree.build().log
    assert page.read_bytes() == whole
    assert built.read == frozenset()
