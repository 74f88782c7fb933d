"""After: double-random inspection by licensed officers. Not built yet; its law stands in `policies/inspections.toml`."""
