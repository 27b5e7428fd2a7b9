"""What the bibliography's file is called, and a key in it: checks of all kinds of files ask for both."""

from __future__ import annotations

import re

FILE = "references.bib"
PAPER_KEY = re.compile(r"[a-z]+[0-9]{4}[a-z0-9]*")
