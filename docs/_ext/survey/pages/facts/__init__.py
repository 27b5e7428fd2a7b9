"""Pages of facts: what is added to the file of a paper, a head type or another entry."""
