"""The rules of a learning call, pure: values in, values out. Nothing here knows a database, a server or a page.

stages.py   the stages of an agenda, their order, and which of them show the picture and what others wrote
lenses.py   the lenses that people speak from
events.py   what happened in a call, as the log keeps it
state.py    a log of events into the state of the call
views.py    what of the state may be shown to whom: no author of an anonymous contribution, no guess before the reveal
guesses.py  guesses beside the truth
minutes.py  the state into minutes
codes.py    codes that can be said aloud
"""
