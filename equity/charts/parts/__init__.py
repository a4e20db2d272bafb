"""What figures are made of.

template.py       ten colours by role, light and dark; what every figure shares
sketch.py         a figure while it is being drawn
labelled_rows.py  the layout of figures with a row a group: label above, marks below, figures at the right
map_cells.py      the cells of maps
line_ends.py      labels at the ends of lines; time_axis.py: periods as positions
control_panel.py  one control chart inside a figure
events.py         what happened when, over a chart's periods; aim_lines.py: aims, in the same way
asking.py         what a mark can be asked
"""
