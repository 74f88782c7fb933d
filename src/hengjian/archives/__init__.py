"""After: volumes, retention and destruction. Not built yet; its law stands in `policies/archives.toml`."""
