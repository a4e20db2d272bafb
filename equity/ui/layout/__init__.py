"""What every page shares around its answer: title, side column, links onward, style, and text made harmless.

page_parts.py     the title, the column beside, the links onward
prose.py          text from files, escaped
lazy_expander.py  a closed part, sent when it is opened
menu.py           the menu of pages, folded
empty_page.py     a page on which there is nothing yet
style.py          the sheet of every page
marks.py          the line under an answer
four_steps.py     which of the four steps a page belongs to; tour.py, the first minute
"""
