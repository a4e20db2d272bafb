"""Streamlit: the main script, and the pieces that more than one page uses, by subject.

Each stands on what is named below it (`pyproject.toml` holds that).

main.py           page configuration and navigation; what `app.py` runs
entrance.py       which pages there are for whoever is here; style.py: the sheet of every page
page_registry.py  which pages there are; streamlit_host.py: Streamlit as the server that our own addresses are part of

call/ explore/ network/ team/ upload/    what one page each is made of
work/             the work between calls
cards/            the answer as a card, and what can be done with it
notes/            what the team says on a card
presenting/       cards chosen, and shown one by one; records/: what people write; sharing/: releases and readers
question/         the question as a sentence, its address, its answer, the page around it
datasets/         the datasets of the workspace, in memory
components/       charts, downloads, uploads
session/          who is here, what they may open, errors as sentences
layout/           title, menu, harmless text
"""
