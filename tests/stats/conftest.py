"""Hypothesis without a deadline: time says nothing about whether a number is right."""

from hypothesis import settings

settings.register_profile("statistics", deadline=None)
settings.load_profile("statistics")
