"""Explore: what is picked, and what is written."""
