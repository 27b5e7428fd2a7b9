"""Figures on pages: their nodes and directives, and the table or list beside each that says the same."""
