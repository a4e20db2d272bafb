"""Figures of what changes over time: groups and their gap, control charts, pace, inequality."""
