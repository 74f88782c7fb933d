"""Spreadsheets in and out: opened with defences, header found, cells read, findings at cells, the file given back marked.

Knows no word of what stands in them: a room hands in a `Vocabulary` and reads the rows (ADR 0029, `test_tables_words.py`).
May touch: nothing that is kept; it has no tables of its own.
"""
