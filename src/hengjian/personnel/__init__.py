"""Who supervises: the base of quality supervisors with their cards, training and recusals (3.2.3 of the paper).

Declared recusals live here; those that follow from facts (employer, same institution) are derived where a draw is made.
Assessors and experts come to this room. May touch: its own tables; reads institutions.
"""
