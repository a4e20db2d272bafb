"""What a file groups people by: which columns, in which order, and which of their values are totals."""
