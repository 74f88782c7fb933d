"""The kernel: act, policy, ledger, draw, guard, scope. It knows no word of the domain.

An act is declared (`act`, `header`, `rule`), asked (`asking`), run (`runner`, `doing`), written down (`ledger`, `tlog`) and guarded
(`guard`, `restraint`); what people type is read by `typed` and bounded by `arguments`. May touch: its own tables, and the tables of
a case only for the act that says so. Imports nothing of the domains, of the web or of the API.
"""
