"""The watch: what has newly appeared on arXiv and may belong into the survey is put into its queue.

:mod:`~survey.adding.watching.terms` says by which words works are looked for and what each counts,
:mod:`~survey.adding.watching.asking` asks arXiv, :mod:`~survey.adding.watching.finding` ranks what it answers, drops
what is known, and writes the rest.
"""

from __future__ import annotations

from survey.adding.watching.finding import Found, Watched, watch

__all__ = ["Found", "Watched", "watch"]
