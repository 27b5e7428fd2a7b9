"""``python -m survey``: the command line."""

from __future__ import annotations

import sys

from survey.command import main

if __name__ == "__main__":
    sys.exit(main())
