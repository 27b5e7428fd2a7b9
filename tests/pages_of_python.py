"""The examples of the page for people who work in Python: blocks of code, each with what it prints.

``python tests/pages_of_python.py docs/python.md`` runs them with the package that this Python has, and nothing else;
``nox -s package`` does so in an environment with the wheel alone. ``--script docs/python.md FILE`` writes them into one
file.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(text: str) -> Iterator[tuple[str, str]]:
    """Yield each block of Python, and the block of text that follows it at once; empty if there is none."""
    blocks = _BLOCK.findall(text)
    for (language, code), (after, output) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if language == "python":
            yield code, output if after == "text" else ""


def faults(text: str) -> list[str]:
    """Run the examples one after the other, and return those that print something else."""
    found, names = [], {}
    for code, expected in examples(text):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "<example>", "exec"), names)
        if not doctest.OutputChecker().check_output(expected, printed.getvalue(), doctest.ELLIPSIS):
            found.append(f"{code}\nprints\n{printed.getvalue()}\nand not\n{expected}")
    return found


def script(text: str) -> str:
    """Return all examples as one script, for a checker of types."""
    return "\n".join(code for code, _ in examples(text))


if __name__ == "__main__":
    if sys.argv[1] == "--script":
        Path(sys.argv[3]).write_text(script(Path(sys.argv[2]).read_text("utf-8")), "utf-8")
        sys.exit()
    wrong = faults(Path(sys.argv[1]).read_text("utf-8"))
    print("\n\n".join(wrong) or "all examples print what the page says")
    sys.exit(1 if wrong else 0)
