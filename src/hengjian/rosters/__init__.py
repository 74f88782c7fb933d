"""During: who may sit. Rosters as clerks write them are read, checked cell by cell, sampled by GB/T 2828.1, admitted (3.1).

`reading` turns any spreadsheet into typed rows with remarks; `checks` are set-wise rules, one Ibis expression each;
`examine` joins them for the dry run and the act alike. May touch: its own tables; reads plans and below.
"""
