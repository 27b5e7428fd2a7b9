"""What was read: files, settings, papers, entries, and the catalogue of them all."""
