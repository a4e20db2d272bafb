"""How a made-up extract of counts is read: one heading for every room's tests, its columns named as they are."""

from __future__ import annotations

from typing import Final

COUNTS: Final = """
[extract]
shape = "counts"
[columns]
measure = "measure"
period = "period"
x = "x"
n = "n"
"""
"""The beginning of a mapping: its stratifiers and measures follow."""
RACE: Final = """
[stratifiers.race]
column = "race"
label = "Race and ethnicity"
"""
SITE: Final = """
[stratifiers.site]
column = "site"
label = "Site"
"""
