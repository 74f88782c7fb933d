"""Pages: one folder per domain with its `room.py`, and `public/` for whoever has no log-in. Templates get plain values.

A page reads through its domain's `queries` and performs acts; it decides nothing. `components/` are shown in the gallery.
May touch: no case table; sessions and what the log-in library keeps.
"""
