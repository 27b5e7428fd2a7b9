"""``python -m survey``: the command line."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from survey.command import main

        sys.exit(main())
    except KeyboardInterrupt:  # while it begins
        sys.exit(130)
