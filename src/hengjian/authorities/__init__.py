"""Areas, offices, seats and roles: who may act, where, and whose case it is (2.1 of the paper: territory and level).

Holds the one function that turns a session or a token into a seat, the calendar's entering, local stricter values, waivers.
Everything above asks it who sits where; it knows no institution and no exam. May touch: its own tables, the kernel's.
"""
