"""What a file's rates are in: percent, fractions, per so many, or a mean. Names and units go before sizes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from equity.intake.columns.column_names import ESTIMATE, RATE_WORDS, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.units import per, says_mean, says_percent
from equity.intake.proposal.evidence import Evidence, Numbers, percent, plain, worked
from equity.intake.proposal.measures.measure_proposal import described
from equity.intake.spellings.catalogue import recognise
from equity.intake.spellings.numbers import parse_number
from equity.vocabulary import Answer, Decision, Kind, Measure, OpenQuestion, Setting

_UNIT_COLUMN = re.compile(
    r"^(?:unit|units|uom|unit of measure\w*|measure unit|data value unit|value unit|metric unit)$"
)
_SHARE = re.compile(r"\b(?:prevalence|proportion|share|coverage|fraction|uptake)\b")
_SHARE_NAME = re.compile(r"\b(?:prevalence|proportion|share|coverage|fraction|percent\w*)\b")
_MONEY = "$€£¥"
SMALL = 0.05
MOST_PLAUSIBLE = 0.2  # a larger share of everyone is no rate of rare events
PER_WHAT = (100.0, 1_000.0, 100_000.0, 10_000.0)


@dataclass(frozen=True)
class FoundUnits:
    """Each measure with its kind and multiplier, by what its estimates are divided, and what must be asked."""

    measures: dict[str, Measure]
    scales: dict[str, float]
    decisions: list[Decision] = field(default_factory=list)
    questions: list[OpenQuestion] = field(default_factory=list)


@dataclass(frozen=True)
class _Unit:
    kind: Kind
    multiplier: float
    scale: float
    why: str


def estimate_units(
    evidence: Evidence,
    estimate: ColumnProfile,
    measure: ColumnProfile | None,
    names: Sequence[str],
    titles: Sequence[str],
    groups: Sequence[str],
) -> FoundUnits:
    """The unit of each measure's estimates; ``groups`` name a row in a worked example."""
    units = FoundUnits({}, {})
    values = evidence.numbers(estimate.name)
    unit_column = next((c for c in evidence.columns.values() if _UNIT_COLUMN.search(heard(c.name))), None)
    unsure: dict[str, Numbers] = {}
    either: list[tuple[str, _Unit]] = []
    for name in names:
        mask = _rows_of(measure, name, len(values))
        own = values[mask]
        said = [estimate.name, name]
        if unit_column is not None:
            said.insert(0, next((unit_column.cells[r] for r in np.flatnonzero(mask) if unit_column.cells[r]), ""))
        unit = _unit(estimate, said, titles, own, name)
        if unit is None:
            unsure[name] = own
            units.measures[name] = described(name, "estimates")
            continue
        units.measures[name] = described(name, "estimates", unit.kind, unit.multiplier)
        if unit.kind == "proportion":
            units.scales[name] = unit.scale
        units.decisions.append(Decision("unit", name, unit.why, 0.9))
        if _could_be_either(evidence, estimate, unit, own):
            either.append((name, unit))
    mixed = _unsigned_fractions(estimate)
    if mixed:
        units.questions.append(_signed_and_not(estimate, mixed, list(units.measures)))
    if either and not mixed:
        units.questions.append(_fraction_or_percent(evidence, estimate, measure, either, groups))
    if unsure:
        _ask(units, evidence, estimate, unsure, groups, measure)
    return units


def _rows_of(measure: ColumnProfile | None, name: str, rows: int) -> np.ndarray:
    if measure is None:
        return np.ones(rows, dtype=np.bool_)
    return np.fromiter((cell == name for cell in measure.cells), np.bool_, rows)


def _unit(estimate: ColumnProfile, said: Sequence[str], titles: Sequence[str], own: Numbers, name: str) -> _Unit | None:
    """The unit that a name, a unit's column, the cells or the catalogue say; None when nothing does."""
    known = own[np.isfinite(own)]
    highest = float(known.max(initial=0))
    if estimate.type == "percent" or any("%" in text for text in estimate.counts):
        scale = 1.0 if _unsigned_fractions(estimate) else 100.0
        return _Unit("proportion", 1.0, scale, "its cells carry a percent sign")
    if any(text[:1] in _MONEY or text[-1:] in _MONEY for text in estimate.counts if text):
        return _Unit("mean", 1.0, 1.0, "its cells are amounts of money")
    for text in said:
        multiplier = per(text)
        if multiplier is not None and multiplier != 100:
            return _Unit("rate", multiplier, multiplier, f"“{text}” says per {multiplier:,.0f}")
        if says_percent(text) or multiplier == 100:
            return _Unit("proportion", 1.0, 100.0, f"“{text}” says percent")
    if any(says_mean(text) for text in said):
        return _Unit("mean", 1.0, 1.0, "its name is that of a mean")
    for text in titles:
        multiplier = per(text)
        if multiplier is not None and multiplier != 100:
            return _Unit("rate", multiplier, multiplier, "the lines above the header name the unit")
        if says_percent(text):
            return _Unit("proportion", 1.0, 100.0, "the lines above the header say percent")
    entry = recognise(name)
    if entry is not None and entry.kind == "mean":
        return _Unit("mean", 1.0, 1.0, "the measure is a mean")
    if entry is not None and entry.kind == "rate" and 0 < highest <= MOST_PLAUSIBLE * entry.multiplier:
        return _Unit("rate", entry.multiplier, entry.multiplier, f"such rates are given per {entry.multiplier:,.0f}")
    share = _SHARE.search(heard(estimate.name)) or _SHARE_NAME.search(heard(name))
    if share or (entry is not None and entry.kind == "proportion"):
        if 1.5 < highest <= 100:
            return _Unit("proportion", 1.0, 100.0, "shares above 1 are percents")
        if 0 < highest <= 1:
            return _Unit("proportion", 1.0, 1.0, "shares up to 1 are fractions")
    return None


def _unsigned_fractions(estimate: ColumnProfile) -> str:
    """A cell up to 1 without a percent sign, where others have one and none without is above 1; else empty."""
    signed = [t for t in estimate.counts if "%" in t]
    bare = {t: n for t in estimate.counts if "%" not in t and (n := parse_number(t, (), estimate.decimal).value)}
    return next(iter(bare)) if signed and bare and max(bare.values()) <= 1 else ""


def _signed_and_not(estimate: ColumnProfile, bare: str, names: Sequence[str]) -> OpenQuestion:
    """What a number without a percent sign says in a column of percents."""
    signed = next(t for t in estimate.counts if "%" in t)
    value = float(parse_number(bare, (), estimate.decimal).value or 0)
    return OpenQuestion(
        f"scale:{estimate.name}",
        (estimate.name,),
        f"“{bare}” stands beside “{signed}” in “{estimate.name}”: is it a fraction or a percent?",
        (
            Answer(f"“{bare}” is {percent(value)}", tuple(s for n in names for s in _scale_settings(n, 1.0))),
            Answer(f"“{bare}” is {percent(value / 100)}", tuple(s for n in names for s in _scale_settings(n, 100.0))),
        ),
        0.7,
        "a spreadsheet shows some of its cells as percents and others as they are",
    )


def _could_be_either(evidence: Evidence, estimate: ColumnProfile, unit: _Unit, own: Numbers) -> bool:
    """Whether shares that are all below 1 could be fractions or percents: with one decimal they are no fractions."""
    known = own[np.isfinite(own)]
    if unit.kind != "proportion" or estimate.type == "percent" or not len(known) or known.max() > 1:
        return False
    decimals = evidence.decimals(estimate.name)
    return decimals >= 2 if unit.scale == 100 else decimals < 2 or bool(known.max() <= SMALL)


def _fraction_or_percent(
    evidence: Evidence,
    estimate: ColumnProfile,
    measure: ColumnProfile | None,
    either: Sequence[tuple[str, _Unit]],
    groups: Sequence[str],
) -> OpenQuestion:
    """One question for all measures whose shares could be either."""
    first, unit = either[0]
    shown = evidence.numbers(estimate.name)
    row = int(np.argmax(_rows_of(measure, first, len(shown)) & np.isfinite(shown)))
    value = float(shown[row])
    where = worked(evidence, groups, row)
    fractions = tuple(s for name, _ in either for s in _scale_settings(name, 1.0))
    percents = tuple(s for name, _ in either for s in _scale_settings(name, 100.0))
    fraction = Answer(f"{where} {plain(value)} is {percent(value)}", fractions)
    hundredth = Answer(f"{where} {plain(value)} is {percent(value / 100)}", percents)
    likely = (hundredth, fraction) if unit.scale == 100 else (fraction, hundredth)
    return OpenQuestion(
        f"scale:{estimate.name}",
        (estimate.name,),
        f"All of “{estimate.name}” is below 1: are these fractions or percents?",
        likely,
        0.6,
        unit.why,
    )


def _scale_settings(name: str, scale: float) -> tuple[Setting, ...]:
    return (Setting(("measures", name, "kind"), "proportion"), Setting(("measures", name, "scale"), scale))


def _ask(
    units: FoundUnits,
    evidence: Evidence,
    estimate: ColumnProfile,
    unsure: dict[str, Numbers],
    groups: Sequence[str],
    measure: ColumnProfile | None,
) -> None:
    """One question for all measures whose unit nothing tells."""
    first = next(iter(unsure))
    mask = _rows_of(measure, first, len(estimate.cells)) & np.isfinite(evidence.numbers(estimate.name))
    row = int(np.argmax(mask))
    value = float(evidence.numbers(estimate.name)[row])
    highest = max((float(v[np.isfinite(v)].max(initial=0)) for v in unsure.values()), default=0.0)
    where = worked(evidence, groups, row)
    offered: list[tuple[float, Answer]] = []
    for multiplier in PER_WHAT:
        if multiplier == 100 and highest > 100:
            continue
        settings = [
            setting
            for name in unsure
            for setting in (
                _scale_settings(name, 100.0)
                if multiplier == 100
                else (
                    Setting(("measures", name, "kind"), "rate"),
                    Setting(("measures", name, "multiplier"), multiplier),
                )
            )
        ]
        what = "percent" if multiplier == 100 else f"per {multiplier:,.0f}"
        offered.append((multiplier, Answer(f"{where} {plain(value)} {what}", tuple(settings))))
    means = tuple(Setting(("measures", name, "kind"), "mean") for name in unsure)
    every = np.concatenate([v[np.isfinite(v)] for v in unsure.values()])
    counts = len(every) > 0 and bool((every == np.round(every)).all()) and highest > 1
    amount = "a count, a mean" if counts else "a mean"
    mean = Answer(f"{where} {plain(value)}, {amount} or another amount as it stands", means)
    likely = [a for m, a in offered if m != 100] if "rate" in heard(estimate.name) else [a for _, a in offered]
    answers = (*likely[:2], mean) if len(likely) > 1 else (*likely, mean)
    rest = [a for _, a in offered if a not in answers]
    answers = (*answers[:-1], *rest[:1], mean) if rest else answers
    if counts and not RATE_WORDS.search(heard(estimate.name)) and not ESTIMATE.search(heard(first)):
        answers = (mean, *answers[:-1])  # whole numbers that nothing calls a rate
    units.questions.append(
        OpenQuestion(
            f"unit:{estimate.name}",
            (estimate.name,),
            f"“{estimate.name}” does not say what it is in: per what?",
            answers[:4],
            0.4,
            "its sizes fit",
        )
    )
    for name in unsure:
        _take_likeliest(units, name, answers[0])


def _take_likeliest(units: FoundUnits, name: str, answer: Answer) -> None:
    said = {s.path[-1]: s.value for s in answer.settings if s.path[1] == name}
    kind, scale, multiplier = said.get("kind"), said.get("scale"), said.get("multiplier")
    if kind in ("rate", "proportion", "mean"):
        of = float(multiplier) if isinstance(multiplier, float) else 1.0
        units.measures[name] = described(name, "estimates", kind, of)  # type: ignore[arg-type]
    if isinstance(scale, float):
        units.scales[name] = scale
