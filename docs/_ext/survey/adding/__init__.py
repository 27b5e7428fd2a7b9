"""Adding to a survey: look a paper up, write its bibliography entry and its file, and say what is left to do.

What comes in, from the network, from a ``.bib`` file or from an issue, is data of unknown origin: it is cleaned
(:mod:`~survey.adding.text.cleaning`), written in one form (:mod:`~survey.adding.bibtex.house_entries`), and read back
by the catalogue before anything counts as written.
"""

from __future__ import annotations

from survey.adding.draft.faults import Fault, Refused, Unavailable
from survey.adding.heads import new_head
from survey.adding.issue.issues import Outcome, from_issue
from survey.adding.papers import Added, new_paper

__all__ = ["Added", "Fault", "Outcome", "Refused", "Unavailable", "from_issue", "new_head", "new_paper"]
