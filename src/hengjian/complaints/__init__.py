"""After: complaints and reports of misconduct. Not built yet; its law stands in `policies/complaints.toml`."""
