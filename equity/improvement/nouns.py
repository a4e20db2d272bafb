"""The records of the work: aims, and what hangs on them.

A project and a driver diagram hang on an aim, a cycle and a score on a project.
"""

from __future__ import annotations

from equity.improvement.aims import Aim, in_time
from equity.improvement.cycles import Cycle, checked
from equity.improvement.dates import days
from equity.improvement.drivers import DriverDiagram
from equity.improvement.path import Journey
from equity.improvement.progress_scale import ProgressScore
from equity.improvement.projects import Project
from equity.store.records.nouns import NOUNS, Noun

AIM: Noun[Aim] = NOUNS.add(Noun("aim", Aim, "this aim", in_time))
PROJECT: Noun[Project] = NOUNS.add(
    Noun("project", Project, "this project", lambda held: days(held.begins, held.ends, held.next_date))
)
CYCLE: Noun[Cycle] = NOUNS.add(Noun("cycle", Cycle, "this test", checked))
DRIVERS: Noun[DriverDiagram] = NOUNS.add(Noun("drivers", DriverDiagram, "this driver diagram"))
JOURNEY: Noun[Journey] = NOUNS.add(
    Noun("journey", Journey, "the first day of your path", lambda held: days(held.began, held.as_of))
)
SCORE: Noun[ProgressScore] = NOUNS.add(Noun("progress_score", ProgressScore, "this score"))
