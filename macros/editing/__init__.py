"""What the web team does before a merge request."""
