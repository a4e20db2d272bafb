"""Whole actions in their order: who may, what is done, what is logged. Pages, commands and routes call these.

calls/           a learning call: its cards, opening, moving, voices, weighing, minutes
work/            focus, aims, drivers, projects, tests of change, the path, history, reflections, the team
network/         what teams of a cohort do with each other, and who applies to one
evidence/        the evidence pack of a workspace
sample/          the made-up team, whose fifteen months go through the actions that everybody uses
notes.py         notes on a card; looking.py: what somebody looked at last
explore.py       SELECTs that analysts write
questions.py     the questions that a terminal or a notebook puts to a dataset, by name
card_files.py    the cards of a question as files, from a terminal
local_owner.py   who acts where nobody signs in
sources.py       whose numbers a card shows, without a session: a workspace's datasets, or one release
nouns.py         every kind of record there is
"""
