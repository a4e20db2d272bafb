"""The application form: our own page, for whoever holds a cohort's address, where an administrator allows it.

addresses.py  the addresses, as contract and code
page.py       the page (apply.html, apply.js; its style is the call's)
"""
