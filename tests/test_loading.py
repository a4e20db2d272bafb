"""Files into versions: whole or not at all, added or replaced, and every row accounted for."""

from __future__ import annotations

import dataclasses
import errno
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd
import pytest

from equity.cube import open_cube
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml, read_mapping
from equity.intake.reading.checks import COMPARISONS
from equity.loading import Accepted, load
from equity.store.files.earlier_versions import roll_back
from equity.store.files.versions import current_version, datasets, held_for_changing
from equity.vocabulary import Description, Mapping, PeriodRange, PlainError

MAPPING = """
[extract]
shape = "rows"
[columns]
measure = "measure"
period = "month"
x = "met"
person = "patient"
[stratifiers.race]
column = "race"
label = "Race"
[stratifiers.age]
column = "age"
label = "Age"
ordered = true
[measures."Screened"]
kind = "proportion"
polarity = "higher_better"
"""
Row = tuple[str, str, str, str, str, str]


def mapping(text: str = MAPPING) -> Mapping:
    return mapping_from_toml(text, "mapping.toml")


def visits(months: list[str], people: int = 30, race: str = "Black", measure: str = "Screened") -> list[Row]:
    """One visit of every person in each month."""
    return [
        (measure, month, str(i % 2), f"P{i:03}", race if i % 3 else "White", ["18-34", "35-64"][i % 2])
        for month in months
        for i in range(people)
    ]


def write_csv(path: Path, rows: list[Row], columns: str = "measure,month,met,patient,race,age") -> Path:
    path.write_text("\n".join([columns, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return path


def everything_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def rows_by_period(home: Path, dataset: str = "Visits") -> dict[str, int]:
    """Rows of each month, as the current version's cube has them."""
    cube = open_cube(current_version(home, dataset).folder)
    table = cube.series([m.name for m in cube.description.measures], [], "month").table
    return table.groupby("period")["rows"].sum().to_dict()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_file_becomes_a_version_with_all_its_parts(home: Path, tmp_path: Path) -> None:
    file = write_csv(
        tmp_path / "q1.csv", [*visits(["2024-01", "2024-02"]), ("Screened", "?", "1", "P1", "White", "18-34")]
    )
    said: list[tuple[float, str]] = []
    loaded = load([file], "Visits", mapping(), "new", home, lambda share, words: said.append((share, words)))
    version = current_version(home, "Visits")
    assert {path.name for path in version.folder.iterdir()} == {
        "checksums.json",
        "cube.parquet",
        "description.json",
        "extract.parquet",
        "form.json",
        "mapping.toml",
        "set_aside.parquet",
    }
    assert version.description() == loaded
    assert (loaded.version, loaded.dataset) == (1, "Visits")
    assert (loaded.rows_in, loaded.rows_used, loaded.rows_set_aside) == (61, 60, 1)
    assert loaded.periods == ("2024-01", "2024-02")
    assert loaded.sources[0].name == "q1.csv"
    assert len(pd.read_parquet(version.folder / "set_aside.parquet")) == 1
    assert read_mapping(version.folder / "mapping.toml") == mapping()
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert list((home / "staging").iterdir()) == []
    people = open_cube(version.folder).groups(["Screened"], [], PeriodRange()).table["people"].tolist()
    assert people == [30]


def test_new_makes_a_version_of_these_files_alone(home: Path, tmp_path: Path) -> None:
    load([write_csv(tmp_path / "a.csv", visits(["2024-01"]))], "Visits", mapping(), "new", home)
    loaded = load([write_csv(tmp_path / "b.csv", visits(["2024-02"]))], "Visits", mapping(), "new", home)
    assert loaded.version == 2
    assert rows_by_period(home) == {"2024-02": 30}


def test_a_load_that_would_use_under_nine_tenths_of_its_rows_stops_and_says_so(home: Path, tmp_path: Path) -> None:
    good, bad = visits(["2024-01"], 27), ("Screened", "?", "1", "P1", "White", "18-34")
    load([write_csv(tmp_path / "enough.csv", [*good, *[bad] * 3])], "Enough", mapping(), "new", home)
    few = write_csv(tmp_path / "few.csv", [*good, *[bad] * 4])
    with pytest.raises(
        PlainError, match=r"^few\.csv: only 27 of 31 rows with data would be used\. 4 rows were set aside"
    ):
        load([few], "Few", mapping(), "new", home)
    assert [d.name for d in datasets(home)] == ["Enough"]
    for accepted in (Accepted(set_aside=True), Accepted(proposal=True)):
        assert load([few], "Few", mapping(), "new", home, accepted=accepted).rows_set_aside == 4


def test_append_adds_to_the_current_version_and_counts_people_once(home: Path, tmp_path: Path) -> None:
    load([write_csv(tmp_path / "a.csv", visits(["2024-01"]))], "Visits", mapping(), "new", home)
    loaded = load([write_csv(tmp_path / "b.csv", visits(["2024-02"], race="Asian"))], "Visits", None, "append", home)
    assert rows_by_period(home) == {"2024-01": 30, "2024-02": 30}
    assert (loaded.rows_in, loaded.rows_used, loaded.rows_set_aside) == (60, 60, 0)
    assert [source.name for source in loaded.sources] == ["a.csv", "b.csv"]
    assert {c.value for c in loaded.stratifier("race").categories} == {"White", "Black", "Asian"}
    cube = open_cube(current_version(home, "Visits").folder)
    assert cube.groups(["Screened"], [], PeriodRange.parse("2024-Q1")).table["people"].tolist() == [30]
    assert not [problem for problem in loaded.problems if problem.code == "periods_overlap"]


@pytest.mark.parametrize("mode", ["new", "append", "replace"])
def test_what_differs_from_the_version_before_is_said_once(
    mode: Literal["new", "append", "replace"], home: Path, tmp_path: Path
) -> None:
    load([write_csv(tmp_path / "a.csv", visits(["2024-01"]))], "Visits", mapping(), "new", home)
    second = load([write_csv(tmp_path / "b.csv", visits(["2024-02"], 90, "Asian"))], "Visits", mapping(), mode, home)
    said = {p.code: p.message for p in second.problems if p.code in COMPARISONS}
    assert said == {
        "new_categories": "“Race” has new categories: “Asian”.",
        "vanished_categories": "“Race” no longer has: “Black”.",
        "volume_changed": "A period now has about 90 rows; it had about 30.",
    }
    third = load([write_csv(tmp_path / "c.csv", visits(["2024-03"], 91, "Asian"))], "Visits", mapping(), mode, home)
    assert not [p for p in third.problems if p.code == "new_categories"]


def test_append_keeps_what_was_set_aside_and_orders_categories_of_both(home: Path, tmp_path: Path) -> None:
    bad = ("Screened", "?", "1", "P1", "White", "18-34")
    first, second = (
        [*visits(["2024-01"]), bad],
        [*visits(["2024-02"]), bad, ("Screened", "2024-02", "1", "P9", "White", "0-17")],
    )
    load([write_csv(tmp_path / "a.csv", first)], "Visits", mapping(), "new", home)
    loaded = load([write_csv(tmp_path / "b.csv", second)], "Visits", mapping(), "append", home)
    assert (loaded.rows_in, loaded.rows_used, loaded.rows_set_aside) == (63, 61, 2)
    assert [c.value for c in loaded.stratifier("age").categories] == ["0-17", "18-34", "35-64"]
    set_aside = pd.read_parquet(current_version(home, "Visits").folder / "set_aside.parquet")
    assert sorted(set_aside["file"]) == ["a.csv", "b.csv"]


def test_a_file_that_is_in_already_is_refused(home: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", visits(["2024-01"]))
    load([file], "Visits", mapping(), "new", home)
    again = tmp_path / "copy.csv"
    again.write_bytes(file.read_bytes())
    with pytest.raises(PlainError, match=r"copy\.csv is already in the dataset “Visits” \(as a\.csv\)"):
        load([again], "Visits", None, "append", home)
    with pytest.raises(PlainError, match=r"a\.csv and copy\.csv hold the same bytes"):
        load([file, again], "Visits", mapping(), "new", home)
    assert current_version(home, "Visits").number == 1


def test_appending_to_periods_that_have_rows_warns(home: Path, tmp_path: Path) -> None:
    load([write_csv(tmp_path / "a.csv", visits(["2024-01", "2024-02"]))], "Visits", mapping(), "new", home)
    loaded = load([write_csv(tmp_path / "b.csv", visits(["2024-02", "2024-03"], 10))], "Visits", None, "append", home)
    warning = next(problem for problem in loaded.problems if problem.code == "periods_overlap")
    assert warning.message == "The files hold 2024-02, which the dataset held already."
    assert rows_by_period(home) == {"2024-01": 30, "2024-02": 40, "2024-03": 10}


def test_replace_puts_the_new_rows_in_the_place_of_their_periods(home: Path, tmp_path: Path) -> None:
    load(
        [write_csv(tmp_path / "a.csv", visits(["2024-01", "2024-02"], race="Blakc"))], "Visits", mapping(), "new", home
    )
    loaded = load([write_csv(tmp_path / "b.csv", visits(["2024-02", "2024-03"], 10))], "Visits", None, "replace", home)
    assert rows_by_period(home) == {"2024-01": 30, "2024-02": 10, "2024-03": 10}
    assert (loaded.rows_in, loaded.rows_used) == (50, 50)
    everything = write_csv(tmp_path / "c.csv", visits(["2024-01", "2024-02", "2024-03"]))
    loaded = load([everything], "Visits", None, "replace", home)
    assert rows_by_period(home) == {"2024-01": 30, "2024-02": 30, "2024-03": 30}
    assert {c.value for c in loaded.stratifier("race").categories} == {"White", "Black"}
    assert [source.name for source in loaded.sources] == ["c.csv"]
    assert loaded.version == 3


def test_replacing_with_the_same_file_changes_nothing(home: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", visits(["2024-01"]))
    first = load([file], "Visits", mapping(), "new", home)
    second = load([file], "Visits", None, "replace", home)
    assert second == dataclasses.replace(first, version=2, created=second.created)


@pytest.mark.parametrize("mode", ["append", "replace"])
def test_the_first_load_of_a_dataset_may_be_one_that_adds(mode: str, home: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", visits(["2024-01"]))
    assert load([file], "Visits", mapping(), mode, home).version == 1  # type: ignore[arg-type]


def without(column: str, table: str) -> str:
    """The mapping without one line or table."""
    text = MAPPING.replace(column, "")
    return text.replace(table, "") if table else text


@pytest.mark.parametrize(
    ("text", "months", "sentence"),
    [
        (without('person = "patient"\n', ""), ["2024-02"], "has person ids and b.csv has none"),
        (MAPPING.replace("[stratifiers.age]", "[stratifiers.band]"), ["2024-02"], "is grouped by “age”, “band”"),
        (MAPPING, ["2024", "2025"], "b.csv holds years and the dataset holds months"),
        (without('period = "month"\n', ""), ["2024-02"], "b.csv holds no periods and the dataset holds months"),
    ],
)
def test_rows_of_another_meaning_are_not_added(
    text: str, months: list[str], sentence: str, home: Path, tmp_path: Path
) -> None:
    load([write_csv(tmp_path / "a.csv", visits(["2024-01"]))], "Visits", mapping(), "new", home)
    with pytest.raises(PlainError, match=sentence):
        load([write_csv(tmp_path / "b.csv", visits(months))], "Visits", mapping(text), "append", home)
    assert current_version(home, "Visits").number == 1


def test_without_a_mapping_the_last_one_is_used_where_its_columns_fit(home: Path, tmp_path: Path) -> None:
    load([write_csv(tmp_path / "a.csv", visits(["2024-01"]))], "Visits", mapping(), "new", home)
    load([write_csv(tmp_path / "b.csv", visits(["2024-02"]))], "Visits", None, "new", home)
    assert read_mapping(current_version(home, "Visits").folder / "mapping.toml") == mapping()
    other = write_csv(tmp_path / "c.csv", visits(["2024-03"]), "Measure name,Month,Met,Patient ID,Race,Age group")
    load([other], "Visits", None, "new", home)
    assert read_mapping(current_version(home, "Visits").folder / "mapping.toml") != mapping()


def test_person_ids_are_not_kept_and_hash_alike_within_a_dataset_only(home: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", visits(["2024-01"]))
    for name in ("One", "Two"):
        load([file], name, mapping(), "new", home)
    one, two = (set(pd.read_parquet(d.current.folder / "extract.parquet")["person"]) for d in datasets(home))
    assert len(one) == len(two) == 30
    assert not one & two
    for path in home.rglob("*"):
        assert not path.is_file() or b"P007" not in path.read_bytes()


def test_a_failed_load_leaves_nothing(home: Path, tmp_path: Path) -> None:
    empty = write_csv(tmp_path / "empty.csv", [])
    with pytest.raises(PlainError):
        load([empty], "Visits", mapping(), "new", home)
    assert everything_in(home) == set()
    load([write_csv(tmp_path / "a.csv", visits(["2024-01"]))], "Visits", mapping(), "new", home)
    before = everything_in(home)
    with pytest.raises(PlainError):
        load([empty], "Visits", mapping(), "append", home)
    assert everything_in(home) == before


def test_a_load_can_be_cancelled_at_every_step(home: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", visits(["2024-01"]))
    load([file], "Visits", mapping(), "new", home)
    before = everything_in(home)
    for patience in (0, 3, 8, 12, 16):
        answers = iter([False] * patience)
        with pytest.raises(PlainError, match="canceled: nothing was changed"):
            load([file], "Visits", mapping(), "new", home, cancelled=lambda answers=answers: next(answers, True))
        assert everything_in(home) == before


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), duckdb.IOException("Could not write: No space left")])
def test_a_full_disk_is_said_and_leaves_nothing(
    error: Exception, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr("equity.cube.build._write_cube", full)
    with pytest.raises(PlainError, match="disk that holds the data folder is full, and nothing was changed"):
        load([write_csv(tmp_path / "a.csv", visits(["2024-01"]))], "Visits", mapping(), "new", home)
    assert everything_in(home) == set()


def test_four_appends_at_once_all_stay(home: Path, tmp_path: Path) -> None:
    months = ["2024-01", "2024-02", "2024-03", "2024-04"]
    files = [write_csv(tmp_path / f"{month}.csv", visits([month])) for month in months]
    with ThreadPoolExecutor(4) as threads:
        loads = threads.map(lambda file: load([file], "Visits", mapping(), "append", home), files)
        assert sorted(loaded.version for loaded in loads) == [1, 2, 3, 4]
    assert rows_by_period(home) == dict.fromkeys(months, 30)


def test_a_load_that_must_wait_says_so_and_can_be_cancelled(home: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", visits(["2024-01"]))
    load([file], "Visits", mapping(), "new", home)
    said: list[str] = []
    with held_for_changing(home, "Visits"), pytest.raises(PlainError, match="canceled"):
        load(
            [file],
            "Visits",
            None,
            "replace",
            home,
            lambda _, words: said.append(words),
            lambda: len(said) > 2,
        )
    assert said == ["Waiting for another load into this dataset to end"] * 3
    assert current_version(home, "Visits").number == 1


def test_a_version_that_was_rolled_back_to_can_be_added_to(home: Path, tmp_path: Path) -> None:
    load([write_csv(tmp_path / "a.csv", visits(["2024-01"]))], "Visits", mapping(), "new", home)
    load([write_csv(tmp_path / "b.csv", visits(["2024-02"]))], "Visits", None, "append", home)
    roll_back(home, "Visits", 1)
    load([write_csv(tmp_path / "c.csv", visits(["2024-03"]))], "Visits", None, "append", home)
    assert rows_by_period(home) == {"2024-01": 30, "2024-03": 30}


WITHOUT_PEOPLE = """
[extract]
shape = "rows"
[columns]
measure = "measure"
period = "month"
x = "met"
[stratifiers.race]
column = "race"
label = "Race"
[measures."Screened"]
kind = "proportion"
polarity = "higher_better"
"""
NURSERY = """
import os, sys
from pathlib import Path
from equity.intake.proposal.mapping.mapping_file import read_mapping
from equity.loading import load
for line in sys.stdin:
    home, mapping, *files = map(Path, line.rstrip().split("\t"))
    if not (home.parent / "warm").exists():
        load(files[:1], "Visits", read_mapping(mapping), "new", home.parent / "warm")
    child = os.fork()
    if child == 0:
        for file in files:
            load([file], "Visits", read_mapping(mapping), "append", home)
            print(file.stem, flush=True)
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("over", flush=True)
"""


def test_killed_at_any_moment_a_load_loses_nothing_and_shows_nothing_half_done(home: Path, tmp_path: Path) -> None:
    """Fifty processes that load file after file are killed at random moments within the time that a load takes."""
    chance = random.Random(11)
    described = tmp_path / "mapping.toml"
    described.write_text(mapping_to_toml(mapping(WITHOUT_PEOPLE)), encoding="utf-8")
    files = [write_csv(tmp_path / f"{month}.csv", visits([month], 3)) for month in months_from(2000, 300)]
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as nursery:
        kept = _load_until_killed(nursery, [home, described, files[0]], None)
        patience, killed_at_work = 0.0, 0
        for number in range(50):
            waiting = [file for file in files if file.stem not in kept][:20]
            if number % 10 == 0:
                # A machine with other work grows slower: what a load takes is measured anew by one that nobody kills.
                before = time.monotonic()
                kept |= _load_until_killed(nursery, [home, described, waiting.pop(0)], None)
                patience = 1.2 * (time.monotonic() - before)
            done = _load_until_killed(nursery, [home, described, *waiting], chance.random() * patience)
            killed_at_work += bool(list((home / "staging").iterdir()))
            held = rows_by_period(home)
            assert kept | done <= held.keys() <= kept | {file.stem for file in waiting}
            assert set(held.values()) == {3}
            kept = set(held)
    assert killed_at_work > 10
    assert len(kept) > 4
    for version in datasets(home)[0].versions:
        assert len(list(version.folder.iterdir())) == 7
        assert version.description().rows_used == 3 * version.number
    load(files[-1:], "Visits", mapping(WITHOUT_PEOPLE), "append", home)
    assert list((home / "staging").iterdir()) == []


def months_from(year: int, count: int) -> list[str]:
    return [f"{year + i // 12}-{1 + i % 12:02}" for i in range(count)]


def _load_until_killed(nursery: subprocess.Popen[str], words: list[Path], seconds: float | None) -> set[str]:
    """Have a child load file after file, kill it after a while (None: never), and give the files it said are done."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write("\t".join(map(str, words)) + "\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    lines = iter(nursery.stdout.readline, "over\n")
    return {line.strip() for line in lines}


def test_what_load_gives_back_is_what_the_version_says(home: Path, tmp_path: Path) -> None:
    loaded = load([write_csv(tmp_path / "a.csv", visits(["2024-01"]))], "  Visits ", mapping(), "new", home)
    folder = current_version(home, "Visits").folder
    assert Description.from_json((folder / "description.json").read_text(encoding="utf-8")) == loaded


UNGROUPED = """
[extract]
shape = "counts"
only_over_time = true
[columns]
period = "month"
x = "met"
n = "patients"
measure = { value = "Screened" }
[measures.Screened]
polarity = "higher_better"
"""


def ungrouped_file(folder: Path) -> Path:
    lines = [f"2024-{month:02d},{200 + month},{90 + month}" for month in range(1, 13)]
    path = folder / "clinic.csv"
    path.write_text("\n".join(["month,patients,met", *lines]), encoding="utf-8")
    return path


def test_a_file_in_which_nothing_groups_people_waits_for_a_word(tmp_path: Path) -> None:
    file = ungrouped_file(tmp_path)
    with pytest.raises(PlainError, match=r"^clinic\.csv: no column that groups people.*only_over_time = true"):
        load([file], "Clinic", None, "new", tmp_path / "home")
    assert datasets(tmp_path / "home") == ()


def test_everyone_is_one_group_where_the_mapping_says_so(tmp_path: Path) -> None:
    held = load([ungrouped_file(tmp_path)], "Clinic", mapping(UNGROUPED), "new", tmp_path / "home")
    assert [(s.name, s.groups) for s in held.stratifiers] == [("everyone", ("Everyone",))]
    assert (held.rows_used, held.rows_set_aside) == (12, 0)
    cube = open_cube(current_version(tmp_path / "home", "Clinic").folder)
    found = cube.groups(["Screened"], ("everyone",), PeriodRange.parse("2024"))
    assert found.column("n").tolist() == [200 * 12 + 78]
    assert found.column("x").tolist() == [90 * 12 + 78]
