"""Books: what LaTeX and EPUB make of a survey."""
