"""The shape of a file: what its header is, and how groups, years and measures across or down it become a tidy table."""
