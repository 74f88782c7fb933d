"""Spot checks of candidates' files by the plans of GB/T 2828.1: how deep, how many, by which switching state, and which.

Nothing here touches a database: each module is a pure function of tables, policies and lot results.
"""
