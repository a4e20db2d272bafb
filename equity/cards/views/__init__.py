"""An answer as its cards use it.

drawn.py       without the groups that the question leaves out
considered.py  what a card offers to a decision: its clinical areas, its single gaps
"""
