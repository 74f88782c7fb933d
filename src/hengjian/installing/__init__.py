"""A real installation, from nothing to the first log-in: settings and keys as files, the ground, the first administrators.

Nothing here is a demonstration, and nothing is written past an act. Every step looks first whether it stands: a run that
was ended at any line is simply started again. May touch: the folder of the settings, and what acts of authorities and
occupations write; the tables themselves are made by their owner.
"""
