"""What is known of special attention heads in language models.

>>> from attention_heads import heads, papers, survey
>>> heads.at("gpt2", 9, 6).names
('Name Mover Head', ...)
"""

from __future__ import annotations

from attention_heads.collected import Papers, Position, Survey
from attention_heads.errors import DataError, NoSuchHeadError, OtherModelError, SurveyError, UnknownNameError
from attention_heads.places import Heads
from attention_heads.records import Claim, Head, HeadType, Model, Paper, Role, Standing, Summary

#: The survey as it was when this package was made.
survey = Survey()
heads = survey.heads
papers = survey.papers

__all__ = [
    "Claim",
    "DataError",
    "Head",
    "HeadType",
    "Heads",
    "Model",
    "NoSuchHeadError",
    "OtherModelError",
    "Paper",
    "Papers",
    "Position",
    "Role",
    "Standing",
    "Summary",
    "Survey",
    "SurveyError",
    "UnknownNameError",
    "heads",
    "papers",
    "survey",
]
