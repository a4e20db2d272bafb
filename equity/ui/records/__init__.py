"""What people write, edited on a page: one way for every noun.

record_editing.py  a version is held, a draft is kept as it is typed, a conflict shows both texts (as_typed.js)
record_fields.py   the text fields of a form
told_apart.py      names for a list, where two are alike
"""
