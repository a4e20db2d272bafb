"""Who is here, what they may open, and what a page needs before it can draw.

sign_in.py        who somebody is, and what they may (link_session.py: somebody with a link)
workspace.py      the workspace that is looked at
run_slots.py      a few pages are made at a time (shared_cache.py, background_job.py, presence.py)
errors.py         an error becomes a sentence in its place (unexpected.py as the last net)
language.py       the reader's language
"""
