"""Frames by period label: laid over any grain, edited by two people, kept with their reasons."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.store.records.chart_frames import (
    FrameKey,
    chart_frame,
    frame_history,
    frames_of_dataset,
    save_frame,
)
from equity.store.records.frame_values import (
    EMPTY_FRAME,
    Answer,
    Baseline,
    ExcludedPoint,
    FourAnswers,
    KeptFrame,
    Phase,
)
from equity.store.workspace.conflict import Conflict
from equity.store.workspace.database import Database
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PeriodRange, PlainError, period_label, period_start, periods_between
from tests.workspace_stores import HOSTILE_TEXTS, somebody

MONTHS = periods_between("2023-01", "2024-12")
QUARTERS = periods_between("2023-Q1", "2024-Q4")
YEARS = ("2023", "2024")
KEY = FrameKey("Our visits", "Controlled blood pressure", "race")
YES = FourAnswers(Answer("yes"), Answer("yes", "The new service began."), Answer("yes"), Answer("not sure"))
WHOLE = KeptFrame(
    baseline=Baseline(PeriodRange.parse("2023-01..2023-12"), "The year before the project"),
    phases=(Phase("2024-03", "New interpreter service", YES),),
    excluded=(ExcludedPoint("2023-07", "The clinic was flooded"),),
    target=0.7,
)


def test_a_frame_set_on_months_stands_on_quarters_and_years_too() -> None:
    months, quarters, years = WHOLE.on(MONTHS), WHOLE.on(QUARTERS), WHOLE.on(YEARS)
    assert [m for m, yes in zip(MONTHS, months.baseline, strict=True) if yes] == list(MONTHS[:12])
    assert quarters.baseline == (True,) * 4 + (False,) * 4
    assert years.baseline == (True, False)
    assert months.phase_starts == (MONTHS.index("2024-03"),)
    assert quarters.phase_starts == (QUARTERS.index("2024-Q2"),)  # most of Q1 came before
    assert years.phase_starts == (1,)
    assert [m for m, yes in zip(MONTHS, months.excluded, strict=True) if yes] == ["2023-07"]
    assert not any(quarters.excluded)
    assert (quarters.partly_excluded, years.partly_excluded) == (("2023-Q3",), ("2023",))


def test_a_frame_set_on_quarters_stands_on_months() -> None:
    frame = KeptFrame(
        Baseline(PeriodRange.parse("2023-Q1..2023-Q2")),
        (Phase("2023-Q3", "Why", YES),),
        (ExcludedPoint("2024-Q1", "Why"),),
    )
    on = frame.on(MONTHS)
    assert sum(on.baseline) == 6
    assert on.phase_starts == (6,)
    assert [m for m, yes in zip(MONTHS, on.excluded, strict=True) if yes] == ["2024-01", "2024-02", "2024-03"]
    assert on.partly_excluded == ()


def test_three_excluded_months_leave_out_their_quarter() -> None:
    frame = EMPTY_FRAME
    for month in ("2023-09", "2023-07", "2023-08"):
        frame = frame.with_excluded(ExcludedPoint(month, "Flooded"))
    assert [point.period for point in frame.excluded] == ["2023-07", "2023-08", "2023-09"]
    assert frame.on(QUARTERS).excluded == (False, False, True) + (False,) * 5


def test_phases_that_begin_in_one_period_are_one_there_and_two_on_the_finer_chart() -> None:
    frame = EMPTY_FRAME.with_phase(Phase("2024-02", "Second", YES)).with_phase(Phase("2024-01", "First", YES))
    assert [phase.reason for _, phase in frame.on(MONTHS).phases] == ["First", "Second"]
    assert [phase.reason for _, phase in frame.on(QUARTERS).phases] == ["Second"]


def test_phases_outside_the_chart_begin_nowhere() -> None:
    frame = KeptFrame(phases=(Phase("2020-01", "Before", YES), Phase("2030-01", "After", YES)))
    assert frame.on(MONTHS).phases == ()
    assert frame.on(("",)).phases == ()
    assert WHOLE.on(("",)).baseline == (False,)


@given(
    start=st.sampled_from(MONTHS),
    grain=st.sampled_from(["quarter", "year"]),
    excluded=st.sets(st.sampled_from(MONTHS)),
)
def test_a_coarser_chart_never_uses_a_month_differently_than_most_of_its_period(
    start: str, grain: str, excluded: set[str]
) -> None:
    labels = QUARTERS if grain == "quarter" else YEARS
    frame = KeptFrame(
        phases=(Phase(start, "Why", YES),), excluded=tuple(ExcludedPoint(m, "Why") for m in sorted(excluded))
    )
    fine, coarse = frame.on(MONTHS), frame.on(labels)
    fine_start = fine.phase_starts[0] if fine.phase_starts else 0
    coarse_start = coarse.phase_starts[0] if coarse.phase_starts else 0
    for index, label in enumerate(labels):
        inside = [i for i, m in enumerate(MONTHS) if period_label(period_start(m), grain) == label]  # type: ignore[arg-type]
        after = sum(i >= fine_start for i in inside)
        if coarse_start:
            assert (index >= coarse_start) == (2 * after >= len(inside))
        assert coarse.excluded[index] == all(fine.excluded[i] for i in inside)
        left_out = any(fine.excluded[i] for i in inside)
        assert (label in coarse.partly_excluded) == (left_out and not coarse.excluded[index])


def test_a_frame_comes_back_as_it_was_saved(database: Database) -> None:
    ada = somebody(database, "Ada")
    assert chart_frame(database, HOME_WORKSPACE, KEY).version == 0
    saved = save_frame(database, HOME_WORKSPACE, KEY, WHOLE, seen_version=0, by=ada)
    found = chart_frame(database, HOME_WORKSPACE, KEY)
    assert found == saved
    assert (found.frame, found.version, found.saved_by) == (WHOLE, 1, "Ada")
    assert frames_of_dataset(database, HOME_WORKSPACE, KEY.dataset) == (saved,)


def test_another_workspace_sees_none_of_it(database: Database) -> None:
    ada = somebody(database, "Ada")
    other = make_workspace(database, "Other", by=ada)
    save_frame(database, HOME_WORKSPACE, KEY, WHOLE, seen_version=0, by=ada)
    assert chart_frame(database, other.id, KEY).frame == EMPTY_FRAME
    assert frames_of_dataset(database, other.id, KEY.dataset) == ()
    assert frame_history(database, other.id, KEY) == ()


def test_moving_a_baseline_asks_the_four_questions_and_keeps_the_answers(database: Database) -> None:
    ada = somebody(database, "Ada")
    save_frame(database, HOME_WORKSPACE, KEY, WHOLE, seen_version=0, by=ada)
    later = PeriodRange.parse("2024-04..2024-12")
    with pytest.raises(PlainError, match="four questions"):
        save_frame(database, HOME_WORKSPACE, KEY, KeptFrame(Baseline(later)), seen_version=1, by=ada)
    moved = KeptFrame(Baseline(later, "The process is another one now", YES))
    save_frame(database, HOME_WORKSPACE, KEY, moved, seen_version=1, by=ada)
    after, before = frame_history(database, HOME_WORKSPACE, KEY)
    assert after.frame.baseline is not None
    assert after.frame.baseline.answers == YES
    assert before.frame == WHOLE


def test_the_second_of_two_people_is_told_and_holds_both_frames(database: Database) -> None:
    ada, ben = somebody(database, "Ada"), somebody(database, "Ben")
    save_frame(database, HOME_WORKSPACE, KEY, WHOLE, seen_version=0, by=ada)
    bens = KeptFrame(target=0.9)
    with pytest.raises(Conflict) as told:
        save_frame(database, HOME_WORKSPACE, KEY, bens, seen_version=0, by=ben)
    assert (told.value.theirs_by, told.value.version) == ("Ada", 1)
    assert "New interpreter service" in told.value.theirs
    assert "0.9" in told.value.yours
    again = save_frame(database, HOME_WORKSPACE, KEY, bens, seen_version=told.value.version, by=ben)
    assert [saved.frame for saved in frame_history(database, HOME_WORKSPACE, KEY)] == [again.frame, WHOLE]


def test_of_many_who_save_at_once_one_is_kept_and_all_others_are_told(database: Database) -> None:
    ada = somebody(database, "Ada")

    def work(number: int) -> int:
        try:
            frame = KeptFrame(target=float(number))
            save_frame(database, HOME_WORKSPACE, KEY, frame, seen_version=0, by=ada)
        except Conflict as told:
            assert told.yours == f"Target {float(number)}"
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(16))) == 1
    assert len(frame_history(database, HOME_WORKSPACE, KEY)) == 1


@pytest.mark.parametrize("hostile", [*HOSTILE_TEXTS, "m" * 300])
def test_names_and_reasons_are_kept_as_they_are(database: Database, hostile: str) -> None:
    ada = somebody(database, "Ada")
    key = FrameKey(hostile, hostile, hostile, hostile)
    frame = KeptFrame(excluded=(ExcludedPoint("2024-01", hostile),))
    save_frame(database, HOME_WORKSPACE, key, frame, seen_version=0, by=ada)
    found = chart_frame(database, HOME_WORKSPACE, key)
    assert (found.key, found.frame) == (key, frame)


def test_a_workspace_that_is_gone_is_said_plainly(database: Database) -> None:
    with pytest.raises(PlainError, match="not there any more"):
        save_frame(database, "gone", KEY, WHOLE, seen_version=0, by=somebody(database, "Ada"))


def test_what_makes_no_sense_is_refused_in_a_sentence() -> None:
    with pytest.raises(PlainError, match="first and a last period"):
        Baseline(PeriodRange())
    with pytest.raises(PlainError, match="not a year"):
        Phase("March 2024", "Why", YES)
    with pytest.raises(PlainError, match="empty"):
        ExcludedPoint("2024-03", "  ")
    with pytest.raises(PlainError, match="start of its own"):
        KeptFrame(phases=(Phase("2024-01", "A", YES), Phase("2024-Q1", "B", YES)))
    with pytest.raises(PlainError, match="named twice"):
        KeptFrame(excluded=(ExcludedPoint("2024-01", "A"), ExcludedPoint("2024-01", "B")))
    with pytest.raises(PlainError, match="needs a number"):
        KeptFrame(target=float("nan"))
    with pytest.raises(PlainError, match="not an answer"):
        Answer("perhaps")  # type: ignore[arg-type]
