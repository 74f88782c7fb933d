"""Messages: whoever's turn it is, and whoever an act declares, is told; written in the act's transaction, sent after it.

Knows no word of the domain: who holds what and where somebody is reached it asks of those whom the settings name
(`TELLS_WHOM`, `ADDRESS_BOOK`). A message decides nothing: the state of a case is never read from here.
May touch: its own tables.
"""
