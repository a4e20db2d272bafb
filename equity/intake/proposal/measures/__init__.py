"""What a file counts: outcomes, denominators, rates with their units, and what is no measure at all."""
