"""What a team says, decides and does, a file a noun. Plain values go in and come out.

calls.py  learning calls: whose, what opens them, and the log of each
"""
