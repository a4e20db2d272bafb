"""What is shared with readers outside the team, and what is taken back: a release, whose it is, and that it happened.

`equity/release` freezes numbers and knows no people; `equity/store` knows people and no numbers. Each function here
does one thing in both, in the order in which a failure half-way leaves nothing open to anybody. Whether a person may do
it is asked before (`equity/access/may.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from equity.access import opens
from equity.access.opens import NOUNS, belongs_to
from equity.release.create import Preview, create_release, preview
from equity.release.other_releases.overlapping_releases import OverlappingReleases, overlapping_releases
from equity.release.plan import Plan
from equity.release.policy import Policy
from equity.release.shelf import Release, damaged_releases, find, opened, readable_releases, revoke
from equity.store.files import dataset_deletion, versions
from equity.store.files.versions import REVOKED_ENTRY
from equity.store.workspace import links
from equity.store.workspace.database import Database
from equity.store.workspace.ownership import give_up_dataset, workspace_of_release
from equity.store.workspace.person import Person
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.replies import replies_to
from equity.store.workspace.workspaces import Erasure, erase_dataset
from equity.vocabulary import Cancelled, PlainError, Progress


@dataclass(frozen=True)
class Left:
    """A release that readers can have whether its dataset is there or not, with its open links and replies counted."""

    release: Release
    links: int
    replies: int

    def __str__(self) -> str:
        links = f"{self.links} open link{'' if self.links == 1 else 's'}"
        replies = f"{self.replies} repl{'y' if self.replies == 1 else 'ies'}"
        return f"Release {self.release.id}, made {self.release.created[:10]}: {links}, {replies}."


@dataclass(frozen=True)
class Deleted:
    """What went with a dataset (its files, and what was said about it), and the releases that stay."""

    files: dataset_deletion.Removed
    words: Erasure
    left: tuple[Left, ...]

    def __str__(self) -> str:
        return f"{self.files} {self.words.what_stays}"


def make_release(
    database: Database,
    home: Path,
    workspace: str,
    dataset: str,
    plan: Plan,
    policy: Policy,
    *,
    by: Person,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Release:
    """Freeze a release of a dataset's current version, attested by a person, and say for good whose it is.

    ``progress(share, words)`` is told how far it is; ``cancelled()`` is asked along the way.

    Raises :class:`PlainError` for a dataset of another workspace, for a plan that it cannot fill or that would give
    counts away, and when it was cancelled. However it ends before its end, there is no release.
    """
    _refuse_foreign(database, workspace, dataset)
    folder = versions.current_version(home, dataset).folder
    publisher = Publisher(database, workspace, by)
    return create_release(
        folder,
        plan,
        policy,
        home,
        by.shown_name,
        progress,
        cancelled,
        publisher,
        beside=lambda release: workspace_of_release(database, release.id, release.dataset) == workspace,
    )


def look_ahead(
    database: Database,
    home: Path,
    workspace: str,
    dataset: str,
    plan: Plan,
    policy: Policy,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Preview:
    """What a release of a dataset's current version would hide; nothing is written. Raises as :func:`make_release`."""
    _refuse_foreign(database, workspace, dataset)
    folder = versions.current_version(home, dataset).folder
    return preview(
        folder,
        plan,
        policy,
        home,
        progress,
        cancelled,
        beside=lambda release: workspace_of_release(database, release.id, release.dataset) == workspace,
    )


def overlapping_releases_of(
    database: Database, home: Path, workspace: str, dataset: str, plan: Plan
) -> tuple[OverlappingReleases, ...]:
    """Other datasets of a workspace whose releases may count some of the same people as one by this plan would.

    No audit sees two datasets together, so whoever attests a release is told of them.
    """
    _refuse_foreign(database, workspace, dataset)
    description = versions.current_version(home, dataset).description()
    return overlapping_releases(home, description, plan, releases_in(database, home, workspace))


def releases_in(database: Database, home: Path, workspace: str) -> tuple[Release, ...]:
    """The releases of a workspace, the newest first, the revoked ones too."""
    newest_first = reversed(readable_releases(home))
    return tuple(r for r in newest_first if workspace_of_release(database, r.id, r.dataset) == workspace)


def damaged_releases_in(database: Database, home: Path, workspace: str) -> tuple[str, ...]:
    """A sentence for each release of a workspace that is set apart, because its file is not as it was written."""
    damaged = damaged_releases(home)
    return tuple(str(said) for at, said in damaged if workspace_of_release(database, at.name, "?") == workspace)


def release_in(database: Database, home: Path, workspace: str, release_id: str) -> Release:
    """A release of a workspace, revoked or not; of another's it says the same as of one that never was."""
    release = find(home, release_id)
    if belongs_to(database, opens.release(release.id, release.dataset)) != workspace:
        raise PlainError(NOUNS["release"].unknown)
    return release


def open_release_in(database: Database, home: Path, workspace: str, release_id: str) -> Release:
    """A release of a workspace that readers may have: raises :class:`PlainError` for one that was revoked."""
    release_in(database, home, workspace, release_id)
    return opened(home, release_id)


def take_back(database: Database, home: Path, workspace: str, release_id: str, *, by: Person) -> int:
    """Revoke a release and close every link to it; gives how many links were closed.

    Doing so twice changes nothing, and finishes what was cut short the first time.
    """
    release = release_in(database, home, workspace, release_id)
    publisher = Publisher(database, workspace, by)
    revoke(home, release.id, publisher)
    closed = links.revoke_links_to(database, workspace, release.id, by=by)
    if (entry := release.folder / REVOKED_ENTRY).exists():
        publisher.log(entry, {"links closed": closed})
    return closed


def delete_dataset(database: Database, home: Path, workspace: str, dataset: str, *, by: Person) -> Deleted:
    """Delete what was said about a dataset, then its files, then let go of its name; the log keeps that it happened.

    Cut short in between, the files that are left are still this workspace's, and deleting them again finishes it.
    """
    _refuse_foreign(database, workspace, dataset)
    erased: list[Erasure] = []
    files = dataset_deletion.delete_dataset(
        home, dataset, first=lambda: erased.append(erase_dataset(database, workspace, dataset, by=by))
    )
    give_up_dataset(database, workspace, dataset)
    return Deleted(files, erased[0], releases_of(database, home, workspace, files.name))


def releases_of(database: Database, home: Path, workspace: str, dataset: str) -> tuple[Left, ...]:
    """The releases of a dataset that readers can have, the newest first: they outlive it, until they are revoked."""
    releases = [r for r in releases_in(database, home, workspace) if r.dataset == dataset and not r.revoked]
    open_links = [link for link in links.links_in(database, workspace) if link.state == "open"]
    return tuple(
        Left(
            release,
            sum(link.release_id == release.id for link in open_links),
            len(replies_to(database, workspace, release.id)),
        )
        for release in releases
    )


def previous_release(database: Database, home: Path, workspace: str, release: Release) -> Release | None:
    """The release of the same dataset by the same rule that came before this one and can still be opened."""
    earlier = (
        other
        for other in reversed(readable_releases(home))
        if other.dataset == release.dataset
        and (other.created, other.id) < (release.created, release.id)
        and other.policy == release.policy
        and not other.revoked
    )
    return next((r for r in earlier if workspace_of_release(database, r.id, r.dataset) == workspace), None)


def _refuse_foreign(database: Database, workspace: str, dataset: str) -> None:
    if belongs_to(database, opens.dataset(dataset)) != workspace:
        raise PlainError(NOUNS["dataset"].unknown.format(id=dataset))
