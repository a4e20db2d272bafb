"""What one text says by itself, and the lists and names that the field shares."""
