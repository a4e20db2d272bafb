"""The workspace store: who there is, what belongs to whom, what was shared, and the log of it all.

database.py    the store itself: SQLite in the home folder, or PostgreSQL
tables.py      its tables (../migrations/ how they came to be)
person.py      a person, and the roles there are (people.py: who is in a workspace, who is invited)
workspaces.py  workspaces, and what goes when something is deleted (note_rows.py: the notes about a dataset)
ownership.py   whose dataset, whose release
publishing.py  what has appeared on disk is in the log, once
links.py       share links to releases (passcodes.py), replies.py what readers say
audit_log.py   who did what, for good (log_seal.py: its key and newest entry, outside the table; audit_log_csv.py: as a
file)
backup.py      everything as one file, and back (backup_contents.py reads one)
conflict.py    two people edit one thing: both keep their words
texts.py       words that people type: kept as they are, or refused (clock.py: the time, in UTC)
"""
