"""The made-up team's fifteen months on the sample data, done by the actions that everybody uses.

sample_team.py   path, aims, drivers, projects, tests of change, scores
sample_focus.py  the choice of its focus
sample_people.py its people, letters, history, talks in pairs and reflections
"""
