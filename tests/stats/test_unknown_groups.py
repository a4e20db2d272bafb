"""A gap under assumptions: by counting people one by one, inside the bounds, and at its tipping point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.stats.differences import proportion_difference
from equity.stats.missing_groups import gap_bounds
from equity.stats.unknown_groups import Known, gap_if_unknown

KNOWN = Known(x=145, n=350, reference_x=169, reference_n=260, others_n=650, unknown_x=60, unknown_n=140, harm_sign=-1.0)


def test_it_is_the_gap_of_counts_filled_up_by_hand() -> None:
    found = gap_if_unknown(KNOWN, 0.5, 0.3)
    mine, met = 70, 21
    rest, rest_met = 70 * 260 / 650, (60 - 21) / 70
    by_hand = proportion_difference(145 + met, 350 + mine, 169 + rest * rest_met, 260 + rest).scaled(-1.0)
    np.testing.assert_allclose(
        [found.gap.value, found.gap.lower, found.gap.upper], [by_hand.value, by_hand.lower, by_hand.upper]
    )
    assert found.rate == 0.3
    assert found.possible == 1


def test_nobody_of_the_unknown_leaves_their_reference_alone_to_change() -> None:
    found = gap_if_unknown(KNOWN, 0.0, 0.9)
    rest = 140 * 0.4
    expected = (169 + rest * 60 / 140) / (260 + rest) - 145 / 350
    assert found.gap.value == pytest.approx(expected)
    assert np.isnan(found.tipping_rate)


@given(
    share=st.floats(0.01, 1.0),
    rate=st.floats(0.0, 1.0),
    x=st.integers(5, 95),
    unknown_x=st.integers(0, 60),
    sign=st.sampled_from([-1.0, 1.0]),
)
def test_it_stays_within_the_bounds_and_vanishes_at_its_tipping_rate(
    share: float, rate: float, x: int, unknown_x: int, sign: float
) -> None:
    known = Known(x, 100, 120, 200, 500, unknown_x, 60, sign)
    found = gap_if_unknown(known, share, rate)
    polarity = "lower_better" if sign > 0 else "higher_better"
    bounds = gap_bounds(x, 100, 120, 200, unknown_x, 60, polarity)  # type: ignore[arg-type]
    assert bounds.smallest - 1e-9 <= found.gap.value <= bounds.largest + 1e-9
    assert found.gap.lower <= found.gap.value <= found.gap.upper
    mine = share * 60
    assert -1e-9 <= unknown_x - mine * float(found.rate) <= 60 - mine + 1e-9
    if found.can_vanish:
        assert gap_if_unknown(known, share, found.tipping_rate).gap.value == pytest.approx(0.0, abs=1e-9)


def test_repeat_visits_widen_and_never_move() -> None:
    plain = gap_if_unknown(KNOWN, 0.5, 0.3).gap
    doubled = Known(145, 350, 169, 260, 650, 60, 140, -1.0, inflation=2.0, reference_inflation=2.0)
    wide = gap_if_unknown(doubled, 0.5, 0.3).gap
    assert wide.value == pytest.approx(float(plain.value))
    assert wide.width > plain.width
