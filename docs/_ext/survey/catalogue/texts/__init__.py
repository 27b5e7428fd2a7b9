"""Texts of whatever file: addresses, dates, formulas, letters that deceive, and files of text."""
