"""Many control charts at once: taken apart, laid side by side, and the signals of each."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from equity.stats.over_time.chart_limits import ControlChart
from equity.stats.over_time.run_rules import RunSignals, run_signals


def signals_of_many(charts: ControlChart) -> tuple[RunSignals, ...]:
    """The Anhøj rules for each phase of many series, first to last; excluded points are stepped over."""
    values = np.where(charts.excluded, np.nan, charts.value)
    phases = (charts.phase == number for number in range(int(charts.phase[-1]) + 1))
    return tuple(run_signals(values[..., inside], charts.centre[..., inside]) for inside in phases)


def one_series(charts: ControlChart, index: int | tuple[int, ...]) -> ControlChart:
    """The chart of one series out of many: `index` on the leading axes."""
    return ControlChart(
        kind=charts.kind,
        value=charts.value[index],
        centre=charts.centre[index],
        lower=charts.lower[index],
        upper=charts.upper[index],
        sigma=charts.sigma[index],
        outside=charts.outside[index],
        used=charts.used[index],
        excluded=charts.excluded[index],
        phase=charts.phase,
        points_used=charts.points_used[index],
        trial=charts.trial[index],
        sigma_z=charts.sigma_z[index],
    )


def side_by_side(parts: Sequence[ControlChart]) -> ControlChart:
    """Charts of many series (series, T) of the same phases as one, of the first's kind, the series in their order."""
    if len(parts) == 1:
        return parts[0]
    of_series = (name for name in ControlChart.__dataclass_fields__ if name not in ("kind", "phase"))
    joined: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in of_series}
    return replace(parts[0], **joined)
