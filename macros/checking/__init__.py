"""The built site, read by a stranger."""
