"""What leaves the team: releases, links, and the leader's view.

release_parts.py  plan, look ahead, attest, freeze; links and replies (release_job.py)
released.py       asking a release: all that a reader outside the team gets
leader_parts.py   one release on one page, for a phone and a minute
"""
