"""The work of a team in words: focus, aims, drivers, projects, tests of change, the path, history, reflections; the
team itself, and teams beside each other."""
