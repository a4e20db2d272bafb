"""Streamlit: the main script, and the pieces that more than one page uses.

main.py           page configuration and navigation; what `app.py` runs
page_registry.py  which pages there are
streamlit_host.py Streamlit as the server that our own addresses (equity/server) are part of
datasets.py       the datasets and cubes of this server, held once for everyone
answers.py        the source of the cards: asking a lens, cached
choice_bar.py     the question as a sentence
card.py           the answer as a card: finding, chart, table, method, caveats
drawer.py         a part of a page, sent when it is opened
prose.py          text from files, made harmless
uploader.py       a file straight to disk, with progress
"""
