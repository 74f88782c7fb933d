"""Before: who may assess. Filing on paper and on site, decision, scope, re-checks, suspension, exit (2.2–2.4 of the paper).

An institution is filed for occupations × levels with dates; whoever needs to know asks `scope_on(day)`. Government files and
supervises, it never examines (R1). May touch: its own tables; reads authorities and occupations.
"""
