"""Presenting: the cards that a person chose, and one at a time, large enough for a room.

card_set.py   the chosen cards (card_set_page.py: the page with them, and the file that they become)
slides.py     one card at a time; come_back.py: the way back
"""
