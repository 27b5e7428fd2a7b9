"""List the links that don't answer, from what ``nox -s linkcheck`` has written: ``broken_links.py output.json``.

What servers have answered is anyone's text: each line is indented, which makes it code in Markdown, and is one line.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

_MOST = 100  #: Lines; an issue holds 65,536 characters.
_LONGEST = 500  #: Characters in a line.


def broken(output: str) -> list[str]:
    """Return a line for each broken link; those that were only slow may answer next time."""
    links = [json.loads(line) for line in output.splitlines()]
    lines = {
        " ".join(f"{link['filename']}:{link['lineno']}: {link['uri']}: {link['info']}".split())[:_LONGEST]
        for link in links
        if link["status"] == "broken"
    }
    return [f"    {line}" for line in sorted(lines)[:_MOST]]


if __name__ == "__main__":
    print("".join(f"{line}\n" for line in broken(Path(sys.argv[1]).read_text("utf-8"))), end="")
