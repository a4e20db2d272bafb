"""What is said of who is missing, and of what that means for a conclusion."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.words.answers import completeness as words
from equity.words.answers.completeness.recorded import rounded_alike
from tests.answers_for_tests import HIV, LANGUAGE, LEFT
from tests.crossed_answers_for_tests import completeness


def test_the_missing_matter_when_they_fare_clearly_and_largely_otherwise() -> None:
    assert words.finding(completeness()) == (
        "Controlled blood pressure, 2024: race and ethnicity recorded for 87% of patients."
    )
    assert words.for_a_conclusion(completeness()).startswith("Who is missing: race and ethnicity recorded for 87%")


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ((0.69, 0.68, 0.8), "is 68% (69% where it is): we see no sign that missing data change this finding."),
        ((0.69, 0.60, 0.09), "is 60% (69% where it is). The difference could be chance."),
        ((0.69, 0.67, 0.01), "is 67% (69% where it is): lower (worse), a clear but small difference."),
        ((0.69, 0.80, 0.001), "is 80% (69% where it is): higher (better), those not recorded are not like the others."),
    ],
)
def test_each_way_in_which_the_missing_can_fare(rates: tuple[float, float, float], said: str) -> None:
    assert words.what_it_comes_to(completeness(rates=rates))[0].endswith(said)


def test_nobody_missing_and_too_few_missing() -> None:
    everyone = (("all", "", 1000, 1000, 0, 0, 0),)
    full = completeness(shares=everyone, unknown_n=0, stratifier=LANGUAGE)
    assert words.finding(full) == "Controlled blood pressure, 2024: language recorded for all patients."
    assert words.kinds_apart(full) == ""
    few = completeness(unknown_n=12)
    assert words.what_it_comes_to(few) == (
        "Where it is not recorded, there are too few patients (12) to say how results compare.",
    )
    assert not words.matters(few)


def test_one_who_is_missing_is_spoken_of_as_one() -> None:
    shares = (
        ("all", "", 1000, 999, 1, 0, 0),
        ("outcome", "yes", 700, 699, 1, 0, 0),
        ("outcome", "no", 300, 300, 0, 0, 0),
    )
    one = completeness(shares=shares, unknown_n=1)
    assert words.what_it_comes_to(one) == ("It is not recorded for 1 patient: too few to say how results compare.",)
    met = "1 patient with no recorded race and ethnicity who met the measure"
    assert words.tipping(one).endswith(f"would disappear if the {met} was theirs.")
    bounds = one.bounds.assign(possible=0, gap_smallest=-0.01)
    assert f"could add for Black or African American patients is the {met}." in words.tipping(
        replace(one, bounds=bounds)
    )
    certain = replace(one, bounds=bounds.assign(gap_smallest=0.01))
    assert words.tipping(certain).startswith("Whoever the 1 patient with no recorded race and ethnicity is, the gap")


def test_where_nobody_is_missing_nothing_is_allowed_for() -> None:
    full = completeness(shares=(("all", "", 1000, 1000, 0, 0, 0),), unknown_n=0)
    assert len(full.bounds) and not words.has_cases(full) and words.has_cases(completeness())
    assert words.conclusion(full) == ()
    assert words.how_sure(full).startswith("Race and ethnicity recorded for all, so")
    assert not any("case" in said or "missing more often" in said for said in words.caveats(full))
    assert "being asked" not in words.prompt(full)


def test_a_share_that_rounds_up_to_good_is_not_written_as_good() -> None:
    nearly = words.Share("place", "North", "North", 5_400, 5_130, 0.94999, {}, "caution")
    assert words.written(nearly) == "just under 95%"
    assert words.written(replace(nearly, share=0.9461)) == "94.6%"
    assert words.written(replace(nearly, share=0.95)) == "95.0%"


def test_nearly_all_is_written_alike_in_a_heading_and_in_its_row() -> None:
    nearly = words.Share("place", "North", "North", 5_400, 5_389, 0.998, {}, "good")
    assert rounded_alike(nearly) == (words.written(nearly),) == ("99.8%",)
    assert rounded_alike(replace(nearly, share=0.9461)) == ("94.6%",)  # 95% would be good
    assert rounded_alike(replace(nearly, share=0.9521), nearly) == ("95.2%", "99.8%")
    assert rounded_alike(replace(nearly, share=0.9521), replace(nearly, share=1.0)) == ("95%", "100%")


def test_a_headline_never_rounds_a_share_up_to_what_its_row_is_not() -> None:
    nearly = words.Share("all", "", "Overall", 5_400, 5_125, 0.949, {}, "caution")
    assert rounded_alike(nearly) == ("94.9%",)
    assert rounded_alike(replace(nearly, n=1_000, share=0.7990)) == ("79.9%",)
    assert rounded_alike(replace(nearly, n=900, share=0.949)) == ("just under 95%",)
    assert rounded_alike(replace(nearly, share=0.951)) == ("95%",)
    assert rounded_alike(replace(nearly, share=0.938)) == ("94%",)


def test_who_has_a_bad_outcome_did_not_meet_the_measure() -> None:
    assert "those who had this outcome" in words.statuses(completeness(measure=LEFT))[-1]


def test_visits_are_called_visits() -> None:
    assert "of visits" in words.finding(completeness(people=600.0))
    assert "of patients" in words.finding(completeness(people=995.0))


def test_the_kinds_of_missing_stay_apart() -> None:
    assert words.kinds_apart(completeness()) == (
        "Race and ethnicity not recorded for 13% of patients: unknown 9%, not asked 2%, declined 2%."
    )


def test_status_by_site_period_and_outcome() -> None:
    assert words.statuses(completeness()) == (
        "By site, fix this first: Hillcrest (74%); good: Harbor Clinic (96%).",
        "Over time: use with caution throughout (87% recorded).",
        (
            "By outcome, recorded for 92% of those who met the measure and 77% of the others: the two are not "
            "missing alike."
        ),
    )


def test_the_tipping_point() -> None:
    answer = completeness()
    assert words.tipping(answer) == (
        "The gap for Black or African American patients would disappear if at least 60% of the 50 patients with no "
        "recorded race and ethnicity who met the measure were theirs. If, besides, some who did not meet it were White "
        "patients, fewer would be enough."
    )
    assert words.bounds_in_words(answer) == (
        "Best to worst case for Black or African American patients, allowing for missing data: 1.0 to 21.0 points "
        "lower."
    )
    assert "Asian patients" in words.tipping(answer, "Asian")


def test_a_gap_that_the_missing_cannot_undo() -> None:
    answer = completeness(measure=LEFT)
    firm = replace(answer, bounds=answer.bounds.assign(tipping_share=1.4, possible=0))
    assert words.tipping(firm) == (
        "Whoever the 130 patients with no recorded race and ethnicity are, the gap for Black or African American "
        "patients would remain."
    )


@pytest.mark.parametrize(
    ("people", "whose"),
    [(0.0, "some who did not meet it were White"), (600.0, "some that did not meet it were those of")],
)
def test_a_gap_that_would_remain_does_not_contradict_a_worst_case_beyond_even(people: float, whose: str) -> None:
    """Best to worst case may cross even although the group's own missing could not undo the gap."""
    answer = completeness(people=people)
    crossing = answer.bounds.assign(tipping_share=1.4, possible=0, gap_smallest=-0.011)
    remains, ends = words.conclusion(replace(answer, bounds=crossing))
    assert "missing data could add for Black or African American patients is all 50" in remains
    assert "That alone would not close the gap. It could close only" in remains
    assert f"only if {whose}" in remains and remains.endswith("White patients too.")
    assert "would remain" not in remains
    assert ends.endswith("with both taken as far as they go: 1.1 points higher to 21.0 points lower.")


def test_no_bounds_where_there_are_none() -> None:
    answer = completeness()
    none = replace(answer, bounds=answer.bounds.iloc[:0])
    assert "for one group beside another: choose a group to compare with" in words.tipping(none)
    assert "“HIV diagnoses” is counted otherwise" in words.tipping(replace(none, measure=HIV))
    sideless = replace(none.measure, polarity="neutral")
    assert "need a side that is better" in words.tipping(replace(none, measure=sideless))
    assert words.bounds_in_words(none) == ""
    small = replace(answer, bounds=answer.bounds.assign(gap=1e-9))
    assert "No group here is behind by enough" in words.tipping(small)


def test_alt_texts_visit_every_row() -> None:
    answer = completeness()
    for name in ("Overall", "Harbor Clinic", "Hillcrest"):
        assert f"{name}: recorded for" in words.alt_text(answer)
    for name in ("Q1 2024", "Controlled blood pressure: yes"):
        assert f"{name}: recorded for" in words.over_time_alt_text(answer)
    assert "Asian: 2.0 points lower (worse), 10.0 points higher to 15.0 points lower" in words.bounds_alt_text(answer)


def test_the_tables() -> None:
    table = words.table(completeness())
    assert table.iloc[2].to_dict() == {
        "Which": "Hillcrest",
        "Of": "Site",
        "Patients": "400",
        "Recorded": "74%",
        "Unknown": "76",
        "Not asked": "11",
        "Declined": "19",
        "In a word": "○ fix this first",
    }
    assert words.bounds_table(completeness())["Share of the missing"].tolist() == ["60%", "10%", ""]


def test_a_share_just_below_good_does_not_read_as_good() -> None:
    share = next(s for s in words.shares(completeness(shares=(("all", "", 10_000, 9_460, 540, 0, 0),))))
    assert words.written(share) == "94.6%"
    assert share.status == "caution"


def test_that_all_are_recorded_does_not_deny_groups_without_data() -> None:
    everyone = (("all", "", 1000, 1000, 0, 0, 0),)
    full = completeness(shares=everyone, unknown_n=0)
    assert words.for_a_conclusion(full) == (
        "Who is missing: race and ethnicity recorded for all patients. Everyone who is counted is in a group."
    )
