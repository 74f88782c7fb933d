"""During: what will be assessed, where, when and for how many; every exam is filed beforehand (3.2.1, 3.2.2 of the paper).

A plan holds batches (one occupation × level) and sittings. It is judged by the day it was handed in. What comes later
(roster, draw, results) hangs below a batch. May touch: its own tables; reads institutions, occupations.
"""
