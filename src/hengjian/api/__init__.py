"""The same acts as JSON. Operations, their bodies, refusals and descriptions are generated from the act headers."""
