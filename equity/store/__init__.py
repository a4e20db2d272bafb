"""What is kept. Plain values go in and come out; each function does one transaction.

files/      names into folders: datasets, their immutable versions, work in progress
workspace/  a database: people, roles, ownership, links, the log, backup
records/    what people say, decide and plan: one way to edit, one way to meet a conflict
migrations/ how the tables came to be
"""
