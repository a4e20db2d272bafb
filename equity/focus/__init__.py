"""Choosing a focus: which clinical area to work on, and how far that choice depends on what one thinks matters.

candidates.py  what can be chosen among: areas, and single gaps
weighing.py  what people say: their criteria, ratings and weights, read from a file and checked
criteria.py  what the data say of each clinical area: burden, certainty, trend, completeness
decision.py  both together, over many ways to weigh them: a typed answer
room.py      the decision room: its stages, who may see which weights when, the choice
"""
