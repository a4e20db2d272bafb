"""Which releases of other datasets whoever attests is told of."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

import pytest

from equity.release.other_releases.overlapping_releases import OverlappingReleases, overlapping_releases
from equity.release.plan import Plan, described
from equity.release.policy import policy_of
from equity.release.shelf import Release
from equity.store.files.versions import dataset_folder
from equity.vocabulary import Description, Measure
from equity.vocabulary.description import SourceFile
from tests.release.made_up import description_of, random_rows

PLAN = Plan(("s1",), "quarter", "none")
ROWS = random_rows(1, 200, months=24, strata=(3,))  # 2022 and 2023
FILE = SourceFile("visits.csv", 10, "a" * 64)


def dataset(name: str, *measures: str, files: tuple[SourceFile, ...] = ()) -> Description:
    found = description_of(ROWS, ("s1",), "month", dataset=name)
    return replace(found, measures=tuple(Measure(each) for each in measures), sources=files)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def released(home: Path, of: Description) -> Release:
    """A release of a dataset, as its readers know it, and its version on the disk."""
    version = dataset_folder(home, of.dataset) / "versions" / "000001"
    version.mkdir(parents=True)
    (version.parents[1] / "dataset.json").write_text(
        f'{{"name": "{of.dataset}", "person_key": "{"00" * 32}"}}', encoding="utf-8"
    )
    (version / "description.json").write_text(of.to_json(), encoding="utf-8")
    folder = home / "releases" / secrets.token_hex(6)
    folder.mkdir(parents=True)
    plan = replace(PLAN, measures=tuple(m.name for m in of.measures))
    (folder / "description.json").write_text(described(plan, of).to_json(), encoding="utf-8")
    made = of.created
    return Release(folder.name, of.dataset, 1, made, plan, policy_of("cms"), made, "Ada", folder)


def test_another_dataset_with_a_measure_of_the_same_name_is_named(home: Path) -> None:
    mine = dataset("Visits", "Control", "Screening", "Follow-up")
    others = [
        released(home, dataset("Registry", "  screening", "CONTROL", "Else")),
        released(home, dataset("Survey", "Answered")),
        released(home, mine),
    ]
    assert overlapping_releases(home, mine, PLAN, others) == (
        OverlappingReleases("Registry", ("Control", "Screening"), False),
    )
    only = replace(PLAN, measures=("Follow-up",))
    assert overlapping_releases(home, mine, only, others) == ()
    (others[0].folder / "revoked").touch()
    assert len(overlapping_releases(home, mine, PLAN, others)) == 1  # what was seen stays seen


@pytest.mark.parametrize(
    ("periods", "named"),
    [(("2023-12",), True), (("2024-01",), False), (("2021",), False), (("2020", "2022"), True), ((), True)],
)
def test_only_where_periods_overlap(home: Path, periods: tuple[str, ...], named: bool) -> None:
    mine, other = dataset("Visits", "Control"), dataset("Registry", "Control")
    shelved = released(home, other)
    seen = replace(shelved.description(), periods=periods)
    (shelved.folder / "description.json").write_text(seen.to_json(), encoding="utf-8")
    assert bool(overlapping_releases(home, mine, PLAN, [shelved])) == named


def test_another_dataset_made_of_the_same_file_is_named_whatever_it_counts(home: Path) -> None:
    mine = dataset("Visits", "Control", files=(FILE,))
    other = released(home, dataset("Registry", "Else", files=(FILE, replace(FILE, sha256="b" * 64))))
    assert overlapping_releases(home, mine, PLAN, [other]) == (OverlappingReleases("Registry", (), True),)
    remade = replace(other, version_created="another of the same name")
    assert overlapping_releases(home, mine, PLAN, [remade]) == ()
    gone = replace(other, dataset="Gone")
    assert overlapping_releases(home, mine, PLAN, [gone]) == ()
