"""What can be worked out from what is published: the range of every hidden count, and that it stays wide."""
