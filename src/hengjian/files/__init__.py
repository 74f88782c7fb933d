"""Files as such: where their bytes lie, what they are, how they are shown.

The lowest storey: it knows no case, no person, no database and no kernel; sentences leave it with their values beside them.
May touch: the store of files (ADR 0034), and nothing else that is kept.
"""
