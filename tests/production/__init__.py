"""A city's installation as `docs/operations.md` describes it, started whole and attacked."""
