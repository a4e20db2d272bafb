"""What readers hold already: earlier releases of the same people, and those of other datasets."""
