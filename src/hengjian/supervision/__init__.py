"""During: every exam is attended by supervisors drawn at random; arrival, checklist, report, stop (3.2.3, 5 of the paper).

A draw is sealed first, drawn later, published after the exam, and run again by anybody (draw/1 in the kernel). Duties are
what the drawn accept. May touch: its own tables; reads rosters and below.
"""
