"""Many councils' built sites to one site: a build of their indexes alone."""
