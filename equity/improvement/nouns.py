"""The record of an aim."""

from __future__ import annotations

from equity.improvement.aims import Aim
from equity.store.records.nouns import NOUNS, Noun

AIM: Noun[Aim] = NOUNS.add(Noun("aim", Aim, "this aim"))
