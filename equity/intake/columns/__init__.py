"""What each column of a table holds, found from all its cells together."""
