"""Text of unknown origin, made plain: LaTeX and HTML."""
