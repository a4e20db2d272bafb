"""The shape of a file: what its header is, and how groups, years and measures across or down it become a tidy table.

find_layout.py  what its rows and columns must become, one find_*.py a kind of step; found_layout.py: what it gives
steps/          the steps taken: a table as its layout says
sample.py       the rows that are looked at; said.py: what a column's name says besides its measure
open_tidy.py    a file as the tidy table that its mapping's layout makes of it
"""
