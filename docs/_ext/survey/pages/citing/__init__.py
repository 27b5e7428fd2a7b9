"""Citing works and being cited: citations in text, the box that cites a work, and links back."""
