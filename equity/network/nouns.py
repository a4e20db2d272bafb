"""The records of a network: the cohort, and the applications to it."""

from __future__ import annotations

from equity.network.applications import Application
from equity.network.cohorts import Cohort
from equity.store.records.nouns import NOUNS, Noun

COHORT: Noun[Cohort] = NOUNS.add(Noun("cohort", Cohort, "this cohort"))
APPLICATION: Noun[Application] = NOUNS.add(Noun("application", Application, "this application"))
