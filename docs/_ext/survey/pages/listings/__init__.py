"""Lists of papers and entries: directives, items, passages of other files, and the explorer."""
