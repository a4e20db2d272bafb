"""Presenting: one card at a time, large enough for a room (slides.py), and the way back (come_back.py)."""
