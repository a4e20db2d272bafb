"""A share package: read as one page, taken in whole or refused in one sentence, and never twice."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from equity.access.here import Here
from equity.actions.network import membership, packaging, sharing
from equity.actions.network.told import Wish
from equity.actions.work import aims as aim_actions
from equity.actions.work import drivers as driver_actions
from equity.export.share_package import package_page
from equity.improvement.aims import Aim
from equity.improvement.drivers import Driver, put
from equity.network import packages
from equity.network.cohorts import Cohort
from equity.network.comparison import Comparison, RateAsked
from equity.network.nouns import BELONGING, COMPARISON, MEMBER, SHARED_PIECE
from equity.network.packages import opened
from equity.release.shelf import Release
from equity.sharing import take_back as revoke
from equity.store.files.sharing_key import KEY_FILE
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.backup import back_up, restore
from equity.store.workspace.database import open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import UNNAMED
from equity.vocabulary import PlainError
from tests.network.servers import Server, begin, furnish, server

HOSTILE = '</script><img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, Server, Here, Here, Kept[Cohort], Release]:
    """A cohort on one server; a team with a release on another."""
    folder = tmp_path_factory.mktemp("packages")
    ours, theirs = server(folder / "ours"), server(folder / "theirs")
    cohort, kept = begin(ours)
    team, release = furnish(theirs, "Cedar clinic", folder, seed=3)
    return ours, theirs, cohort, team, kept, release


class Sent:
    """A team elsewhere that shares a release, and a facilitator who trusts its key."""

    def __init__(self, furnished: tuple[Server, Server, Here, Here, Kept[Cohort], Release]) -> None:
        self.ours, self.theirs, self.cohort, self.team, self.kept, self.release = furnished
        self.belonging = membership.join_elsewhere(self.team, self.kept.id, self.kept.content.title)
        self.share(Wish("release", self.release.id))

    def share(self, wish: Wish, *, numbers_are_meant: bool = False) -> None:
        at, home = self.belonging, self.theirs.home
        sharing.share(self.team, home, at, wish, numbers_are_meant=numbers_are_meant)

    def export(self) -> bytes:
        return packaging.export_package(self.team, self.theirs.home, self.belonging.id)

    def trust(self) -> None:
        if not membership.trusted_keys(self.cohort):
            fingerprint = packaging.own_fingerprint(self.team, self.theirs.home)
            membership.trust_key(self.cohort, "Cedar's server", fingerprint.replace(" ", "-").upper())

    def pieces(self) -> list[str]:
        found = shelf.listed(self.ours.database, self.cohort.workspace, SHARED_PIECE)
        return sorted(kept.content.kind for kept in found)


@pytest.fixture
def sent(furnished: tuple[Server, Server, Here, Here, Kept[Cohort], Release]) -> Iterator[Sent]:
    made = Sent(furnished)
    yield made
    membership.leave(made.team, shelf.one(made.theirs.database, made.team.workspace, BELONGING, made.belonging.id))
    for kept in shelf.listed(made.ours.database, made.cohort.workspace, MEMBER):
        membership.remove_team(made.cohort, kept)
        where = (made.ours.database, made.cohort.workspace, MEMBER, kept.id)
        seen = shelf.one(*where).version
        shelf.withdraw(*where, seen_version=seen, by=LOCAL_OWNER)
    for key in membership.trusted_keys(made.cohort):
        membership.distrust_key(made.cohort, key)


def test_a_key_is_trusted_once_and_then_a_package_is_taken(sent: Sent) -> None:
    content = sent.export()
    own = packaging.own_fingerprint(sent.team, sent.theirs.home)
    with pytest.raises(PlainError, match="not trusted here") as refused:
        packaging.import_package(sent.cohort, content)
    assert own in str(refused.value)
    assert sent.pieces() == []
    assert opened(content).fingerprint == own
    sent.trust()
    with pytest.raises(PlainError, match="trusted already"):
        membership.trust_key(sent.cohort, "Again", own)
    done = packaging.import_package(sent.cohort, content)
    assert (done.is_new, done.added, done.gone, done.key_name) == (True, 1, 0, "Cedar's server")
    assert sent.pieces() == ["release"]
    (team,) = membership.teams(sent.cohort)
    assert (team.content.name, team.content.standing is not None) == ("Cedar clinic", True)


def test_a_team_elsewhere_without_a_name_is_called_as_its_server_is(sent: Sent) -> None:
    """Every server begins with a workspace of the same name: in the gallery it would read as one's own."""
    sent.trust()
    packaging.import_package(sent.cohort, resigned(sent, name=UNNAMED))
    (team,) = membership.teams(sent.cohort)
    assert team.content.name == "Cedar's server"


def test_a_newer_package_takes_the_place_and_no_earlier_one_comes_back(sent: Sent) -> None:
    sent.trust()
    first = sent.export()
    packaging.import_package(sent.cohort, first)
    with pytest.raises(PlainError, match="here already"):
        packaging.import_package(sent.cohort, first)
    for share in sharing.shares(sent.team, sent.belonging):
        sharing.take_back(sent.team, sent.belonging, share)
    second = sent.export()
    done = packaging.import_package(sent.cohort, second)
    assert (done.is_new, done.gone) == (False, 1)
    assert sent.pieces() == []
    with pytest.raises(PlainError, match="older than what is here"):
        packaging.import_package(sent.cohort, first)
    (team,) = membership.teams(sent.cohort)
    membership.remove_team(sent.cohort, team)
    with pytest.raises(PlainError, match="has left"):
        packaging.import_package(sent.cohort, sent.export())


def test_a_package_of_another_cohort_is_refused(sent: Sent) -> None:
    sent.trust()
    elsewhere, _ = begin(sent.ours, "Another cohort")
    membership.trust_key(elsewhere, "Cedar", packaging.own_fingerprint(sent.team, sent.theirs.home))
    with pytest.raises(PlainError, match="another cohort"):
        packaging.import_package(elsewhere, sent.export())
    assert not membership.teams(elsewhere)


def test_not_one_byte_can_be_changed(sent: Sent) -> None:
    """Every place in the file is tried with another byte, a sample of them here and the edges always."""
    sent.trust()
    content = sent.export()

    @given(st.integers(0, len(content) - 1), st.integers(1, 255))
    @example(0, 1)
    @example(len(content) - 1, 1)
    @example(content.index(b"<h2>") + 5, 1)
    @example(content.index(b"equity-package") + 20, 1)
    @example(content.index(b"equity-signature") + 20, 1)
    @settings(max_examples=60, derandomize=True, database=None, deadline=None)
    def changed(place: int, by: int) -> None:
        other = bytearray(content)
        other[place] = (other[place] + by) % 256
        with pytest.raises(PlainError):
            packages.opened(bytes(other))

    changed()
    for wrong in (b"", b"<html></html>", content + b" ", content[:-1], content[1:], content.replace(b"\n", b"\r\n")):
        with pytest.raises(PlainError):
            packaging.import_package(sent.cohort, wrong)
    assert sent.pieces() == []


def test_a_package_signed_by_another_or_too_large_is_refused(sent: Sent) -> None:
    sent.trust()
    content = sent.export()
    page = content[: content.rindex(b"\n<!-- equity-signature")]
    forged = packages.signed(page, Ed25519PrivateKey.generate())
    with pytest.raises(PlainError, match="not trusted"):
        packaging.import_package(sent.cohort, forged)
    with pytest.raises(PlainError, match=r"4\.1 MB, and 4 MB are the most"):
        packaging.import_package(sent.cohort, b"x" * 4_100_000)


def resigned(sent: Sent, **changes: object) -> bytes:
    """What a trusted key signs that our own program would not write."""
    found = opened(sent.export()).package
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex((sent.theirs.home / KEY_FILE).read_text()))
    made = replace(found, **changes)  # type: ignore[arg-type]
    return packages.signed(packages.held_by_the_page(made).encode(), key)


def test_what_a_trusted_key_signs_is_looked_at_all_the_same(sent: Sent) -> None:
    sent.trust()
    piece = opened(sent.export()).package.pieces[0]
    told = piece.release
    assert told is not None
    row = told.rows[0]
    wrong_rows = [(9, *row[1:]), (*row[:4], -5.0, *row[5:]), (*row[:7], 1.4, *row[8:]), (*row[:5], 1e9, *row[6:])]
    for wrong in wrong_rows:
        other = replace(piece, release=replace(told, rows=(wrong,)))
        with pytest.raises(PlainError, match="none can be"):
            packaging.import_package(sent.cohort, resigned(sent, pieces=(other,)))
    for changes, said in (
        ({"form": 2}, "form 2"),
        ({"pieces": (piece, piece)}, "twice"),
        ({"made": "soon"}, "day"),
        ({"pieces": (replace(piece, shared="never"),)}, "none can be"),
        ({"pieces": (replace(piece, title="x" * 250_000),)}, "too long"),
    ):
        with pytest.raises(PlainError, match=said):
            packaging.import_package(sent.cohort, resigned(sent, **changes))
    assert sent.pieces() == []
    packaging.import_package(sent.cohort, resigned(sent, name=HOSTILE, pieces=(replace(piece, title=HOSTILE),)))
    assert HOSTILE not in package_page(packages.Package("i", "c", "t", HOSTILE, "2026-11-30", 1, ()), HOSTILE).decode()


def test_the_page_is_for_people_and_hides_what_the_release_hides(sent: Sent) -> None:
    content = sent.export().decode()
    told = json.loads(base64.b64decode(re.findall(r'id="equity-package">([^<]*)<', content)[0]))
    rows = told["pieces"][0]["release"]["rows"]
    assert {row[2] for row in rows} == {"", "Black", "White"}  # one is small, and one hides it
    assert "default-src 'none'" in content
    assert "<table>" in content
    assert "Native Hawaiian" not in content
    cells = sent.release.cells().dropna(subset=["x", "n"])
    known = {(float(n), float(x)) for n, x in zip(cells["n"], cells["x"], strict=True)}
    assert {(row[4], row[5]) for row in rows} <= known


def test_what_was_revoked_leaves_with_the_next_package(sent: Sent, tmp_path: Path) -> None:
    team, release = furnish(sent.theirs, "Mill clinic", tmp_path, seed=4)
    at = membership.join_elsewhere(team, sent.kept.id, "Cohort")
    sharing.share(team, sent.theirs.home, at, Wish("release", release.id))
    revoke(sent.theirs.database, sent.theirs.home, team.workspace, release.id, by=LOCAL_OWNER)
    assert packages.opened(packaging.export_package(team, sent.theirs.home, at.id)).package.pieces == ()
    with pytest.raises(PlainError, match="revoked"):
        sharing.share(team, sent.theirs.home, at, Wish("release", release.id))


def test_rates_that_a_package_takes_back_or_changes_take_their_pictures_down(sent: Sent) -> None:
    sent.trust()
    packaging.import_package(sent.cohort, sent.export())
    (team,) = membership.teams(sent.cohort)
    place = (sent.ours.database, sent.cohort.workspace, COMPARISON)
    asked = RateAsked("Controlled blood pressure", period="2024")
    held, other = (
        shelf.add(*place, Comparison(asked, "2026-11-02", (), marks={member: "put in"}), by=LOCAL_OWNER)
        for member in (team.id, "somebody else")
    )
    packaging.import_package(sent.cohort, sent.export())
    assert not shelf.one(*place, held.id).content.taken_down
    for share in sharing.shares(sent.team, sent.belonging):
        sharing.take_back(sent.team, sent.belonging, share)
    packaging.import_package(sent.cohort, sent.export())
    assert shelf.one(*place, held.id).content.taken_down
    assert not shelf.one(*place, other.id).content.taken_down


def test_typed_numbers_are_pointed_out_before_anything_is_shared(sent: Sent) -> None:
    aim = aim_actions.begin_aim(sent.team, Aim(measure="Controlled blood pressure"))
    drawn = driver_actions.begin_diagram(sent.team, aim.id)
    diagram = put(drawn.content, Driver("1", "primary", "3 of our 5 patients wait"), (), ())
    driver_actions.save_diagram(sent.team, drawn, diagram)
    wish = Wish("drivers", aim.id)
    assert sharing.prepare(sent.team, sent.theirs.home, wish).numbers == ("3 of our 5 patients wait",)
    with pytest.raises(PlainError, match="say that it is meant"):
        sent.share(wish)
    sent.share(wish, numbers_are_meant=True)
    kinds = [piece.kind for piece in opened(sent.export()).package.pieces]
    assert kinds == ["release", "drivers"]


def test_the_key_is_secret_and_comes_back_from_a_backup(sent: Sent, tmp_path: Path) -> None:
    own = packaging.own_fingerprint(sent.team, sent.theirs.home)
    assert (sent.theirs.home / KEY_FILE).stat().st_mode & 0o077 == 0
    back_up(sent.theirs.home, sent.theirs.database, tmp_path / "all.tar")
    (tmp_path / "new").mkdir()
    again = open_database(sqlite_url(tmp_path / "new" / "workspace.db"), tmp_path / "new")
    restore(tmp_path / "new", again, tmp_path / "all.tar")
    assert packaging.own_fingerprint(replace(sent.team, database=again), tmp_path / "new") == own
    (tmp_path / "new" / KEY_FILE).write_text("nonsense")
    with pytest.raises(PlainError, match="put it back"):
        packaging.own_fingerprint(replace(sent.team, database=again), tmp_path / "new")
