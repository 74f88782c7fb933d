"""What can be assessed: the catalogue of occupations, trades and levels, and the standards and norms with their editions.

Others ask what was in force on a day (`occupations_on`, `standards_on`) and keep what they were told; a line ends, it is
never deleted. Entry conditions are data (`policies/entry_conditions.toml`). May touch: its own tables only.
"""
