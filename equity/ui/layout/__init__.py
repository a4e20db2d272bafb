"""What every page shares around its answer: title, menu, and text made harmless.

prose.py          text from files, escaped
lazy_expander.py  a closed part, sent when it is opened
menu.py           the menu of pages, folded
empty_page.py     a page on which there is nothing yet
marks.py          the line under an answer
four_steps.py     which of the four steps a page belongs to; tour.py, the first minute
"""
