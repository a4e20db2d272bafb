"""Any file into a tidy table of texts, whatever its format; ``open_table.py`` is the way in."""
