"""Records to the files readers take away."""
