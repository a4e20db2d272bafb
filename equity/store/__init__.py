"""Names into folders: where datasets live, their immutable versions, and work in progress.

home.py      the home folder
locks.py     one writer at a time, also between processes
checksums.py  what lies on the disk is what was written
owner_file.py  whose a dataset is, beside it
disk.py      what is safely on disk, and a sentence when the disk is full
staging.py   folders of work in progress, swept when nobody holds them
naming.py    any dataset name into a folder's name
versions.py  datasets and their versions: publish, roll back, delete

And into a database, what people say and decide. Plain values go in and come out; each function does one transaction.

database.py      the store itself: SQLite in the home folder, or PostgreSQL
tables.py        its tables; migrations/ how they came to be
person.py        a person, and the roles there are
people.py        who is in a workspace, and who is invited
workspaces.py    workspaces, and what goes when something is deleted
belonging.py     whose dataset, whose release
publishing.py    what has appeared on disk is in the log, once
chart_frames.py  baselines, phases, points left out, target lines, by period label (period_overlap.py)
annotations.py   what happened when, on every chart that shows it
notes.py         what people say about a card
records/         learning calls and their logs
links.py         share links to releases (passcodes.py)
replies.py       what readers say about a release
audit_log.py     who did what, for good
log_seal.py      the key of the log's chain, and its newest entry, outside the table
backup.py        everything, the files too, as one file, and back (backup_contents.py reads one)
conflict.py      two people edit one thing: both keep their words
texts.py         words that people type: kept as they are, or refused
clock.py         the time, in UTC
"""
