"""Credit of institutions: events in, grade and consequences out. Not built yet; its law stands in `policies/credit.toml`."""
