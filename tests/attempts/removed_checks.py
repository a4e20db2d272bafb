"""Each check that keeps a reader from what is not theirs is taken away in a copy, and a test fails: or it is said.

``python -m tests.attempts.removed_checks [WORD …]`` copies the program to its own folder for each of `CHECKS`, takes
the check away, runs the tests that hold it, and tells whether one failed; with words, only for lines whose file or
check has one of them. It takes half an hour, so it is no part of the suite; that each line still fits the program is
(`test_removed_checks.py`).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MATRIX = "tests/attempts/test_who_opens_what.py"
ADDRESSES = "tests/attempts/test_every_address.py"
ACTIONS = "tests/attempts/test_every_action.py"


@dataclass(frozen=True)
class Check:
    """A check: where it stands, what stands there, what is left without it, and the tests that must fail then."""

    file: str
    stands: str
    without: str
    tests: str = MATRIX


CHECKS = (
    Check(
        "equity/access/opens.py",
        "if not reader.workspace or belongs_to(database, thing) != reader.workspace:",
        "if False:",
    ),
    Check("equity/access/opens.py", "noun.pinned_by is not None and noun.pinned_by(reader) == thing.id", "True"),
    Check("equity/access/opens.py", "return pinned and still_open(database, reader)", "return pinned"),
    Check("equity/access/opens.py", "return may(database, reader.person, reader.workspace, noun.needs)", "return True"),
    Check(
        "equity/ui/sharing/leader_parts.py",
        "    require_open(sign_in.database(), held, opens.release(release.id, release.dataset))\n",
        "",
    ),
    Check(
        "equity/ui/sharing/leader_parts.py",
        "    require_open(place.database, place, opens.release(release.id, release.dataset))\n",
        "",
    ),
    Check(
        "equity/ui/sharing/leader_parts.py",
        "        require_open(database, who, opens.release(release.id, release.dataset))\n",
        "",
    ),
    Check(
        "equity/ui/datasets/in_memory.py",
        "    require_open(who.database, who, opens.dataset(name))\n",
        "    return\n",
    ),
    Check(
        "equity/ui/datasets/in_memory.py",
        'has none of that name."""\n    _refuse_foreign(name)\n',
        'has none of that name."""\n',
    ),
    Check(
        "equity/ui/datasets/in_memory.py",
        'the current version of a dataset holds."""\n    _refuse_foreign(name)\n',
        'the current version of a dataset holds."""\n',
    ),
    Check(
        "equity/ui/datasets/in_memory.py",
        'from a deleted namesake."""\n    _refuse_foreign(name)\n    folder',
        'from a deleted namesake."""\n    folder',
    ),
    Check(
        "equity/release/shelf.py",
        "    if release.revoked:\n        raise PlainError(",
        "    if False:\n        raise PlainError(",
    ),
    Check(
        "equity/store/workspace/ownership.py",
        "    return row if row == written else NOBODY\n",
        "    return row\n",
        "tests/attempts/test_whose_data.py",
    ),
    Check(
        "equity/ui/entrance.py",
        "    if not visitor.may(entry.needs):\n",
        "    if False:\n",
        "tests/pages/test_who_may_see_what.py",
    ),
    Check(
        "equity/sharing.py",
        "    if belongs_to(database, opens.release(release.id, release.dataset)) != workspace:\n",
        "    if False:\n",
    ),
    Check(
        "equity/sharing.py",
        "    if belongs_to(database, opens.dataset(dataset)) != workspace:\n",
        "    if False:\n",
    ),
    Check(
        "equity/actions/calls/live_calls.py",
        "    require_open(place.database, place, opens.call(call_id))\n",
        "",
    ),
    Check(
        "equity/actions/calls/call_opening.py",
        "    require_open(place.database, place, opens.call(call.id))\n    return log.key_for",
        "    return log.key_for",
    ),
    Check(
        "equity/actions/calls/call_opening.py",
        "admission.call.id != call.id or",
        "",
        ADDRESSES,
    ),
    Check(
        "equity/actions/calls/call_opening.py",
        '    return access.may(database, person(database, admission.given_to), call.workspace, "lead_call")\n',
        "    return True\n",
        ADDRESSES,
    ),
    Check(
        "equity/actions/sources.py",
        "        return open_release_in(self.place.database, self.home, self.place.workspace, self.release_id)\n",
        "        return opened(self.home, self.release_id)\n",
        ADDRESSES,
    ),
    Check(
        "equity/server/calls/pictures.py",
        'if reader == "release" and self._is_closed():',
        "if False:",
        "tests/server/calls/test_calls.py",
    ),
    Check(
        "equity/actions/calls/call_voices.py",
        "    by_its_id = not written.participant and client_id",
        "    by_its_id = client_id",
        ADDRESSES,
    ),
    Check(
        "equity/server/calls/addresses.py",
        "if admitted is None or (self.only_releases and not admitted.call.release_id):",
        "if admitted is None:",
        ADDRESSES,
    ),
    Check(
        "equity/server/calls/addresses.py",
        '        if access.may(database, person, call.workspace, "see_workspace"):\n',
        "        if person is not None:\n",
        ADDRESSES,
    ),
    Check(
        "equity/server/downloads.py",
        "    if person is None or person.id != offer.person.id:\n",
        "    if person is None:\n",
        ADDRESSES,
    ),
    Check(
        "equity/server/upload.py",
        "holder is None or person is None or person.id != holder.person.id",
        "holder is None or person is None",
        ADDRESSES,
    ),
    Check(
        "equity/store/records/shelf.py",
        "row is not None and row.workspace_id == workspace and row.noun == noun.name else None",
        "row is not None and row.noun == noun.name else None",
        ACTIONS,
    ),
    Check(
        "equity/store/records/shelf.py",
        "    of_noun = and_(RecordRow.workspace_id == workspace, RecordRow.noun == noun.name)\n",
        "    of_noun = and_(RecordRow.noun == noun.name)\n",
        ACTIONS,
    ),
    Check(
        "equity/actions/work/aims.py",
        '    require(here.database, here.person, here.workspace, "decide")\n    return shelf.add(',
        "    return shelf.add(",
        ACTIONS,
    ),
    Check(
        "equity/actions/local_owner.py",
        "    if workspace == NOBODY:\n",
        "    if False:\n",
        "tests/attempts/test_every_command.py",
    ),
)


SAID = {0: "UNHELD", 1: "held"}


def noticed(check: Check) -> str:
    """Whether the tests fail without the check: held, UNHELD, or that they could not be run."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in tracked.stdout.splitlines():
            target = Path(folder) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
        changed = Path(folder) / check.file
        text = changed.read_text(encoding="utf-8")
        assert text.count(check.stands) == 1, (check.file, check.stands)
        changed.write_text(text.replace(check.stands, check.without), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", check.tests]
        return SAID.get(subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode, "NOT RUN")


def main(words: Sequence[str]) -> int:
    """Tell of each check whether a test holds it; 1 when one is held by none."""
    held, asked = 0, [c for c in CHECKS if not words or any(word in c.file or word in c.stands for word in words)]
    for check in asked:
        found = noticed(check)
        held += found == "held"
        print(f"{found:7}", check.file, check.stands.strip().splitlines()[-1].strip(), flush=True)
    print(f"{held} of {len(asked)} are held by a test.")
    return int(held < len(asked))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
