"""How fast a site is built, and how that grows: invented data of any size, and one command that measures."""
