"""A folder of packages to records, or one list of problems."""
