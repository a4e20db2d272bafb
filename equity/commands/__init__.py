"""The command line, which is also how analysts schedule the work.

line.py       words into a command, and errors into one plain line
files.py      load, inspect, datasets
ask.py        ask disparities, trends, areas: a question in words into an answer
printing.py   an answer as a table, JSON or CSV
"""
