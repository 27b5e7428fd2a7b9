"""Checks: what only shows when all files are seen together."""
