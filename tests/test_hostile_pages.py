"""What a stranger's pages may try: each attempt is a problem with its line, and none has an effect, even if built."""

from __future__ import annotations

import os
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hostile_markup import ROWS, Row
from trees import Tree, small_survey

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from trees import Built

    from survey.catalogue import Problem

SECRET = "SECRET-7f3a"
ELEMENTS = {"script", "iframe", "object", "embed", "base", "form", "style", "svg", "link", "meta", "audio", "video"}
NAMES = [f"row{number:03}" for number in range(len(ROWS))]


def pixel() -> bytes:
    """Return a PNG of one dot."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    sums = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(sums)


def written(row: Row, secret: str) -> str:
    """Return the page of a row."""
    up = "../" * 12 + secret.lstrip("/")
    front = row.front.replace("{UP}", up)
    text = row.text.replace("{UP}", up).replace("{SECRET}", secret)
    return f"---\norphan: true\n{front}\n---\n\n# Page\n\nIt begins.\n\n{text}\n"


@dataclass(frozen=True)
class Tried:
    """A survey with all attempts, and what came of it."""

    tree: Tree
    problems: list[Problem]
    built: Built


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("secret.txt", "secret.png", "secret.md"):
        (folder / name).write_text(f"# {SECRET}\n")
    tree = small_survey(folder / "survey")
    here = tree.root / "docs/hostile"
    for name, row in zip(NAMES, ROWS, strict=True):
        tree.write(f"docs/hostile/{name}.md", written(row, str(folder / "secret.txt")))
    tree.write("docs/hostile/plain.md", written(Row("", "x"), ""))
    tree.write("docs/hostile/pixel.png", pixel())
    tree.write("docs/hostile/script.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>window.__p=1</script></svg>")
    for name in ("secret.txt", "secret.png", "secret.md"):
        (here / f"linked{os.path.splitext(name)[1]}").symlink_to(folder / name)  # noqa: PTH122
    (here / "folder").symlink_to(folder)
    (here / "again").symlink_to(".")
    return Tried(tree, tree.problems(), tree.build())


@pytest.mark.parametrize(("name", "row"), zip(NAMES, ROWS, strict=True), ids=NAMES)
def test_an_attempt_is_a_problem_where_it_stands(tried: Tried, name: str, row: Row) -> None:
    path = f"docs/hostile/{name}.md"
    found = [problem for problem in tried.problems if problem.path == path]
    line = 3 if row.front else 10 + row.line
    wanted = (
        {(line, row.code)} if row.code else set()
    )  # other checks may find more in it, such as HTML that is no markup
    assert wanted <= {(problem.line, problem.code) for problem in found}, row
    assert all(problem.hint for problem in found)


def test_the_build_says_what_the_checks_say(tried: Tried) -> None:
    said = {line.rpartition(" [")[0] for line in tried.built.warnings.splitlines() if "[survey." in line}
    expected = {f"{problem.location}: WARNING: {problem.code}: {problem.explanation}" for problem in tried.problems}
    assert said == expected


def test_nothing_of_another_place_is_published(tried: Tried) -> None:
    assert [path for path, data in tried.built.files.items() if SECRET.encode() in data] == []
    assert [path for path in tried.built.files if "again/" in path or "folder/" in path] == []
    assert [path for path in tried.built.files if path.startswith("_downloads")] == []
    assert {path for path in tried.built.files if path.startswith("_images")} <= {"_images/pixel.png"}


@pytest.fixture(scope="module")
def harmless(tried: Tried) -> BeautifulSoup:
    """Return a page of the same build that tries nothing."""
    return tried.built.page("hostile/plain")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_no_element_that_does_anything(tried: Tried, harmless: BeautifulSoup, name: str) -> None:
    page = tried.built.page(f"hostile/{name}")
    body = page.select_one("div.body")
    assert body is not None
    assert [tag.name for tag in body.find_all(ELEMENTS)] == []
    assert sorted(str(tag.get("http-equiv")) for tag in page.select("head meta[http-equiv]")) == sorted(
        str(tag.get("http-equiv")) for tag in harmless.select("head meta[http-equiv]")
    )
    assert len(page.select("script")) == len(harmless.select("script"))
    for tag in body.find_all(True):
        assert not {at for at in tag.attrs if at.startswith("on") or at == "style"} - _widths(tag.name), tag
        assert "modal-backdrop" not in tag.get("class", [])
        for at in ("href", "src", "action", "xlink:href", "data"):
            assert _leads_well(str(tag.get(at, ""))), tag


def _widths(name: str) -> set[str]:
    """Docutils gives columns of tables their widths in a style."""
    return {"style"} if name == "col" else set()


def _leads_well(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return parts.scheme == "https" and parts.netloc in {
            "example.org",
            "www.sphinx-doc.org",
            "github.com",
            "arxiv.org",
        }
    return not address.startswith(("/", "\\"))
