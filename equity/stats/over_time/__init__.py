"""Change over time: series of sums, control charts and their rules, gaps and inequality period by period, the pace."""
