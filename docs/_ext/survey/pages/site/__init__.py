"""What a site has beside its pages' text: data files, search, scripts, descriptions, links to the source."""
