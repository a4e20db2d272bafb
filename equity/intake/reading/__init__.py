"""A file and a mapping into the fact table, with an account of every row; ``read_facts.py`` is the way in."""
