"""The same acts, laws and proofs in a terminal (design 8). Names and exit statuses are a contract: scripts rely on them."""
