"""The words that every room speaks: typed, validated, documented. Nothing of ours is imported below this floor.

errors.py      the one exception a person can cause
period.py      months, quarters, years; a range of them
measure.py     what is measured: kind, polarity, multiplier, target
stratifier.py  how people are grouped, and what each category is
reference.py   what a group is compared with
layout.py      how a file's lines become a tidy table
mapping.py     what each column of an extract means (the TOML that analysts keep)
description.py what a loaded dataset version holds
lenses.py      the part of the work that a person sees it from
doubt.py       what a reading decided, how surely, and what it must ask
long_work.py   how long work tells where it is, and how a person stops it
"""

from equity.vocabulary.description import Description, Problem, SourceFile
from equity.vocabulary.doubt import Answer, Decision, Doubt, OpenQuestion, QuestionsOpen, Setting
from equity.vocabulary.errors import PlainError
from equity.vocabulary.long_work import Cancelled, LongWork, Progress
from equity.vocabulary.mapping import ColumnSource, LongColumns, Mapping, StratifierMapping
from equity.vocabulary.measure import Kind, Measure, Polarity, refuse_impossible_target
from equity.vocabulary.period import GRAINS, Grain, PeriodRange, period_label, period_start, periods_between
from equity.vocabulary.reference import Reference, ReferenceKind
from equity.vocabulary.stratifier import Category, CategoryKind, Stratifier

__all__ = [
    "GRAINS",
    "Answer",
    "Cancelled",
    "Category",
    "CategoryKind",
    "ColumnSource",
    "Decision",
    "Description",
    "Doubt",
    "Grain",
    "Kind",
    "LongColumns",
    "LongWork",
    "Mapping",
    "Measure",
    "OpenQuestion",
    "PeriodRange",
    "PlainError",
    "Polarity",
    "Problem",
    "Progress",
    "QuestionsOpen",
    "Reference",
    "ReferenceKind",
    "Setting",
    "SourceFile",
    "Stratifier",
    "StratifierMapping",
    "period_label",
    "period_start",
    "periods_between",
    "refuse_impossible_target",
]
