"""What the recipes on the pages of head types are tried on: a small model whose heads were made, and so are known."""

from __future__ import annotations

import os

# The matrices are small, and the tests run side by side: threads would wait for each other, and take 20 times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
