"""An answer into a Plotly figure. No statistics here, and no words or number formats of its own: those are `words`.

template.py       ten colours by role, light and dark; what every figure shares
sketch.py         a figure while it is being drawn
labelled_rows.py  the layout of figures with a row a group: label above, marks below, figures at the right
disparities.py    groups compared in one period; their gaps
line_ends.py      labels at the ends of lines
time_axis.py      periods as positions
trends.py         groups and their gap over time
control.py        a control chart
areas.py          clinical areas compared
scan.py           every gap at once: measures × groupings, and the ranked list
completeness.py   who is known, and the bounds on each gap
intersections.py  groups within groups: raw and pooled rates
gap_sources.py    gaps split between and within sites, and what happens at each
summary.py        the summary measures that share the measure's unit

Colour means a role, never a group's identity. A figure holds placeholders that the page's theme fills in, so that it
follows a switch between light and dark at once; `template.painted` fills them in for exports.
"""
