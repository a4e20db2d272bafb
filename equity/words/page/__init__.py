"""What stands around an answer on its page: the choice bar aloud, what a click would do, notes, what is new."""
