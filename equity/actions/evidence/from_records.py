"""What the team chose, set and tried. Numbers of patients are said as the release shows them, or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from equity.actions.evidence.place import EvidencePlace, from_release, statements
from equity.actions.work.focus import current_focus
from equity.cube import Cube
from equity.improvement.aims import Aim
from equity.improvement.nouns import AIM
from equity.improvement.progress import Progress
from equity.improvement.shared import SharedAim, told_by_release
from equity.network.evidence import Source, Statement
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.words import groups
from equity.words.work import aims as aim_words
from equity.words.work import evidence as words


def focus(place: EvidencePlace) -> list[Statement]:
    """The focus that holds now, who chose it, and why."""
    kept = current_focus(place.here)
    if kept is None or kept.content.choice is None:
        return []
    choice = kept.content.choice
    source = Source("record", kept.content.title or "Focus", words.day(kept.edited))
    return [
        *statements(
            words.focus(choice.area, choice.decided_by, choice.look_again, dt.date.today()),
            source,
            typed=(choice.area, choice.decided_by),
        ),
        *statements(words.without_numbers(words.REASONS, choice.reasons), source),
    ]


def aims(place: EvidencePlace) -> list[Statement]:
    """Each aim that is set, with its baseline as the release shows it."""
    gathered: list[Statement] = []
    for kept in _set_aims(place):
        gathered += _aim(place, kept)
    return gathered


def progress_of_aims(place: EvidencePlace) -> list[Statement]:
    """How far each aim has come, by the release's numbers."""
    gathered: list[Statement] = []
    for kept in _set_aims(place):
        answer = _progress(place, kept)
        if answer is not None and place.cube is not None:
            stratifier = place.cube.description.stratifier(kept.content.by)
            whom = groups.describe_group(stratifier, kept.content.group, groups.noun(answer.measure))
            sentence = " ".join(filter(None, (aim_words.finding(answer, whom), aim_words.how_sure(answer))))
            gathered += statements(sentence, *_sources(place, kept))
    return gathered


def no_harm(place: EvidencePlace) -> list[Statement]:
    """Whether other groups lost, by the release's numbers."""
    gathered: list[Statement] = []
    for kept in _set_aims(place):
        answer = _progress(place, kept)
        if answer is None or place.cube is None:
            continue
        stratifier = place.cube.description.stratifier(kept.content.by)
        gathered += statements(words.no_harm(answer, stratifier), *_sources(place, kept))
    return gathered


def _set_aims(place: EvidencePlace) -> tuple[Kept[Aim], ...]:
    every = shelf.listed(place.here.database, place.here.workspace, AIM)
    return tuple(kept for kept in every if kept.content.status == "set")


def _aim(place: EvidencePlace, kept: Kept[Aim]) -> list[Statement]:
    aim, told = kept.content, _told(place, kept)
    shown = None if told is None else told.aim.baseline
    if told is not None and shown is not None:
        sentence = aim_words.sentence(replace(aim, baseline=shown), told.measure, told.stratifier)
        return statements(sentence, *_sources(place, kept), typed=(aim.where, aim.with_whom))
    # A target is set near its baseline: where the release hides that, it tells as much, and is left out too.
    about = (None, None) if told is None else (told.stratifier, told.measure)
    sentence = f"{words.aim_without_rates(aim, *about)} {_why_no_rates(place, aim, told)}"
    return statements(sentence, *_sources(place, kept), typed=(aim.where, aim.with_whom))


def _why_no_rates(place: EvidencePlace, aim: Aim, told: SharedAim | None) -> str:
    """Why an aim stands here without its baseline and target, and what would bring them."""
    if place.release is None:
        return words.NO_RATES_WITHOUT_RELEASE
    if told is None or aim.baseline is None:
        return words.NOT_IN_RELEASE
    return words.missing_baseline(aim.baseline.period)


def _told(place: EvidencePlace, kept: Kept[Aim]) -> SharedAim | None:
    """The aim with this release's numbers alone, its baseline too; None where the release does not hold it."""
    if place.cube is None or not _holds(place.cube, kept.content):
        return None
    return told_by_release(kept.content, place.cube)


def _progress(place: EvidencePlace, kept: Kept[Aim]) -> Progress | None:
    told = _told(place, kept)
    return None if told is None else told.progress


def _holds(cube: Cube, aim: Aim) -> bool:
    """Whether the release is of the aim's dataset and holds its measure and grouping."""
    held = cube.description
    if held.dataset != aim.dataset:
        return False
    return any(m.name == aim.measure for m in held.measures) and any(s.name == aim.by for s in held.stratifiers)


def _sources(place: EvidencePlace, kept: Kept[Aim]) -> tuple[Source, ...]:
    record = Source("record", f"Aim: {kept.content.measure}", words.day(kept.edited))
    return (record,) if place.release is None else (record, from_release(place.release))
