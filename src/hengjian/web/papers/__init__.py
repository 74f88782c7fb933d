"""Papers as people meet them: the register, one paper with its file, its check by anybody who holds it."""
