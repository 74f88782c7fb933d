"""The same acts as JSON. Operations, their bodies, refusals and descriptions are generated from the act headers.

`operations` makes one operation per act, `reads` the lists, `app` the frame: who asks, and how a refusal is answered.
May touch: no table; reads through `queries` of the domains and performs acts.
"""
