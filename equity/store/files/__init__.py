"""Names into folders: where datasets live, their immutable versions, and work in progress.

home.py        the home folder
versions.py    datasets and their versions: hold one, publish (earlier_versions.py: roll back)
dataset_identity.py  a dataset's name and key in its folder; dataset_deletion.py: all of it taken away
step_log.py    what a step asks of whoever logs it
staging.py     folders of work in progress, swept when nobody holds them
naming.py      any dataset name into a folder's name
owner_file.py  whose a dataset is, beside it
checksums.py   what lies on the disk is what was written
locks.py       one writer at a time, also between processes
disk.py        what is safely on disk, and a sentence when the disk is full
inbox.py       a folder of the server whose files can be loaded
"""
