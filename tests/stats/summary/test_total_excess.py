"""Total excess events: the sum of the groups' own, with an interval that covers."""

import numpy as np
import pytest

from equity.stats.groups import Groups
from equity.stats.summary.bootstrap import total_excess
from tests.stats.made_up_groups import drawn_groups, true_groups

PATTERNS: dict[str, tuple[str, list[float], list[float]]] = {
    "a gradient": ("proportion", [0.30, 0.33, 0.36, 0.40, 0.45], [300] * 5),
    "one group far off": ("proportion", [0.30, 0.30, 0.30, 0.30, 0.38], [400] * 5),
    "rates": ("rate", [0.002, 0.003, 0.005, 0.004], [5000, 10_000, 20_000, 8000]),
    "means": ("mean", [30, 32, 35, 31], [100, 200, 50, 400]),
}


def test_total_excess_is_the_sum_of_the_groups_own() -> None:
    n, x = np.array([200, 300, 500]), np.array([100, 120, 300])
    groups = Groups.from_counts("proportion", n, x, "higher_better", reference=0)
    assert total_excess(groups, "group", draws=200).value == pytest.approx(0.1 * 300)
    assert total_excess(groups, "best", draws=200).value == pytest.approx(0.1 * 200 + 0.2 * 300)
    assert total_excess(groups, "average", draws=200).value == pytest.approx((0.52 - 0.5) * 200 + (0.52 - 0.4) * 300)
    others = (420 / 800 - 0.5) * 200 + (400 / 700 - 0.4) * 300
    assert total_excess(groups, "others", draws=200).value == pytest.approx(others)
    assert total_excess(groups, "target", 0.55, draws=200).value == pytest.approx(0.05 * 200 + 0.15 * 300)


def test_people_who_are_no_group_belong_to_the_average_and_have_no_excess_of_their_own() -> None:
    n, x = np.array([200, 300, 500, 400]), np.array([100, 120, 300, 380])
    groups = Groups.from_counts("proportion", n, x, "higher_better", reference=0)
    counted = [True, True, True, False]
    average = 900 / 1400
    found = total_excess(groups, "average", counted=counted, draws=200)
    assert found.value == pytest.approx(sum(m * max(0, average - k / m) for m, k in zip(n[:3], x[:3], strict=True)))
    rest = (800 / 1200 - 0.5) * 200 + (780 / 1100 - 0.4) * 300 + (600 / 900 - 0.6) * 500
    assert total_excess(groups, "others", counted=counted, draws=200).value == pytest.approx(rest)
    alone = Groups.from_counts("proportion", n[:3], x[:3], "higher_better", reference=0)
    for point in ("group", "best", "target"):
        with_unknown = total_excess(groups, point, 0.55, counted=counted, draws=200)
        without = total_excess(alone, point, 0.55, draws=200)
        assert with_unknown.value == pytest.approx(without.value)
        assert with_unknown.corrected_leads == without.corrected_leads
    nobody = Groups.from_counts("proportion", [0, 0, 0, 400], [0, 0, 0, 380], "higher_better")
    assert np.isnan(total_excess(nobody, "average", counted=counted, draws=50).value)


def test_total_excess_is_not_computed_without_a_side_or_a_reference() -> None:
    counts = {"n": [200, 300, 500], "x": [100, 120, 300]}
    for groups, point in (
        (Groups.from_counts("proportion", **counts, polarity="neutral"), "best"),
        (Groups.from_counts("proportion", **counts, polarity="higher_better"), "group"),
        (Groups.from_counts("proportion", **counts, polarity="higher_better"), "target"),
        (Groups.from_counts("proportion", [0, 300, 500], [0, 120, 300], "higher_better", reference=0), "group"),
    ):
        found = total_excess(groups, point, draws=100)
        assert np.isnan([found.value, found.corrected, found.lower, found.upper]).all()
        assert not found.corrected_leads


@pytest.mark.parametrize("point", ["group", "best", "average", "others", "target"])
@pytest.mark.parametrize("pattern", ["a gradient", "one group far off", "rates", "means"])
def test_total_excess_covers(point: str, pattern: str) -> None:
    kind, rates, n = PATTERNS[pattern]
    target = rates[1]
    truth = total_excess(true_groups(kind, rates, n, "lower_better", reference=0), point, target, draws=50).value
    found = total_excess(drawn_groups(kind, rates, n, "lower_better", 400, 3, reference=0), point, target, draws=400)
    covers = (found.lower <= truth + 1e-6) & (truth <= found.upper + 1e-6)
    assert covers.mean() >= 0.92
