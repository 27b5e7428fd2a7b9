"""What strangers' text may do: a parser that refuses, settings that are fixed, and what browsers may run."""
