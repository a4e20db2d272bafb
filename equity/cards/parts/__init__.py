"""The parts of a question: what can be picked for each.

option.py         one thing that can be picked
offered.py        what can be picked for each part of a question of a dataset
against.py        what can be put beside a question
hidden_groups.py  which groups are not drawn
span.py           from which period to which a page over time looks
"""
