"""The rules of the work: aims, and what the data say of them. No store and no page here: values in, values out.

aims.py      an aim: its parts, when it is whole, what may not be in it
progress.py  how far the group has come on the way to its aim, and whether anybody else lost by it
aim_line.py  an aim among the periods of a chart
shared.py    an aim as leaders may see it, with one release's numbers
effort.py    what an aim asks for: people a period, each site's share, when a chart could tell
projects.py  a project under an aim: who, where it stands, what is next; portfolio.py: all of them beside each other
cycles.py    a test of change (Plan, Do, Study, Act), its prediction fixed before Do
cycle_data.py  what the data say of its group; on_trends.py: on which trends it stands
drivers.py   what an aim depends on, as a graph, and where it is drawn
progress_scale.py  0.5 to 5, as the team and an advisor see it
path.py      eighteen months in six quarters; milestones.py: what teams usually meet on the way
team/        the team itself: people, letters, talks in pairs, history, reflections
dates.py     days as they are kept
nouns.py     the records of all of these
"""
