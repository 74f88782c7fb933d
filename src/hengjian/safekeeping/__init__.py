"""A copy of everything an installation cannot make again: database, files, keys, each in a folder of its own; and its way back.

What was saved is described by a manifest with the digest of every file and the head of the log at that moment. What was
restored has to prove itself: log, receipts, certificates, stored files. May touch: the folder of the copy, and a database,
a store and a folder of settings that are empty.
"""
