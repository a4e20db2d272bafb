"""A dataset in words: its dictionary, what was understood of its file, what is in doubt, what a new version changed."""
