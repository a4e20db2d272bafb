"""What teams of a cohort do with each other, action by action.

places.py      the cohort that somebody looks at: its own space, or the one that their team is in
membership.py  a team is invited, joins, says where it is, leaves; keys that are trusted; calls for all teams
cohorts.py     a cohort begun and changed, its door opened and closed; applications.py: who writes in by that door
handing_over.py  a new team's workspace, until its own people own it
told.py        a piece from what stands in a workspace: numbers by a release only
tried.py       a test of change as others read it, with what a release shows around it
offered.py     what there is to share, and where a copy could begin
sharing.py     what a team shares, piece by piece, and takes back
packaging.py   the same as a file for a cohort elsewhere, and its import
gallery.py     what teams chose to show, questions to them, and a copy as one's own beginning
comparing.py   organizations beside each other
learned.py     what tests of one idea came to, over all teams
overview.py    all teams as a facilitator sees them
"""
