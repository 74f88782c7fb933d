"""Official papers (公文): issued by the act that decides, made from stored facts, numbered, signed, registered, revoked or replaced.

A room declares its papers (`kinds.PaperKind`) in its own `papers.py` and issues them in the bodies of its acts
(`issuing.issue`). May touch: its own tables; reads authorities and below. Nothing slow happens in a transaction: the file
is made afterwards by the clock (`acts/make_paper.py`).
"""
