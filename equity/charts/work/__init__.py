"""The work drawn: aims, tests of change, drivers, the choice of a focus, projects over time."""
