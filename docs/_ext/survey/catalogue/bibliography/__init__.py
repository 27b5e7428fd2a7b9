"""The bibliography: ``references.bib``, and the works that it describes."""
