"""Who is this, and what may they do. No Streamlit here: `equity/ui/session/sign_in.py` hands the claims in.

roles.py    which role may do what, as one table
who.py      claims of an OIDC provider into a person
here.py     the store, the workspace and who looks, in one value
may.py      may this person do this in this workspace
reading.py which of a workspace's records somebody may read, by whom they were shared with
opening.py  a link's token into the one release that it opens
"""
