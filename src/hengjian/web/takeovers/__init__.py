"""Taking over what existed before this system, from tables (承接): one room for every kind."""
