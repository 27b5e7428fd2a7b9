"""What front matter and declarations may hold: facets, their fields, and how YAML becomes them."""
