"""Pages where there is nothing to say, from files through the command line: the small version of the long count."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.null_crossed import _READERS, KINDS
from benchmarks.null_files import Begun, Counted, pages_of

MOST = {
    "a headline gap, from the best group of another year": 0.05,
    "a headline gap, from the best group of the same years": 0.05,
    "a headline gap, from a named group": 0.05,
    "a word of change": 0.10,
    "a word of change, months alike": 0.10,
    "a gap in the scan": 0.10,
    "a signal by the rules of a chart": 0.06,
}


def test_null_files_seldom_make_a_claim(tmp_path: Path) -> None:
    """Each kind of page as often as its rule allows, and two standard errors of so few pages."""
    counted = pages_of("months", 8, 7, tmp_path)
    assert set(MOST) < set(counted.pages)
    for kind, most in MOST.items():
        pages = counted.pages[kind]
        assert counted.claims[kind] <= most * pages + 2 * np.sqrt(most * (1 - most) * pages), kind


def test_deeper_pages_seldom_make_a_claim_either(tmp_path: Path) -> None:
    """One file of each kind with places, ages and years; every claim is looked for, and next to none is made."""
    counted = pages_of("crossed", len(KINDS), 7, tmp_path)
    assert len(counted.pages) == 16
    assert sum(counted.claims.values()) <= 0.1 * sum(counted.pages.values())


def test_a_gap_that_is_there_is_counted(tmp_path: Path) -> None:
    """The counting itself: it sees what a page claims."""
    counted = Counted()
    found = {"rows": [{"group": "A", "gap": 0.1, "p_together": 0.001}], "comes_to": ["They account for about half."]}
    _READERS["ages"](counted, lambda *_: found, (), "Screened")
    assert counted.shares == {"a gap at equal ages, gaps of ages alone": 1.0}


def test_a_count_that_was_ended_goes_on_as_if_it_had_not(tmp_path: Path) -> None:
    """Each file has a seed of its own, and none is counted twice."""
    seen: list[int] = []
    half = Counted({"a word of change": 1}, {"a word of change": 1})
    counted = pages_of("months", 1, 7, tmp_path, lambda number, _: seen.append(number), Begun(1, half))
    assert (seen, counted) == ([], half)
    whole = pages_of("months", 2, 7, tmp_path, lambda number, _: seen.append(number), Begun(1))
    assert seen == [2]
    assert set(whole.pages) == {"a word of change, months alike"}
