"""A work before it is added: how it is named, what is known of it, and why it cannot be added."""
