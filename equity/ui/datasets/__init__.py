"""The datasets of the workspace that is looked at.

in_memory.py        their cubes, read once, shared by everyone who looks (waiting.py: while the first is being read)
dataset_record.py   what is known of one: versions, what was set aside, going back, deleting (dataset_details.py)
"""
