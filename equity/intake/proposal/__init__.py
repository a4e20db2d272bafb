"""A mapping for a file nobody has described, with its evidence and its open questions; ``propose.py`` is the way in.

proposing.py   one proposal, its steps in their order; making/: the steps, proposal_parts.py: what they make
evidence.py    the columns as arrays; once.py, repeats.py, stand_ins.py, twice_named.py: rows and columns that are not
               what they seem
measures/      what the file counts, and out of what; units; what is no measure
groupings/     which columns group people, and which of their values are totals
times/         which column is the period, and what its spelling leaves open
forms/         files whose form leaves nothing to guess
mapping/       the mapping file, read and written, and answers put into it
"""
