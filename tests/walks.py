"""Pages that say what to do, step by step: their files and commands, in order, and the means to follow them."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<content>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
_CAPTION = re.compile(r":caption: (?P<path>.+)\n+")

#: Stands for Python: makes an "environment" whose Python is this one, and whose pip looks instead of installing.
_PYTHON3 = """\
#!/bin/sh
[ "$1 $2" = "-m venv" ] || exec {python} "$@"
mkdir -p "$3/bin"
printf '#!/bin/sh\\nexec {python} "$@"\\n' > "$3/bin/python"
printf '#!/bin/sh\\n[ "$1 $2" = "install -r" ] && exec {python} {look} "$3"\\nexit 1\\n' > "$3/bin/pip"
chmod +x "$3/bin/python" "$3/bin/pip"
"""
_LOOK = """\
import re, sys
from importlib.metadata import distribution
for line in open(sys.argv[1], encoding="utf-8"):
    name = re.match(r"[A-Za-z][\\w.-]*", line)
    if name and "sys_platform" not in line:
        distribution(name[0])
"""


@dataclass(frozen=True)
class Step:
    """A file to write or commands to run."""

    path: str  #: Of the file, or nothing.
    content: str


def steps(text: str) -> Iterator[Step]:
    """Yield the steps of a page: blocks with a caption are files, those in ``sh`` commands."""
    for block in _BLOCK.finditer(text):
        info, content = block["info"].strip(), block["content"]
        caption = _CAPTION.match(content)
        if info.startswith("{code-block}") and caption is not None:
            yield Step(caption["path"], content[caption.end() :])
        elif info == "sh":
            yield Step("", content)


class Walker:
    """Follows steps in a folder, as a person at a shell does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder  #: Where we stand; ``cd`` moves it.
        self.printed: list[str] = []  #: What each command said.
        tools = folder / "tools"
        tools.mkdir()
        look = tools / "look.py"
        look.write_text(_LOOK, "utf-8")
        python3 = tools / "python3"
        python3.write_text(_PYTHON3.format(python=sys.executable, look=look), "utf-8")
        python3.chmod(python3.stat().st_mode | stat.S_IEXEC)
        self._path = f"{tools}:/usr/bin:/bin"

    def follow(self, step: Step) -> None:
        """Write the file, or run the commands; one that fails ends the walk."""
        if step.path:
            file = self.folder / step.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(step.content, "utf-8")
            return
        for command in step.content.splitlines():
            if command.startswith("cd "):
                self.folder /= command.removeprefix("cd ")
            else:
                self._run(command)

    def _run(self, command: str) -> None:
        environment = {"PATH": self._path, "HOME": str(self.folder), "LANG": "C.UTF-8"}
        done = subprocess.run(
            ["sh", "-c", command], check=False, capture_output=True, encoding="utf-8", cwd=self.folder, env=environment
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        self.printed.append(done.stdout + done.stderr)
