"""A mapping for a file nobody has described, with its evidence and its open questions; ``propose.py`` is the way in."""
