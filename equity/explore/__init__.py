"""A question of one's own, put to the rows of a version: picked from lists, or written as one SELECT.

asked.py      the question that is picked, and what a version can be asked
composed.py   the question as a statement, its values bound and its names quoted
explored.py   the question answered: sums by the statement, intervals by the house's own statistics
own_select.py what a SELECT that somebody wrote may say: read as a tree, and held against lists
written.py    running it: a database without files, settings and people, within limits, stopped at once
nouns.py      a SELECT that a team keeps under a name
"""
