"""What is shown beyond the team.

evidence_parts.py     the evidence pack
cohort_parts.py       a cohort, and where one begins
application_parts.py  who applies to it
overview_parts.py     all teams, and calls for them
package_parts.py      packages of teams elsewhere, and keys that are trusted
team_parts.py         the cohort that a team is in: joining, saying where it is, leaving
sharing_parts.py      what a team shares, piece by piece
gallery_parts.py      what teams chose to show
comparison_parts.py   organizations beside each other
learning_parts.py     what tests of one idea came to
"""
