"""A table as its layout says, one step after another: `reshape.py` takes them in their order.

shape.py           a header on its way and the walk over its rows, which each step takes and gives
across_step.py     columns turned into rows; latest_step.py: the latest of several snapshots
groupings_step.py  one column that holds several ways of grouping; outline_step.py: rows of a compact pivot table
"""
