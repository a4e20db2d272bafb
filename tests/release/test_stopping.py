"""A release that ends before its end: cancelled, interrupted, or refused because it would give counts away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equity.release import create
from equity.release.controlled import AT_ONCE
from equity.release.create import audit, create_release, preview
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import discard, find, releases
from equity.release.watch import ReleaseCancelled
from equity.vocabulary import PlainError
from tests.release.made_up import cube_of, description_of, random_rows, save_version

STRATA = ("s1", "s2", "s3")
PLAN = Plan(STRATA, "quarter", "year")


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = random_rows(9, 700, months=12, strata=(4, 3, 2))
    folder = tmp_path_factory.mktemp("versions") / "000001"
    return save_version(folder, cube_of(rows, STRATA, "month"), description_of(rows, STRATA, "month"))


def left_in(home: Path) -> list[str]:
    """Files below a home folder, locks left out."""
    return [path.name for path in home.rglob("*") if path.is_file() and "lock" not in path.name]


def test_it_says_how_far_it_is(version: Path, tmp_path: Path) -> None:
    said: list[tuple[float, str]] = []
    create_release(version, PLAN, policy_of("cms"), tmp_path, progress=lambda share, words: said.append((share, words)))
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] > 0.9
    assert "Hiding and checking “Control”" in [words for _, words in said]


@pytest.mark.parametrize("after", [0, 1, 5, 40])
def test_cancelled_at_any_time_leaves_nothing(version: Path, tmp_path: Path, after: int) -> None:
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > after

    with pytest.raises(ReleaseCancelled, match="nothing was released"):
        create_release(version, PLAN, policy_of("cms"), tmp_path, cancelled=cancelled)
    assert after < len(asked) <= after + 1 + AT_ONCE  # each family that is being worked on asks once more at most
    assert left_in(tmp_path) == []
    with pytest.raises(ReleaseCancelled):
        preview(version, PLAN, policy_of("cms"), tmp_path, cancelled=lambda: True)


def test_one_processor_and_several_hide_the_same(
    version: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hidden_by(processors: int) -> bytes:
        monkeypatch.setattr("os.cpu_count", lambda: processors)
        home = tmp_path / str(processors)
        made = create_release(version, PLAN, policy_of("cms"), home)
        return (home / "releases" / made.id / "cube.parquet").read_bytes()

    assert hidden_by(1) == hidden_by(4)


def test_interrupted_while_it_writes_leaves_nothing(
    version: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("equity.release.shelf.fsync_tree", interrupted)
        with pytest.raises(KeyboardInterrupt):
            create_release(version, PLAN, policy_of("cms"), tmp_path)
    assert left_in(tmp_path) == []
    made = create_release(version, PLAN, policy_of("cms"), tmp_path)
    assert releases(tmp_path) == (made,)


def test_a_release_that_nobody_was_told_of_can_be_removed(version: Path, tmp_path: Path) -> None:
    made = create_release(version, PLAN, policy_of("public"), tmp_path)
    discard(made)
    assert releases(tmp_path) == ()
    with pytest.raises(PlainError, match="no such release"):
        find(tmp_path, made.id)


def test_counts_that_an_earlier_release_gives_away_stop_the_next(version: Path, tmp_path: Path) -> None:
    first = create_release(version, PLAN, policy_of("cms", 4), tmp_path)
    with pytest.raises(PlainError) as refused:
        create_release(version, PLAN, policy_of("cms", 40), tmp_path)
    said = str(refused.value)
    assert re.match(r"Nothing was released: with what earlier releases show, \d+ hidden counts", said)
    assert "“Control”" in said
    assert said.count(". ") == 0
    assert releases(tmp_path) == (first,)
    again = create_release(version, PLAN, policy_of("cms", 4), tmp_path)
    assert audit(tmp_path, again.id)["pinned"] == 0


def test_ends_closer_than_the_proof_says_stop_a_release(
    version: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bounds are found another way than the proof: where the two disagree, nothing leaves."""
    monkeypatch.setattr("equity.release.audit.too_narrow", lambda part, policy: iter(()))
    monkeypatch.setattr("equity.release.audit.too_narrow_jointly", lambda *_: iter(()))
    monkeypatch.setattr("equity.release.suppression.Suppression.close", lambda self: None)
    with pytest.raises(PlainError, match="could be worked out whatever else is hidden; choose a coarser period"):
        create.create_release(version, PLAN, policy_of("cms"), tmp_path)
    assert left_in(tmp_path) == []
