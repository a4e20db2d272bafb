"""Standard populations against the tables that they were published in."""

import math

import numpy as np
import pytest

from equity.stats.standardization.standard_populations import (
    EUROPE_2013,
    STANDARDS,
    US_2000,
    WHO_2000,
    band_weights,
    overlap,
    share_covered,
)

NVSR_47_3 = {
    (0, 1): 13_818, (1, 5): 55_317, (5, 15): 145_565, (15, 25): 138_646, (25, 35): 135_573, (35, 45): 162_613,
    (45, 55): 134_834, (55, 65): 87_247, (65, 75): 66_037, (75, 85): 44_842, (85, math.inf): 15_508,
}  # fmt: skip
"""Anderson & Rosenberg 1998, table I: the standard million by ten-year bands."""
ADULTS = {(18, 25): 0.128810, (25, 45): 0.401725, (45, 65): 0.299194, (65, math.inf): 0.170271}
"""Klein & Schoenborn 2001, distribution 8: adults."""
SEER_WHO = {0: 88_569, 5: 86_870, 10: 85_970, 15: 84_670}
"""SEER's million of the WHO standard: the published per cent, which add up to 100.035, scaled."""


def test_the_us_standard_is_a_million_and_agrees_with_its_first_publication() -> None:
    assert US_2000.total == 1_000_000
    found = band_weights(US_2000, list(NVSR_47_3))
    # Two bands were rounded by one, so that the published eleven add up to a million.
    np.testing.assert_allclose(found, list(NVSR_47_3.values()), atol=1.0)
    assert sum(NVSR_47_3.values()) == 1_000_000


def test_adults_agree_with_the_adults_that_were_published() -> None:
    found = band_weights(US_2000, list(ADULTS))
    np.testing.assert_allclose(found / found.sum(), list(ADULTS.values()), atol=1e-6)
    assert share_covered(US_2000, found) == pytest.approx(203_851 / 274_634, abs=1e-5)


def test_the_european_and_the_world_standard() -> None:
    assert EUROPE_2013.total == 100_000
    assert band_weights(EUROPE_2013, [(90, math.inf), (0, 5), (15, 65)]).tolist() == [1_000, 5_000, 64_500]
    assert WHO_2000.total == 100_035
    million = np.array(WHO_2000.sizes) / WHO_2000.total * 1e6
    at = [WHO_2000.starts.index(age) for age in SEER_WHO]
    np.testing.assert_allclose(million[at], list(SEER_WHO.values()), atol=1.0)


def test_each_standard_has_a_size_a_band_youngest_first() -> None:
    for standard in STANDARDS.values():
        assert len(standard.starts) == len(standard.sizes)
        assert list(standard.starts) == sorted(set(standard.starts))
        assert band_weights(standard, [(0, math.inf)])[0] == pytest.approx(standard.total)


def test_a_band_takes_its_part_by_years_and_none_of_an_open_one() -> None:
    assert band_weights(EUROPE_2013, [(18, 20)])[0] == pytest.approx(5_500 * 2 / 5)
    assert np.isnan(band_weights(US_2000, [(85, 90)])[0])
    assert np.isnan(band_weights(US_2000, [(90, math.inf)])[0])
    assert overlap([(18, 35), (30, 40)])
    assert not overlap([(35, 40), (18, 35)])
