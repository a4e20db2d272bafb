"""A backup that somebody brings: crafted, damaged, without its store, or left unfinished by a killed program."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity.commands.line import run
from equity.store.files.versions import datasets
from equity.store.workspace import audit_log, backup_contents
from equity.store.workspace.backup import back_up, restore
from equity.store.workspace.backup_contents import is_a_name
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError
from tests.store.files.test_versions import published

Change = Callable[[tarfile.TarInfo, bytes], list[tuple[tarfile.TarInfo, bytes]]]


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home of one dataset, and a whole backup of it."""
    folder = tmp_path_factory.mktemp("backed_up")
    published(folder / "home", "Births")
    store = open_database(sqlite_url(folder / "home" / "workspace.db"))
    audit_log.record(store, HOME_WORKSPACE, LOCAL_OWNER, "uploaded", "births.csv")
    back_up(folder / "home", store, folder / "whole.tar")
    store.close()
    return folder


@pytest.fixture
def whole(backed_up: Path, tmp_path: Path) -> Path:
    """The backup, and the home that it was made of, in a folder of the test's own."""
    shutil.copytree(backed_up, tmp_path, dirs_exist_ok=True)
    return tmp_path / "whole.tar"


@pytest.fixture
def new(tmp_path: Path, sqlite_template: Path) -> Iterator[tuple[Path, Database]]:
    """An empty home with an empty store, in a folder that holds something else too."""
    (tmp_path / "safe").mkdir()
    (tmp_path / "safe" / "mine.txt").write_text("mine", encoding="utf-8")
    home = tmp_path / "safe" / "new"
    home.mkdir(mode=0o700)
    shutil.copy(sqlite_template, home / "workspace.db")
    store = open_database(sqlite_url(home / "workspace.db"))
    yield home, store
    store.close()


def rewritten(whole: Path, change: Change, listed: Callable[[dict[str, Any]], Any] = lambda raw: raw) -> Path:
    """The backup with each entry changed, and a list that says what is in it then."""
    crafted, sums = whole.with_name("crafted.tar"), {}
    with tarfile.open(whole) as source, tarfile.open(crafted, "w") as target:
        for info in source:
            content = source.extractfile(info).read()  # type: ignore[union-attr]
            if info.name == "backup.json":
                raw = json.loads(content) | {"sums": sums}
                content = json.dumps(listed(raw)).encode()
                info.size = len(content)
                target.addfile(info, io.BytesIO(content))
                continue
            for made, bytes_of in change(info, content):
                made.size = len(bytes_of) if made.isreg() else 0
                target.addfile(made, io.BytesIO(bytes_of))
                sums[made.name] = hashlib.sha256(bytes_of).hexdigest()
    return crafted


def as_it_is(info: tarfile.TarInfo, content: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
    return [(info, content)]


def beside(name: str, kind: bytes = tarfile.REGTYPE, leads_to: str = "") -> Change:
    """Every entry as it is, and before the store one more."""

    def change(info: tarfile.TarInfo, content: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        if info.name != "workspace.db":
            return [(info, content)]
        more = tarfile.TarInfo(name)
        more.type, more.linkname, more.mode = kind, leads_to, 0o644
        return [(more, b"written by a stranger"), (info, content)]

    return change


def refused(new: tuple[Path, Database], crafted: Path) -> str:
    """What a restore says; nothing is restored, and nothing outside the new home is touched."""
    home, store = new
    with pytest.raises(PlainError) as said:
        restore(home, store, crafted)
    assert datasets(home) == ()
    assert audit_log.entries(store, HOME_WORKSPACE) == ()
    assert list((home / "staging").iterdir()) == []
    assert {path.name for path in home.parent.iterdir()} == {"mine.txt", "new"}
    assert (home.parent / "mine.txt").read_text(encoding="utf-8") == "mine"
    return str(said.value)


NAMES = (
    "../../outside",
    "datasets/../../../outside",
    "/tmp/outside-of-everything",
    "datasets/x/versions/000001/../../../../outside",
    "datasets/x\\..\\..\\outside",
    "datasets//x/y",
    "datasets/./x/y",
    "datasets/.hidden/y",
    "datasets/x",
    "releases",
    "elsewhere/x/y",
    "log.newest",
    "staging/x/y",
    "datasets/x/\x1b[2J",
    "datasets/x/\u202egnp.exe",
    "datasets/" + "deep/" * 40 + "y",
    "datasets/x/" + "y" * 300,
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_backup_has_is_refused(whole: Path, new: tuple[Path, Database], name: str) -> None:
    said = refused(new, rewritten(whole, beside(name)))
    assert "which no backup of this program does" in said or "no whole backup" in said
    assert said.isprintable()


@pytest.mark.parametrize(
    ("kind", "leads_to"),
    [
        (tarfile.SYMTYPE, "/etc"),
        (tarfile.SYMTYPE, "../../../../safe/mine.txt"),
        (tarfile.LNKTYPE, "/etc/hostname"),
        (tarfile.LNKTYPE, "../../safe/mine.txt"),
        (tarfile.LNKTYPE, "workspace.db"),
        (tarfile.FIFOTYPE, ""),
        (tarfile.CHRTYPE, ""),
        (tarfile.BLKTYPE, ""),
        (tarfile.DIRTYPE, ""),
        (tarfile.GNUTYPE_SPARSE, ""),
    ],
)
def test_links_and_devices_are_refused(whole: Path, new: tuple[Path, Database], kind: bytes, leads_to: str) -> None:
    refused(new, rewritten(whole, beside("datasets/x/link", kind, leads_to)))


def test_a_link_that_later_names_go_through_is_refused(whole: Path, new: tuple[Path, Database]) -> None:
    """The escape that unpacking by a library allowed: a link, and a file below it."""

    def change(info: tarfile.TarInfo, content: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        if info.name != "workspace.db":
            return [(info, content)]
        link, below = tarfile.TarInfo("datasets/x"), tarfile.TarInfo("datasets/x/mine.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "../../../.."
        return [(link, b""), (below, b"stranger"), (info, content)]

    refused(new, rewritten(whole, change))


@pytest.mark.parametrize("gone", [["../../.."], ["/"], ["."], [".."], ["births-x/../.."], [""], "births", [1], None])
def test_what_a_backup_calls_gone_is_a_folder_of_its_own(whole: Path, new: tuple[Path, Database], gone: Any) -> None:
    assert "no whole backup" in refused(new, rewritten(whole, as_it_is, lambda raw: raw | {"gone": gone}))


@pytest.mark.parametrize(
    "odd",
    [
        {"format": "1"},
        {"format": True},
        {"format": None},
        {"created": 7},
        {"created": "x" * 500},
        {"created": "\x1b[31m"},
        {"sums": []},
        {"sums": {"datasets/x/y": 5}},
        {"sums": {"../x": "0" * 64}},
        {"log": 5},
        {"log": {"number": "5", "chain": ""}},
        {"log": {"number": 5, "chain": None}},
    ],
)
def test_odd_kinds_in_the_list_are_a_sentence(whole: Path, new: tuple[Path, Database], odd: dict[str, Any]) -> None:
    refused(new, rewritten(whole, as_it_is, lambda raw: raw | odd))


@pytest.mark.parametrize("text", ["[]", "7", "[" * 100_000, "{}", "\xff", '{"format": 1e999}'])
def test_a_list_that_is_none_is_a_sentence(whole: Path, new: tuple[Path, Database], text: str) -> None:
    crafted = whole.with_name("list.tar")
    with tarfile.open(crafted, "w") as tar:
        info, content = tarfile.TarInfo("backup.json"), text.encode("latin-1")
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
    refused(new, crafted)


def test_a_file_twice_is_refused(whole: Path, new: tuple[Path, Database]) -> None:
    refused(new, rewritten(whole, lambda info, content: [(info, content), (info, content)]))


def test_a_packed_tar_is_refused_unread(whole: Path, new: tuple[Path, Database]) -> None:
    import gzip

    packed = whole.with_name("packed.tar")
    packed.write_bytes(gzip.compress(whole.read_bytes()))
    assert "no whole backup" in refused(new, packed)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_store_that_cannot_be_read_is_a_sentence(whole: Path, new: tuple[Path, Database], content: bytes) -> None:
    crafted = rewritten(whole, lambda info, was: [(info, content if info.name == "workspace.db" else was)])
    refused(new, crafted)


def test_without_its_store_a_backup_is_restored_only_when_that_is_asked_for(
    whole: Path, new: tuple[Path, Database]
) -> None:
    crafted = rewritten(whole, lambda info, was: [] if info.name == "workspace.db" else [(info, was)])
    assert "--files-only" in refused(new, crafted)
    home, store = new
    assert restore(home, store, crafted, files_only=True).datasets == ("Births",)


def test_a_log_that_was_cut_before_it_was_packed_is_refused(whole: Path, new: tuple[Path, Database]) -> None:
    crafted = rewritten(whole, as_it_is, lambda raw: raw | {"log": {"number": 9, "chain": "0" * 64}})
    assert "another log" in refused(new, crafted)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("ab./\\~-_ \x00\n"), max_size=30).map(lambda tail: f"datasets/{tail}"))
def test_a_name_that_is_taken_stays_in_its_folder(name: str) -> None:
    if is_a_name(name):
        inside = Path("/home/work")
        assert os.path.normpath(inside / name) == str(inside / name)
        assert (inside / name).is_relative_to(inside / "datasets")


def test_what_a_killed_backup_left_is_taken_up_and_the_log_says_begun(whole: Path, tmp_path: Path) -> None:
    store = open_database(sqlite_url(tmp_path / "home" / "workspace.db"))
    part = tmp_path / ".again.tar.part"
    code = (
        "import os, sys; from pathlib import Path\n"
        "from equity.store.workspace import backup\n"
        "from equity.store.workspace.database import open_database, sqlite_url\n"
        "backup._Writing.everything = lambda *_: os._exit(9)\n"
        "home = Path(sys.argv[1])\n"
        "backup.back_up(home, open_database(sqlite_url(home / 'workspace.db')), home.parent / 'again.tar')"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "home")], check=False)
    assert (killed.returncode, part.exists()) == (9, True)
    newest = audit_log.entries(store, HOME_WORKSPACE)[0]
    assert (newest.action, newest.subject, newest.details) == ("backed_up", "again.tar", {"step": "begun"})
    back_up(tmp_path / "home", store, tmp_path / "again.tar")
    assert not part.exists()
    assert audit_log.entries(store, HOME_WORKSPACE)[0].details["step"] == "done"
    store.close()


def test_two_backups_to_one_file_do_not_meet(whole: Path, tmp_path: Path) -> None:
    store = open_database(sqlite_url(tmp_path / "home" / "workspace.db"))
    from equity.store.workspace.backup import _part_of_ours

    with _part_of_ours(tmp_path / ".again.tar.part"), pytest.raises(PlainError, match="written right now"):
        back_up(tmp_path / "home", store, tmp_path / "again.tar")
    store.close()


def test_the_command_says_one_line(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "empty"))
    assert run(["restore", str(rewritten(whole, beside("../../outside")))]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_a_backup_may_hold_is_what_one_holds(whole: Path) -> None:
    with tarfile.open(whole) as tar:
        names = [info.name for info in tar]
    assert backup_contents.LIST in names
    assert all(is_a_name(name) for name in names)
    assert {info for info in names if "/" not in info} <= set(backup_contents.ALONE)
