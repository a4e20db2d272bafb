"""What teams of a cohort see of each other.

comparison.py  organizations beside each other, as a funnel
learning.py    what tests of one idea came to, team by team
"""
