"""Texts that people read on screen and in files, one file a subject, each text by key.

Sentences made from answers live beside this folder, a module a kind of answer; what stands still is here.
`tests/words/test_where_texts_live.py` finds texts that are written elsewhere.
"""
