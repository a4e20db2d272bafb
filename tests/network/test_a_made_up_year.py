"""A cohort's made-up year: what was asked, answered, held, shared, compared and learned; and what never left."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import msgspec
import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.evidence.files import as_file
from equity.actions.evidence.making import make_pack
from equity.actions.network import (
    applications,
    cohorts,
    comparing,
    gallery,
    learned,
    membership,
    overview,
    packaging,
    places,
    sharing,
)
from equity.actions.network.places import pieces_in
from equity.actions.network.told import Wish
from equity.actions.work import aims as aim_actions
from equity.actions.work import cycles as cycle_actions
from equity.actions.work import drivers as driver_actions
from equity.actions.work import projects as project_actions
from equity.cards.release_question import choices_of, usual_question
from equity.improvement.progress import baseline_of, progress
from equity.lens.disparities import disparities
from equity.network.blurring import banded
from equity.network.nouns import BELONGING
from equity.release.view import as_cube
from equity.store.records import shelf
from equity.store.workspace.audit_log import entries
from equity.store.workspace.people import remember_person
from equity.vocabulary import PlainError
from tests.network.made_up_year import ASKED, ELSEWHERE, HERE, IDEA, LIFTS, Team, Year, made_up_year, secret
from tests.network.servers import MEASURE
from tests.pages.people import ISSUER


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    yield made_up_year(tmp_path_factory.mktemp("year") / "servers")


def read_by(year: Year, name: str) -> str:
    """All that a team can read of its cohort, as bytes would hold it."""
    here, home = year.teams[name].here, year.main.home
    told = [
        gallery.gallery(here, home),
        comparing.comparisons(here, home),
        learned.learned_across(here, home),
        membership.meetings(here),
    ]
    return msgspec.json.encode(told).decode()


def test_applications_were_answered(year: Year) -> None:
    told = {a.content.answers["organization"]: a.content for a in applications.applications(year.cohort)}
    assert {name: a.state for name, a in told.items()} == {
        **dict.fromkeys(HERE, "accepted"),
        "Too late": "withdrawn",
        "Not yet": "declined",
    }
    mine = applications.opened(year.main.database, year.main.home, year.declined).kept.content
    assert "apply again in spring" in mine.steps[-1].words
    assert [step.state for step in mine.steps] == ["received", "question_asked", "declined"]
    own = cohorts.cohort_of(year.cohort)
    assert own is not None
    assert {kept.content.name for kept in membership.teams(year.cohort)} == {*HERE, *ELSEWHERE}


def test_the_gallery_shows_all_teams_here_and_elsewhere(year: Year) -> None:
    hung = gallery.gallery(year.teams["Lake"].here, year.main.home)
    assert {each.team for each in hung} == {*HERE, *ELSEWHERE}
    assert {each.piece.kind for each in hung} == {"project", "cycle", "drivers", "reflection"}  # no release is shown
    tried = gallery.gallery(year.teams["Lake"].here, year.main.home, gallery.Search(kind="cycle", idea=IDEA))
    assert len(tried) == len(LIFTS)
    assert len(gallery.gallery(year.cohort, year.main.home, gallery.Search(words="EVENING reach"))) == len(LIFTS)
    [asked] = [ask for each in hung for ask in each.asks]
    assert (asked.content.answer, asked.content.by) == ("A nurse who speaks it", "The local owner, Lake")
    with pytest.raises(PlainError, match="another team’s"):
        gallery.answer_ask(year.teams["Cedar"].here, year.main.home, asked, "Ours")


def test_a_copy_says_whose_it_was_and_predicts_nothing(year: Year) -> None:
    lake = year.teams["Lake"]
    project = project_actions.projects(lake.here)[0]
    copied = cycle_actions.cycles(lake.here, project.id)[-1].content
    assert copied.origin.startswith("Begun as a copy of what Harbor shared on ")
    assert (copied.what, copied.scale, copied.stage) == (IDEA, "one", "plan")
    assert [q.prediction for q in copied.questions] == [""]
    saved = cycle_actions.save_cycle(lake.here, cycle_actions.cycles(lake.here, project.id)[-1], copied)
    assert saved.content.origin == copied.origin
    diagrams = [driver_actions.diagram(lake.here, aim.id) for aim in aim_actions.aims(lake.here)]
    origins = {kept.content.origin for kept in diagrams if kept}
    assert len(origins) == 2
    [theirs] = [kept.content for kept in diagrams if kept and kept.content.origin]
    assert "Dune" in theirs.origin
    assert {d.words for d in theirs.drivers} >= {IDEA}
    assert [(link.serves, link.strong) for link in theirs.links if link.served_by == "i"] == [("s", False)]


def test_nothing_that_was_not_shared_reaches_anybody(year: Year) -> None:
    """Each team writes words of its own in an aim, a call and a reflection; each has counts that its release hides."""
    for reader in HERE:
        told = read_by(year, reader)
        for name, team in year.teams.items():
            assert secret(name) not in told
            assert team.release.dataset not in told
            assert team.here.workspace not in told
            if name != reader:
                rates = sharing.shares(team.here, team.belonging)[0].content.release
                assert rates is not None
                exact = {f"{row[7]:.6f}".rstrip("0") for row in rates.rows if row[7] != round(row[7], 2)}
                assert len(exact) > 5
                assert not [number for number in exact if number in told], (reader, name)


def test_whoever_is_not_in_it_reads_nothing(year: Year) -> None:
    stranger = remember_person(year.main.database, ISSUER, "out", name="Out", email="out@example.org")
    at = Here(year.main.database, year.cohort.workspace, stranger)
    for action in (places.cohort_place, membership.meetings):
        with pytest.raises(NotAllowed):
            action(at)
    with pytest.raises(NotAllowed):
        comparing.comparisons(at, year.main.home)
    outside = year.main.workspace("Not in it")
    assert places.cohort_place(outside) is None
    with pytest.raises(PlainError, match="in no cohort"):
        gallery.gallery(outside, year.main.home)


def test_the_comparison_passes_its_attacker(year: Year) -> None:
    """Who knows all organizations and their sizes finds for none but the own and the named one rate for sure."""
    exact = {rate.member: rate for rate in comparing.rates_of(pieces_in(year.cohort, year.main.home), ASKED)}
    names = {kept.id: kept.content.name for kept in membership.teams(year.cohort)}
    assert len(exact) == 9
    recovered = 0
    for reader in HERE:
        [seen] = comparing.comparisons(year.teams[reader].here, year.main.home)
        assert seen.picture is not None
        assert seen.picture.own is not None
        assert [dot.name for dot in seen.picture.dots if dot.name] == (["Harbor"] if reader != "Harbor" else [])
        others = [member for member in exact if names[member] not in (reader, "Harbor")]
        sizes = dict(zip(exact, banded([rate.n for rate in exact.values()]), strict=True))
        dots = [dot for dot in seen.picture.dots if not dot.name]
        for member in others:
            possible = {dot.rate for dot in dots if dot.size == sizes[member]}
            recovered += len(possible) < 2
        assert sum(rate.n for rate in exact.values()) not in {dot.size for dot in dots}
    assert recovered == 0
    assert comparing.comparisons(year.cohort, year.main.home)[0].picture is not None
    for member, rate in exact.items():  # what is sent to a team elsewhere has its own marked, and no other's
        own = comparing.picture_for(year.cohort, year.main.home, year.comparison, member).own
        assert own is not None
        assert (own.n, own.rate) == (rate.n, rate.rate)


def test_what_was_tried_is_learned_from(year: Year) -> None:
    [idea] = learned.learned_across(year.teams["Cedar"].here, year.main.home)
    assert (len(idea.teams), idea.tests, idea.without) == (9, 9, 0)
    assert idea.predicted == pytest.approx(0.05)
    truth = sum(LIFTS.values()) / len(LIFTS)
    assert idea.together.lower < truth < idea.together.upper
    assert dict(idea.decided) == {"adopt": 9}
    for team in idea.teams:
        assert abs(team.value - LIFTS[team.team]) < 4 * team.error


def test_the_facilitator_sees_who_asks_for_help_and_no_number_of_patients(year: Year) -> None:
    seen = overview.overview(year.cohort)
    assert [each.kept.content.name for each in seen.teams][:4] == ["Bluff", "Dune", "Glen", "Mill"]
    assert all(each.pieces == 5 for each in seen.teams)
    assert seen.teams[3].kept.content.standing is not None
    assert seen.teams[3].kept.content.standing.held["aims"] >= 2
    standings = [each.kept.content.standing for each in seen.teams]
    assert not re.search(r"0\.\d{2}", msgspec.json.encode(standings).decode())


def numbers_of(team: Team) -> set[str]:
    """Every number that sentences about this release may hold, worked out here from the release's own cells."""
    cells = team.release.cells().dropna(subset=["x", "n"])
    years = {str(period) for period in cells["period"] if period}
    groups = cells[(cells["grain"] == "year") & (cells["by1"] == "race")]
    rate = {(r.period, r.value1): r.x / r.n for r in groups.itertuples()}
    size = {(r.period, r.value1): r.n for r in groups.itertuples()}
    own, best = rate["2024", "Black"], max(value for (year, _), value in rate.items() if year == "2024")
    found = {f"{100 * value:.0f}" for (year, _), value in rate.items() if year in ("2022", "2024")}
    found |= {f"{size['2024', 'Black'] * (best - own):.0f}"}
    reached = (own - rate["2022", "Black"]) / (0.95 - rate["2022", "Black"])
    found |= {f"{abs(100 * reached):.0f}"}
    cube = as_cube(team.release)
    answer = disparities(cube, choices_of(cube, usual_question(cube)))
    found |= {f"{answer.excess_lower:.0f}", f"{answer.excess_upper:.0f}"}
    [aim] = [kept.content for kept in aim_actions.aims(team.here) if kept.content.status == "set"]
    told = progress(cube, replace(aim, baseline=baseline_of(cube, aim, "2022"))).share
    found |= {f"{abs(100 * end):.0f}" for end in (told.lower, told.upper)}
    return found | years


BELOW_NOTHING: Final = "Below 0% is away from the target."
OURS: Final = {"95", "4", "2027", "1", "3"}
"""The range's level and the aim's target, the aim's day (Q4 2027), one measure, three other groups."""


@pytest.mark.parametrize("name", ["Harbor", "Glen"])
def test_every_number_of_an_evidence_pack_is_found_again_in_a_release(year: Year, name: str) -> None:
    team = year.teams[name]
    told = json.loads(as_file(make_pack(team.here, team.on.home), "json"))
    every = [s for p in told["parts"] for r in p["requirements"] for s in r["statements"]]
    assert all(statement["sources"] for statement in every)
    by_release = [s for s in every if any(x["kind"] == "release" for x in s["sources"])]
    said = " ".join(s["words"].replace(BELOW_NOTHING, "") for s in by_release)
    numbers = set(re.findall(r"\d+(?:\.\d+)?", said))
    assert len(numbers & numbers_of(team)) > 6
    assert numbers - numbers_of(team) - OURS == set()
    others = " ".join(s["words"] for s in every if s not in by_release)
    assert not re.findall(r"\d\s?%", others)
    assert secret(name) not in others  # in the aim's own words, and nowhere else


def test_a_revoked_release_is_in_no_comparison(year: Year) -> None:
    """Whoever revokes a release takes its rates out of the picture that stands, and of those that are made then."""
    lake = year.teams["Lake"]
    marker = lake.release.folder / "revoked"
    marker.write_text("2026-11-30T12:00:00+00:00", encoding="utf-8")
    try:
        for here in (year.teams["Mill"].here, year.cohort):
            [seen] = comparing.comparisons(here, year.main.home)
            assert (seen.picture, seen.withheld) == (None, False)
        with pytest.raises(PlainError, match="taken down"):
            comparing.picture_for(
                year.cohort, year.main.home, year.comparison, next(iter(places.members_in(year.cohort)))
            )
        held = {rate.release for rate in comparing.rates_of(pieces_in(year.cohort, year.main.home), ASKED)}
        assert len(held) == 8
        assert lake.release.id not in held
        assert {count for _, count in comparing.comparable(year.cohort, year.main.home)} == {8}
    finally:
        marker.unlink()
    [seen] = comparing.comparisons(year.teams["Mill"].here, year.main.home)
    assert seen.picture is not None


def test_whoever_shows_rates_in_the_gallery_hides_nobody(year: Year) -> None:
    """Four of nine show theirs by name: five are left; a fifth leaves four, and with the one who is named, three."""
    home = year.main.home
    shown = []
    for name in ("Mill", "Point", "Cedar", "Ridge"):
        team = year.teams[name]
        card = Wish("card", team.release.id, card=f"disparities?measure={MEASURE}&by=race&period=2024")
        shown.append((team, sharing.share(team.here, home, team.belonging, card)))
    [seen] = comparing.comparisons(year.teams["Lake"].here, home)
    assert seen.picture is not None
    assert [dot.name for dot in seen.picture.dots if dot.name] == ["Harbor"]
    lake = year.teams["Lake"]
    card = Wish("card", lake.release.id, card=f"disparities?measure={MEASURE}&by=race&period=2024")
    shown.append((lake, sharing.share(lake.here, home, lake.belonging, card)))
    [seen] = comparing.comparisons(lake.here, home)
    assert seen.picture is not None
    assert [dot.name for dot in seen.picture.dots if dot.name] == []  # with Harbor’s name three would be left
    harbor = year.teams["Harbor"]
    card = Wish("card", harbor.release.id, card=f"disparities?measure={MEASURE}&by=race&period=2024")
    shown.append((harbor, sharing.share(harbor.here, home, harbor.belonging, card)))
    for here in (lake.here, year.cohort):
        [seen] = comparing.comparisons(here, home)
        assert (seen.picture, seen.withheld) == (None, True)
    with pytest.raises(PlainError, match="not shown at present"):
        comparing.picture_for(year.cohort, home, year.comparison, next(iter(places.members_in(year.cohort))))
    with pytest.raises(PlainError, match="do not show this under their name"):
        comparing.make_comparison(year.cohort, home, replace(ASKED, group="White"))
    for team, kept in shown:
        sharing.take_back(team.here, team.belonging, kept)


def test_calls_and_exports_are_in_the_log(year: Year) -> None:
    here = year.teams["Ridge"].here
    kinds = [entry.action for entry in entries(here.database, here.workspace)]
    assert {"call_opened", "call_ended", "record_added", "release_created"} <= set(kinds)


def test_the_end_of_the_year(year: Year) -> None:
    """Ridge leaves with what is its own; Dune takes its rates back by a new package; the picture is taken down."""
    ridge, dune = year.teams["Ridge"], year.teams["Dune"]
    before = len(gallery.gallery(year.teams["Lake"].here, year.main.home))
    membership.leave(ridge.here, shelf.one(ridge.on.database, ridge.here.workspace, BELONGING, ridge.belonging.id))
    assert len(gallery.gallery(year.teams["Lake"].here, year.main.home)) == before - 4
    [seen] = comparing.comparisons(year.teams["Lake"].here, year.main.home)
    assert seen.picture is None
    with pytest.raises(PlainError, match="Only 1 of these organizations"):
        comparing.make_comparison(year.cohort, year.main.home, ASKED)
    assert places.cohort_place(ridge.here) is None
    assert aim_actions.aims(ridge.here)
    point = year.teams["Point"]
    [taken_out] = [kept for kept in membership.teams(year.cohort) if kept.content.name == "Point"]
    membership.remove_team(year.cohort, taken_out)
    for read in (gallery.gallery, comparing.comparisons):
        with pytest.raises(PlainError, match="not in this cohort any more"):
            read(point.here, year.main.home)
    assert "Point" not in {each.team for each in gallery.gallery(year.cohort, year.main.home)}
    for share in sharing.shares(dune.here, dune.belonging):
        sharing.take_back(dune.here, dune.belonging, share)
    done = packaging.import_package(year.cohort, packaging.export_package(dune.here, dune.on.home, dune.belonging.id))
    assert done.gone == 5
    assert "Dune" not in {each.team for each in gallery.gallery(year.cohort, year.main.home)}
