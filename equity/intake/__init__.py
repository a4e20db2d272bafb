"""A file into a fact table, open questions and problems: one way, six folders, no arrow back.

spellings/  what one text says by itself: a number, a period, yes or no, nothing; the lists and names of the field
formats/    any file into a :class:`~equity.intake.formats.tabular.Table` of texts with a header (begin at
            ``open_table.py``)
columns/    what each column of a table holds: its profile, what it is called, who it could identify, its categories
layout/     years, groups or measures across, sections, pivots, two numbers in a cell: found (``find_layout.py``) and
            made tidy (``reshape.py``)
proposal/   a mapping for a file nobody has described (begin at ``propose.py``, then ``proposing.py``, which takes the
            steps of ``making/`` in their order; a module each for the witnesses and their questions); and the mapping
            as the TOML file that people keep (``mapping_file.py``)
reading/    a file and a mapping into the fact table, with an account of every row (begin at ``read_facts.py``)

``apart/`` calls any of it in a process of its own, with limits. The data files of ``standards/`` are the lists of
categories and measures that come with the program.
"""
