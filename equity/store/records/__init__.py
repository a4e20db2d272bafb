"""What a team says, decides and does, a file a noun. Plain values go in and come out.

shelf.py     one way to keep, list, edit, withdraw and bring back a record of any noun, and to meet a conflict
kept.py      records as they are handed around, and two texts that met
tallies.py   how many there are, counted in the store
nouns.py     what kinds of record there are: the name, what it holds, how it is called in a sentence
exchange.py  everything that a workspace ever wrote, into files and back; older_tables.py: what has tables of its own
calls.py     learning calls: whose, what opens them, and the log of each
"""
