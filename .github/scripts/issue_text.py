"""Print the text of the issue that a workflow's event is about: ``issue_text.py "$GITHUB_EVENT_PATH"``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    text = json.loads(Path(sys.argv[1]).read_text("utf-8"))["issue"]["body"] or ""
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
