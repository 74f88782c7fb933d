"""The kernel: act, policy, ledger, draw, guard, scope. It knows no word of the domain."""
