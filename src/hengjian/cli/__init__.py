"""The same acts, laws and proofs in a terminal (design 8). Names and exit statuses are a contract: scripts rely on them.

One module per command with `add_parser` and `run`; an answer is lines for people and, with `--json`, data for programs.
May touch: what acts write; an installation is set up, moved and verified from here.
"""
