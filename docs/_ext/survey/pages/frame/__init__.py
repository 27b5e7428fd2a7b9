"""What stands around each page: the theme made light, and its sidebar."""
