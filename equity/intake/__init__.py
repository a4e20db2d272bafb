"""A file into a fact table, open questions and problems: one way, five folders, no arrow back.

spellings/  what one text says by itself: a number, a period, yes or no, nothing; the lists and names of the field
formats/    any file into a tidy :class:`~equity.intake.formats.tabular.Table` of texts (begin at ``open_table.py``)
columns/    what each column of a table holds: its profile, what it is called, who it could identify, its categories
proposal/   a mapping for a file nobody has described: the roles, the evidence, the questions that stay open
            (begin at ``propose.py``); and the mapping as the TOML file that people keep
reading/    a file and a mapping into the fact table, with an account of every row (begin at ``read_facts.py``)

The data files of ``standards/`` are the lists of categories and measures that come with the program.
"""
