"""The rules of the work: aims, and what the data say of them. No store and no page here: values in, values out.

aims.py      an aim: its parts, when it is whole, what may not be in it
progress.py  how far the group has come on the way to its aim, and whether anybody else lost by it
effort.py    what an aim asks for: people a period, each site's share, when a chart could tell
nouns.py     the record of an aim
"""
