"""A proposal in its steps, each a class that stands on the one before; ``proposing.py`` takes them in their order."""
