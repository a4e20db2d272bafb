"""The question of a page: the sentence that is changed in place, its address, and the answer it brings.

choice_bar.py        the question as a sentence
question_sheet.py    the same as one sentence on a phone; its choices open as a sheet
address_bar.py       the same question in the page's address
default_question.py  what is asked when nobody has asked yet
answers.py           asking a lens, cached by version and question
page_warnings.py     what a page must also say
page_parts.py        the title, the column beside, the links onward
"""
