"""A stranger's file is read in a process of its own, with limits, so that it can take down nothing but itself.

limits.py       how much one reading may take, as the administrator set it
messages.py     what the two processes say to each other, and what of it is believed
worker.py       the process that reads
fork_server.py  the process that it is forked from, with everything imported
starting.py     asking that one for a process
process.py      running a function over there: told how far it is, stopped at once, ended with whoever asked
looking.py      what a page asks of a file before it is loaded
"""
