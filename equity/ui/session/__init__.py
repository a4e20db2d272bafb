"""Who is here, what they may open, and what a page needs before it can draw.

entrance.py       which pages there are for whoever is here (sign_in.py, link_session.py)
workspace.py      the workspace that is looked at
run_slots.py      a few pages are made at a time (shared_cache.py, background_job.py, presence.py, waiting.py)
errors.py         an error becomes a sentence in its place (unexpected.py as the last net)
language.py       the reader's language
"""
