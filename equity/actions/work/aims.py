"""Aims, action by action: begin, save a draft, set, change with a reason, close, reopen. None is ever overwritten."""

from __future__ import annotations

from dataclasses import replace

from equity.access.here import Here
from equity.access.may import require
from equity.cube import Cube
from equity.improvement import aims as rules
from equity.improvement.aims import Aim
from equity.improvement.nouns import AIM
from equity.improvement.progress import Progress, group_over_time, progress
from equity.lens.answers import Trends
from equity.store.records import shelf
from equity.store.records.kept import Earlier, Kept, Readers
from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written


def aims(here: Here) -> tuple[Kept[Aim], ...]:
    """The aims of the workspace, the oldest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, AIM)


def begin_aim(here: Here, aim: Aim) -> Kept[Aim]:
    """Keep the draft of a new aim."""
    require(here.database, here.person, here.workspace, "decide")
    return shelf.add(here.database, here.workspace, AIM, replace(aim, status="draft"), by=here.person)


def save_draft(here: Here, kept: Kept[Aim], aim: Aim) -> Kept[Aim]:
    """Keep a draft as it is typed. Raises :class:`RecordConflict` when somebody saved it meanwhile."""
    require(here.database, here.person, here.workspace, "decide")
    if kept.content.status != "draft":
        raise PlainError(f"This aim is {kept.content.status}: change it with a reason instead.")
    return _save(here, kept, replace(aim, status="draft"))


def set_aim(here: Here, kept: Kept[Aim], aim: Aim, cube: Cube) -> Kept[Aim]:
    """Set a draft that has all its parts."""
    require(here.database, here.person, here.workspace, "decide")
    if kept.content.status != "draft":
        raise PlainError(f"This aim is {kept.content.status}: change it with a reason instead.")
    return _save(here, kept, rules.as_set(aim, cube.description.measure(aim.measure)))


def change_aim(here: Here, kept: Kept[Aim], aim: Aim, why: str, cube: Cube) -> Kept[Aim]:
    """Change an aim that is set; the earlier one stays in its history, and the reason is kept.

    Raises:
        PlainError: no reason was given, or a part is missing now.
    """
    require(here.database, here.person, here.workspace, "decide")
    if not is_written(why):
        raise PlainError("Write why the aim changes: the reason is kept beside the earlier aim.")
    _refuse_unless_set(kept)
    whole = rules.as_set(aim, cube.description.measure(aim.measure))
    return _save(here, kept, replace(whole, why_changed=why.strip()))


def close_aim(here: Here, kept: Kept[Aim], why: str) -> Kept[Aim]:
    """Close an aim, reached or not, with a reason."""
    require(here.database, here.person, here.workspace, "decide")
    if not is_written(why):
        raise PlainError("Write why the aim is closed: reached, replaced, or let go.")
    _refuse_unless_set(kept)
    return _save(here, kept, replace(kept.content, status="closed", why_changed=why.strip()))


def reopen_aim(here: Here, kept: Kept[Aim], why: str) -> Kept[Aim]:
    """Go on with an aim that was closed, as it stood, with a reason."""
    require(here.database, here.person, here.workspace, "decide")
    if not is_written(why):
        raise PlainError("Write why the aim is reopened: the reason is kept beside the one it was closed for.")
    if kept.content.status != "closed":
        raise PlainError("This aim is not closed: change it instead.")
    return _save(here, kept, replace(kept.content, status="set", why_changed=why.strip()))


def _refuse_unless_set(kept: Kept[Aim]) -> None:
    if kept.content.status == "closed":
        raise PlainError("This aim is closed: reopen it first.")
    if kept.content.status == "draft":
        raise PlainError("This aim is a draft: set it first.")


def history(here: Here, kept: Kept[Aim]) -> tuple[Earlier[Aim], ...]:
    """How the aim stood at each saving, the latest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.earlier(here.database, here.workspace, AIM, kept.id)


def over_time(here: Here, kept: Kept[Aim], cube: Cube) -> Trends | None:
    """The aim's group over time, by the data's own periods; None where the data have too few."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return group_over_time(cube, kept.content)


def share_aim(here: Here, kept: Kept[Aim], readers: Readers) -> Kept[Aim]:
    """Let leaders read an aim too, or the team alone again. Leaders see it with a release's numbers only."""
    require(here.database, here.person, here.workspace, "decide")
    return shelf.edit(
        here.database,
        here.workspace,
        AIM,
        kept.id,
        kept.content,
        seen_version=kept.version,
        by=here.person,
        readers=readers,
        milestone=True,
    )


def progress_of(here: Here, kept: Kept[Aim], cube: Cube) -> Progress:
    """What the newest data say of an aim."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return progress(cube, kept.content)


def _save(here: Here, kept: Kept[Aim], aim: Aim) -> Kept[Aim]:
    return shelf.edit(
        here.database,
        here.workspace,
        AIM,
        kept.id,
        aim,
        seen_version=kept.version,
        by=here.person,
        milestone=aim.status != kept.content.status or aim.status == "set",
    )
