"""Rates as they would be if all groups had the same structure of ages, or another."""
