"""What a build costs, beside plain Sphinx and others on the same papers: ``nox -s bench``."""
