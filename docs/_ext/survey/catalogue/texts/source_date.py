"""``SOURCE_DATE_EPOCH``: the time that counts instead of the clock's, so that a run can be repeated.

See https://reproducible-builds.org/specs/source-date-epoch/.
"""

from __future__ import annotations

import datetime as dt
import os
import re

_EPOCH = re.compile(r"[0-9]{1,11}")  #: Seconds, up to the year 5138.


def source_date() -> dt.date | None:
    """Return the day in UTC that the environment gives; None where it gives none, or nothing that is one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date() if _EPOCH.fullmatch(epoch) else None
