"""The parts of a question that are settled by modules of their own.

option.py   one thing that can be picked
against.py  what can be put beside a question
"""
