"""The team's rules: who counts, what is missing, letters that lapse, and whom a call's names point to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from equity.improvement.team import letters, team
from equity.improvement.team.letters import Letter
from equity.improvement.team.team import TeamPerson
from equity.vocabulary import PlainError
from equity.vocabulary.lenses import LENSES

TODAY = dt.date(2026, 11, 29)
ADA = TeamPerson("Ada Achebe", ("data", "quality improvement"), joined="2026-01-05")
BEN = TeamPerson("Ben Ortiz", ("equity",), joined="2026-01-05")
CEM = TeamPerson("Cem Kaya", ("patient-facing care",), joined="2026-01-05", reports_to="ada")
PARTNER = TeamPerson("Dee", place="community partner")
LEADER = TeamPerson("Eve", place="senior leader")
PEOPLE = {"ada": ADA, "ben": BEN, "cem": CEM, "dee": PARTNER, "eve": LEADER}


def test_a_missing_lens_and_an_empty_place_are_named() -> None:
    found = team.composition([ADA, BEN])
    assert (found.counted, found.is_too_small, found.is_too_large) == (2, True, False)
    assert found.missing_lenses == ("patient-facing care", "community", "leadership")
    assert found.missing_places == ("community partner", "senior leader", "alternate")
    whole = team.composition([*PEOPLE.values(), replace(LEADER, place="alternate")])
    assert (whole.counted, whole.missing_lenses, whole.missing_places) == (4, (), ())
    assert team.composition([replace(ADA, left="2026-02-01")]).missing_lenses == LENSES
    assert team.composition([ADA] * 8).is_too_large


def test_who_joins_has_a_name_of_their_own_and_a_lens_that_there_is() -> None:
    assert team.joined(TeamPerson("  Ada   Achebe "), [], TODAY) == TeamPerson("Ada Achebe", joined="2026-11-29")
    with pytest.raises(PlainError, match="name they want"):
        team.joined(TeamPerson(" "), [], TODAY)
    with pytest.raises(PlainError, match="already"):
        team.joined(TeamPerson("ada achebe"), [ADA], TODAY)
    with pytest.raises(PlainError, match="no lens"):
        team.joined(TeamPerson("Zoe", ("astrology",)), [], TODAY)
    assert team.joined(ADA, [team.gone(ADA, TODAY)], TODAY).left == ""
    assert team.gone(ADA, TODAY) == replace(ADA, left="2026-11-29")


def test_nobody_says_that_they_are_somebody_else() -> None:
    assert team.claimed(ADA, "me").account == "me"
    with pytest.raises(PlainError, match="Somebody else"):
        team.claimed(replace(ADA, account="me"), "you")


def test_who_leads_whom_is_as_said_and_as_the_safe_side_where_nobody_said() -> None:
    pairs = team.reports(PEOPLE.items())
    assert frozenset(("cem", "ada")) in pairs
    assert {frozenset((who, "eve")) for who in ("ada", "ben", "dee")} <= pairs
    assert frozenset(("cem", "eve")) not in pairs
    said = {**PEOPLE, "ben": replace(BEN, reports_to=team.NOBODY_HERE)}
    assert frozenset(("ben", "eve")) not in team.reports(said.items())


@pytest.mark.parametrize(
    ("names", "there", "unknown"),
    [
        (["ada achebe", "BEN"], {"ada", "ben"}, 0),
        (["Ada", "Zoe", ""], {"ada"}, 2),
        (["Ada Other"], set(), 1),
        (["Ada", "Ada"], {"ada"}, 0),
    ],
)
def test_a_name_points_to_one_person_or_to_nobody(names: list[str], there: set[str], unknown: int) -> None:
    found = team.attended("Call", TODAY, names, len(names), PEOPLE.items())
    assert (found.there, found.unknown) == (there, unknown)


def test_a_first_name_of_two_points_to_nobody_and_no_names_are_no_guess() -> None:
    twice = {**PEOPLE, "other": replace(ADA, name="Ada Zed")}
    assert team.attended("Call", TODAY, ["Ada"], 1, twice.items()).unknown == 1
    assert team.attended("Call", TODAY, ["Ada Zed"], 1, twice.items()).there == {"other"}
    kept_none = team.attended("Call", TODAY, None, 9, PEOPLE.items())
    assert (kept_none.named, kept_none.there, kept_none.participants) == (False, frozenset(), 9)


LETTER = Letter("Maria Lopez", "Chief executive", promises={"time": "Half a day a week each"}, text="We commit.")


def test_a_letter_is_signed_whole_and_holds_for_a_year() -> None:
    stands = letters.signed(LETTER, dt.date(2026, 3, 1), TODAY)
    assert (stands.signed, stands.valid_until) == ("2026-03-01", "2027-03-01")
    assert letters.signed(LETTER, dt.date(2024, 2, 29), TODAY).valid_until == "2025-02-28"
    assert letters.not_promised(LETTER) == ("data", "naming", "reply")
    for change, named in (
        ({"signatory": ""}, "who signed"),
        ({"office": " "}, "who signed"),
        ({"promises": {"time": " "}}, "at least one promise"),
        ({"text": ""}, "where the signed paper"),
    ):
        with pytest.raises(PlainError, match=named):
            letters.signed(replace(LETTER, **change), TODAY, TODAY)  # type: ignore[arg-type]
    with pytest.raises(PlainError, match="still to come"):
        letters.signed(LETTER, dt.date(2026, 12, 1), TODAY)


def test_a_letter_asks_to_be_renewed_and_lapses() -> None:
    stands = letters.signed(LETTER, dt.date(2026, 3, 1), TODAY)
    days = {"2026-12-30": "stands", "2026-12-31": "renew_soon", "2027-03-01": "renew_soon", "2027-03-02": "lapsed"}
    assert {day: letters.state(stands, dt.date.fromisoformat(day)) for day in days} == days
    assert letters.state(LETTER, TODAY) == "draft"
    again = letters.renewed("id", stands)
    assert (again.renews, again.is_signed, again.promises) == ("id", False, LETTER.promises)
    assert letters.standing([LETTER, stands, again]) == stands
    assert letters.standing([LETTER]) is None
    with pytest.raises(PlainError, match="nobody changes it"):
        letters.reworded(stands, LETTER)
    assert not letters.reworded(LETTER, stands).is_signed
