"""An answer into a Plotly figure. No statistics here, and no words or number formats of its own: those are `words`.

parts/            what figures are made of; parts/template.py has the ten colours by role, light and dark
screens/          a figure for the wall of a room, or for a window that is wide and low
work/             aims, tests of change, drivers, the choice of a focus, projects over time
cohort/           organizations beside each other
disparities.py    groups compared in one period; their gaps
trends.py         groups and their gap over time
control.py        a control chart
areas.py          clinical areas compared
scan.py           every gap at once: measures × groupings, and the ranked list
completeness.py   who is known, and the bounds on each gap
intersections.py  groups within groups: raw and pooled rates
gap_sources.py    gaps split between and within sites, and what happens at each
summary.py        the summary measures that share the measure's unit
and a file each for what further lenses answer

Colour means a role, never a group's identity. A figure holds placeholders that the page's theme fills in, so that it
follows a switch between light and dark at once; `parts.template.painted` fills them in for exports.
"""
