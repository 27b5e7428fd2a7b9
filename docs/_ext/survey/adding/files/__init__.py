"""Files of a survey, and those that come in: decoded, filled in, locked, and written all or none."""
