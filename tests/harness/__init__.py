"""The strict harness: one module per promise; `tests/conftest.py` arms them all, `tests/house/test_harness.py` proves each."""
