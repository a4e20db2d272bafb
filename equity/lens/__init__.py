"""A question asked of a cube, and its typed answer: which slice, which statistics.

choices.py      what is being asked: dataset, measure, by, reference, period, filter
answers.py      the answers' dataclasses and the columns of their tables
tables.py       those tables, and the arrays that each was made from
reference.py    which group, rate or target the choice of reference stands for
disparities.py  groups compared in one period
trends.py       groups and the gap over time
areas.py        clinical areas compared
"""
