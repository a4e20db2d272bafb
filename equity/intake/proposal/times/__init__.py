"""When: which column is the period, what its spelling leaves open, durations, counts that run on."""
