"""Notes: what the team says about a card between calls. Rules only: no store and no page here, values in, values out.

note.py     a note and what it is about: the card's recipe, its question and its sentence as they were
threads.py  notes and their answers, who is named in one, which are new to somebody, which are looked for
nouns.py    the records of these
"""
