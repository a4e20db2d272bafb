"""What leaves the team: releases, links, and the leader's view.

release_parts.py  plan, look ahead, attest, freeze (release_job.py)
release_audit.py  what a release says of itself, and what its audit found
release_links.py  its links, and what readers replied
released.py       asking a release: all that a reader outside the team gets
leader_parts.py   one release on one page, for a phone and a minute
"""
