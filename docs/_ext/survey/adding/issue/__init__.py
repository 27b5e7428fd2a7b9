"""Adding a paper from an issue: its form, its text and the answer."""
