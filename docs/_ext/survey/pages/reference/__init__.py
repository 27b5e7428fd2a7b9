"""The reference of what the extension takes, says and makes, generated from its code."""
