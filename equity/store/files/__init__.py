"""Names into folders: where datasets live, their immutable versions, and work in progress.

home.py        the home folder
versions.py    datasets and their versions: publish, roll back, delete
staging.py     folders of work in progress, swept when nobody holds them
naming.py      any dataset name into a folder's name
owner_file.py  whose a dataset is, beside it
checksums.py   what lies on the disk is what was written
locks.py       one writer at a time, also between processes
disk.py        what is safely on disk, and a sentence when the disk is full
inbox.py       a folder of the server whose files can be loaded
"""
