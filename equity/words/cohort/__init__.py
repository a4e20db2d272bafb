"""What a cohort sees of its teams, in words.

pieces.py      a piece that a team shares, as lines and tables
sharing.py     joining, sharing, packages and keys
comparison.py  organizations beside each other
learning.py    what tests of one idea came to
overview.py    all teams, for a facilitator
"""
