"""What all pages stand on: the catalogue of a build, the domain, nodes, the language, and what a builder makes."""
