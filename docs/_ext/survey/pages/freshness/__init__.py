"""Which pages are read and written again, and what the last build left: incremental builds equal clean ones."""
