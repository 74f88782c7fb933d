"""After: scores entered by the institution, confirmed by a second person, put on notice, objected to, filed (3.3 of the paper).

Regulators read and hold, they never enter a score (R1). A hold stops one row and changes no total. May touch: its own
tables; reads supervision and below.
"""
