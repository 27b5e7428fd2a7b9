"""Running commands and saying what they cost."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command cost, with the processes that it started and waited for."""

    processor: float  #: Seconds.
    wall: float  #: Seconds.
    memory: float  #: MiB of the largest process.


def cost_of(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None, *, worst: int = 0) -> Cost:
    """Run a command and return its cost; statuses up to ``worst`` say that it has done its work.

    Raises:
        RuntimeError: It failed; a build that stops early costs little and says nothing.
    """
    start = time.monotonic()
    # Modules are compiled once, as on the machine of whoever builds often; some containers forbid to keep that.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**own, "SOURCE_DATE_EPOCH": "1700000000", **(env or {})}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    )
    said = process.stderr.read() if process.stderr is not None else ""
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # so that nobody waits for it again
    if not 0 <= process.returncode <= worst:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{said[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024)
