"""The cards of each page, a module a page: what the page draws, and what is made again from a recipe.

Each module asks (`ask`), makes its cards from the answer (a function a card), and lists in `MAKERS` how each is made
from a question alone. `made_again.py` is the way in for whoever holds a recipe.
"""
