"""A province to look at: real areas, an invented life. Everything in it came in by acts, as it would in earnest.

It serves the first look, the pictures and the benches; people and institutions in it are invented and named so.
May touch: nothing but by acts; production never loads it.
"""
