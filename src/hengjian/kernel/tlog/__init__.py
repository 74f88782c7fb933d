"""The transparency log: hashing, tiles, signed checkpoints, receipts. Pure functions on bytes; no table, no clock.

Whoever doubts the platform needs nothing of it: the formats are RFC 6962 / RFC 9162 (tree) and C2SP tlog-tiles,
signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof, which others' tools read as well.
"""
