"""The inbox: what a person was told, opened from the seat it concerns; how they want to be told outside the house."""
