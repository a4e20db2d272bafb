"""The made-up health system, and a small table of published figures, loaded when they are absent.

Loading happens once for a home folder, beside the server; `STATUS` says how far it is, for the first page and for
health.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from equity.server import sample_edition
from equity.vocabulary import PlainError, Progress
from equity.words.labels.server import SERVER_TEXTS

FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"
SAMPLE = "Sample health system (made up)"
PUBLISHED = "US maternal deaths (published rates)"
SOURCES = {
    SAMPLE: (FOLDER / "visits.parquet", FOLDER / "mapping.toml"),
    PUBLISHED: (FOLDER / "maternal_deaths.csv", FOLDER / "maternal_deaths.mapping.toml"),
}
State = Literal["waiting", "loading", "ready", "failed"]


@dataclass
class Status:
    """How far the loading is: ``share`` from 0 to 1; ``problem`` one sentence when it failed."""

    state: State = "waiting"
    share: float = 0.0
    problem: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> bool:
        """Whether the caller is the first to begin."""
        with self.lock:
            first = self.state == "waiting"
            if first:
                self.state = "loading"
        return first


STATUS = Status()


def start_loading() -> None:
    """Load in the background, unless someone already does."""
    threading.Thread(target=load_when_absent, name="sample-data", daemon=True).start()


def load_when_absent() -> None:
    """Load what is absent; a failure is told by `STATUS` and in the log, never by an exception."""
    if not STATUS.begin():
        return
    try:
        _load()
    except PlainError as error:
        STATUS.problem, STATUS.state = str(error), "failed"
    except Exception:
        logging.getLogger(__name__).exception("The sample data could not be loaded.")
        STATUS.problem, STATUS.state = SERVER_TEXTS["the_sample_data_could"], "failed"
    else:
        STATUS.state = "ready"


def _load() -> None:
    """Load the sample once; a person who deletes it afterwards does not want it back with the next start.

    What is there of an earlier program's sample is renewed, unless people have made it theirs.
    """
    from equity.store.files.home import home_folder
    from equity.store.files.locks import exclusive_lock

    def say(share: float, words: str) -> None:
        STATUS.share = share

    home, edition = home_folder(), sample_edition.edition(SOURCES)
    mark = home / "sample_loaded"
    if mark.exists() and mark.read_text("utf-8") == edition:
        return
    with exclusive_lock(home / "sample.lock"):  # another server may have begun with the same folder
        if not mark.exists():
            _load_once(home, say)
        elif mark.read_text("utf-8") != edition:
            _renew(home, say)
        mark.write_text(edition, "utf-8")


def _load_once(home: Path, say: Progress) -> None:
    from equity.store.files.versions import datasets

    present = [held.name for held in datasets(home)]
    for name in SOURCES:
        if name not in present:
            _load_source(home, name, say)
    _put_work(home, anew=False)


def _renew(home: Path, say: Progress) -> None:
    """Datasets that hold nothing but an earlier file of the sample's, and the made-up team's work, as they are now."""
    from equity.store.files.versions import datasets

    present = datasets(home)
    for held in present:
        if held.name in SOURCES and sample_edition.is_earlier(held.current, SOURCES[held.name][0]):
            _load_source(home, held.name, say)
    if SAMPLE in (held.name for held in present):
        _put_work(home, anew=True)


def _load_source(home: Path, name: str, say: Progress) -> None:
    from equity.intake.proposal.mapping.mapping_file import read_mapping
    from equity.loading import load

    extract, mapping = SOURCES[name]
    load([extract], name, read_mapping(mapping), "new", home, say)


def _put_work(home: Path, *, anew: bool) -> None:
    """A made-up team's fifteen months on the sample: pages show how it goes, and say so.

    The data do without them.
    """
    from equity.actions.sample import sample_team
    from equity.cube import open_cube
    from equity.store.files.versions import current_version
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.workspaces import HOME_WORKSPACE

    put = sample_team.renew if anew else sample_team.put_at_first
    try:
        cube = open_cube(current_version(home, SAMPLE).folder)
        put(workspace_database(), HOME_WORKSPACE, cube)
    except PlainError as error:
        logging.getLogger(__name__).warning("%s", error)
