"""Who is missing from an answer, and what that could mean for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import SPREAD_MINIMUM, Completeness, ResolvedReference
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import Block, block_in_period, block_over_time
from equity.lens.comparisons.comparators import comparator_of
from equity.lens.comparisons.reference import resolve
from equity.lens.comparisons.samples import Sample
from equity.lens.disparities import site_of
from equity.lens.intersections import crossed_sample
from equity.lens.over_time.trends import periods_of
from equity.stats.estimate import FloatArray, ratio_of
from equity.stats.missing_groups import completeness_status, gap_bounds, tipping_point
from equity.stats.significance import difference_test
from equity.stats.unknown_groups import Known
from equity.vocabulary import Description, Grain, Measure, PeriodRange, PlainError, Stratifier

COUNTED = ("unknown", "declined", "not_asked")
LONGEST_BY_QUARTER = 8
NO_BOUNDS = pd.DataFrame(
    columns=["group", "gap", "gap_smallest", "gap_largest", "tipping_people", "tipping_share", "possible"]
)


def completeness(cube: Cube, choices: Choices) -> Completeness:
    """How much is known by site, period and outcome, and the bounds that the unknown put on every gap.

    With a filter on, sites are told apart only where the filter names some of them: anything else would take three
    groupings at once, and the cube holds two. The remark ``places_left_out`` says so.

    Raises:
        PlainError: the dataset holds estimates, which do not say how many people are unknown.
    """
    _refuse_estimates(cube)
    description = cube.description
    measure, stratifier = description.measure(choices.measure), description.stratifier(choices.by)
    place = site_of(description.stratifiers, stratifier.name)
    more = [*_by_place(cube, choices, measure, stratifier, place), *_by_period(cube, choices, measure, stratifier)]
    short, block = _missing(cube, choices, more, place.label if place else "")
    bounds = _bounds(block, measure, short.reference)
    counts, ends = _counts(block, measure, short.reference, bounds)
    bounded = replace(short, bounds=bounds, counts=counts, ends=ends)
    left_out = place is not None and description.tables == "crossed" and _places_left_out(choices, place)
    return replace(bounded, remarks=(*bounded.remarks, "places_left_out")) if left_out else bounded


def missing_from_a_conclusion(cube: Cube, choices: Choices) -> Completeness:
    """The same without sites, periods and bounds: what the page of a conclusion must say of who is missing from it.

    Raises:
        PlainError: the dataset holds estimates, which do not say how many people are unknown.
    """
    return _missing(cube, choices, (), "")[0]


def _refuse_estimates(cube: Cube) -> None:
    if cube.description.values == "estimates":
        raise PlainError(f"“{cube.description.dataset}” holds rates without counts: it cannot say who is missing.")


def _missing(cube: Cube, choices: Choices, more: Sequence[_Counted], place: str) -> tuple[Completeness, Block]:
    """The answer still without bounds, and the sums that it stands on."""
    _refuse_estimates(cube)
    measure = cube.description.measure(choices.measure)
    stratifier = cube.description.stratifier(choices.by)
    block = block_in_period(cube, [measure], stratifier, choices.period, choices.where)
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where, choices.period)
    counted = [_Counted("all", ("",), block.sample.n[0])]
    if measure.kind == "proportion":
        yes, every = block.sample.x[0], block.sample.n[0]
        counted.append(_Counted("outcome", ("yes", "no"), np.vstack([yes, every - yes])))
    known, unknown = (_together(block, mask) for mask in (block.is_group, ~block.is_group))
    (n1, x1, xx1), (n2, x2, xx2) = (side.effective(measure.kind) for side in (known, unknown))
    p = difference_test(measure.kind, n1, x1, n2, x2, xx1, xx2)
    without_bounds = Completeness(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=reference,
        rows=_rows(stratifier, [*counted, *more]),
        bounds=NO_BOUNDS,
        unknown_n=float(unknown.n),
        known_rate=float(ratio_of(known.x, known.n)),
        unknown_rate=float(ratio_of(unknown.x, unknown.n)),
        unknown_p=float(p),
        place=place,
        sql=block.sql,
        people=float(block.population.people.sum()),
    )
    return without_bounds, block


def _together(block: Block, categories: npt.NDArray[np.bool_]) -> Sample:
    """The sums over some categories of a one-measure, one-stretch block, those over people too."""
    return block.sample.map(lambda sums: np.asarray(sums[0, 0, categories].sum()))


@dataclass(frozen=True)
class _Counted:
    """Denominators (values, groups) of one scope."""

    scope: str
    values: Sequence[str]
    n: FloatArray


def _rows(stratifier: Stratifier, counted: Sequence[_Counted]) -> pd.DataFrame:
    """The rows of all scopes."""
    kinds = np.array([c.kind for c in stratifier.categories])
    n = np.concatenate([each.n for each in counted])
    size, known = n.sum(axis=-1), n[:, np.isin(kinds, ["group", "other"])].sum(axis=-1)
    share = ratio_of(known, size)
    return pd.DataFrame(
        {
            "scope": [each.scope for each in counted for _ in each.values],
            "value": [value for each in counted for value in each.values],
            "n": size,
            "known": known,
            **{kind: n[:, kinds == kind].sum(axis=-1) for kind in COUNTED},
            "share": share,
            "status": completeness_status(share),
        }
    )


def _by_place(
    cube: Cube, choices: Choices, measure: Measure, stratifier: Stratifier, place: Stratifier | None
) -> list[_Counted]:
    if place is None or cube.description.tables != "crossed" or _places_left_out(choices, place):
        return []
    sample, _, _ = crossed_sample(cube, choices, measure, (place, stratifier))
    named = {value for _, value in choices.where}
    kept = [not named or c.value in named for c in place.categories]
    values = [c.value for c, is_kept in zip(place.categories, kept, strict=True) if is_kept]
    return [_Counted("place", values, sample.n[kept])]


def _places_left_out(choices: Choices, place: Stratifier) -> bool:
    """Whether a filter on something else than the place stands in the way of telling places apart."""
    return any(name != place.name for name, _ in choices.where)


def _by_period(cube: Cube, choices: Choices, measure: Measure, stratifier: Stratifier) -> list[_Counted]:
    description = cube.description
    if description.grain == "all" or not description.periods:
        return []
    grain = _grain_over_time(description, choices.period)
    periods = periods_of(description, grain, choices.period)
    block = block_over_time(cube, measure, stratifier, grain, periods, choices.where)
    return [_Counted("period", periods, block.sample.n[0])]


def _grain_over_time(description: Description, asked: PeriodRange) -> Grain:
    """By quarter where few enough fit, else by year; by month where a few months are asked for that are no quarters."""
    if description.grain == "year":
        return "year"
    if asked.grain == "month" and any(grain == "month" for grain, _ in asked.tiles()):
        months = periods_of(description, "month", asked)
        if len(months) <= LONGEST_BY_QUARTER:
            return "month"
    return "quarter" if len(periods_of(description, "quarter", asked)) <= LONGEST_BY_QUARTER else "year"


def _counts(
    block: Block, measure: Measure, reference: ResolvedReference, bounds: pd.DataFrame
) -> tuple[dict[str, Known], tuple[float, float]]:
    """What each bounded gap is worked out from under assumptions, and the lowest and highest rate of groups of people.

    Nothing where no group is bounded, or where some of the unknown are themselves not shown.
    """
    unknown = ~block.is_group
    hidden = (block.sample.shown[0, 0] == "hidden") | (block.sample.hidden_at_source[0, 0] > 0)
    n, x = block.sample.n[0, 0], block.sample.x[0, 0]
    if bounds.empty or hidden[unknown].any() or not n[unknown].sum() > 0:
        return {}, (float("nan"), float("nan"))
    effective, _, _ = block.sample.effective(measure.kind)
    inflation = np.nan_to_num(ratio_of(n, effective[0, 0]), nan=1.0)
    groups = list(block.groups)
    at_reference = groups.index(reference.group)
    recorded = float(n[block.is_group].sum())
    known = {
        str(group): Known(
            x=float(x[place]),
            n=float(n[place]),
            reference_x=float(x[at_reference]),
            reference_n=float(n[at_reference]),
            others_n=recorded - float(n[place]),
            unknown_x=float(x[unknown].sum()),
            unknown_n=float(n[unknown].sum()),
            harm_sign=float(measure.harm_sign),
            inflation=float(inflation[place]),
            reference_inflation=float(inflation[at_reference]),
        )
        for group in bounds["group"]
        if not hidden[place := groups.index(group)] and not hidden[at_reference]
    }
    rates = ratio_of(x, n)[block.is_group & (n >= SPREAD_MINIMUM) & ~hidden]
    return known, (float(rates.min()), float(rates.max())) if len(rates) else (0.0, 1.0)


def _bounds(block: Block, measure: Measure, reference: ResolvedReference) -> pd.DataFrame:
    """Worst and best case of each gap, whoever the unknown turn out to be; two groups of a proportion have them."""
    comparator = comparator_of(block, measure, reference)
    if measure.kind != "proportion" or measure.polarity == "neutral" or comparator.kind != "group":
        return NO_BOUNDS
    if comparator.sample is None or not comparator.is_reference.any():
        return NO_BOUNDS
    unknown = ~block.is_group
    n, x = block.sample.n[0, 0], block.sample.x[0, 0]
    reference_n, reference_x = comparator.sample.n[0, 0], comparator.sample.x[0, 0]
    arguments = (x, n, reference_x, reference_n, x[unknown].sum(), n[unknown].sum(), measure.polarity)
    bounds, tipping = gap_bounds(*arguments), tipping_point(*arguments)
    kept = block.is_group & ~comparator.is_reference[0, 0] & (n > 0)
    columns = {
        "group": np.array(block.groups, dtype=str),
        "gap": bounds.observed,
        "gap_smallest": bounds.smallest,
        "gap_largest": bounds.largest,
        "tipping_people": tipping.people,
        "tipping_share": tipping.share_with_better_outcome,
        "possible": tipping.possible.astype(int),
    }
    return pd.DataFrame({name: values[kept] for name, values in columns.items()})
