"""A question asked of a cube, and its typed answer: which slice, which statistics.

choices.py      what is being asked: dataset, measure, by, reference, period, filter
answers.py      the answers' dataclasses and the columns of their tables
tables.py       those tables, and the arrays that each was made from
disparities.py  groups compared in one period
areas.py        clinical areas compared
over_time/      trends, control charts, the pace of a gap, inequality of all groups
comparisons/    a slice as dense blocks, and every cell beside what it is compared with: the pieces of every lens
"""
