"""Streamlit: the main script, and the pieces that more than one page uses, by subject.

main.py           page configuration and navigation; what `app.py` runs
page_registry.py  which pages there are
streamlit_host.py Streamlit as the server that our own addresses (equity/server) are part of
session/          who is here, what they may open, errors as sentences
layout/           title, side column, style, harmless text
question/         the question as a sentence, its address, its answer
cards/            the answer as a card, and what can be done with it
upload/ datasets/ sharing/ presenting/ team/ call/ work/
"""
