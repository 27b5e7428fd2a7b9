"""Print the text of an issue, given what ``gh issue view --json body,labels,state`` says: ``issue_text.py issue.json``.

Exit status 3 if it is not an open issue with the label of the form "Add a paper": then nobody asks for one any more.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

LABEL = "add-a-paper"


def is_asked_for(issue: dict[str, Any]) -> bool:
    """Tell whether an issue still asks for a paper."""
    return issue["state"] == "OPEN" and LABEL in {label["name"] for label in issue["labels"]}


if __name__ == "__main__":
    found = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    if not is_asked_for(found):
        sys.exit(3)
    sys.stdout.buffer.write(f"{found['body'] or ''}\n".encode("utf-8", "replace"))
