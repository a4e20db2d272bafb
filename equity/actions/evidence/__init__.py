"""The evidence pack of a workspace, made from its records, its calls and one release.

making.py        the whole action: who may, which release, every topic, the pack
place.py         what the gatherers look at
from_release.py  what a release shows: the only numbers of patients in a pack
from_records.py  what the team chose, set, tried and wrote
from_work.py     projects and tests of change
from_reflections.py  what the newest reflection shares, and what leaders answered
from_us.py       the team, its letter, its history
from_talk.py     calls, links and replies, and who leads
"""
