"""BibTeX from anywhere as a draft, and a draft as an entry in the form of the house."""
