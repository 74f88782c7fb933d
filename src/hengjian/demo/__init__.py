"""A province to look at: real areas, an invented life. Everything in it came in by acts, as it would in earnest."""
