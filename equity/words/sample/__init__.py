"""What the made-up team wrote on the sample data. None of them is anybody."""
