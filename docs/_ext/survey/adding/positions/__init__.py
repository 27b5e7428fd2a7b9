"""Positions of heads from a table: what a paper's page says of where they sit, without writing it by hand.

The table is read (:mod:`~survey.adding.positions.tables`), made into what front matter has
(:mod:`~survey.adding.positions.groups`), and put into the page (:mod:`~survey.adding.positions.pages`).
"""

from __future__ import annotations

from survey.adding.positions.pages import AddedPositions, Saying, new_positions

__all__ = ["AddedPositions", "Saying", "new_positions"]
