"""The line under an answer: how reliable it is, whose group is not known, what is hidden. Each a mark and words."""

from __future__ import annotations

from equity.lens.answers import Areas, Completeness, Disparities, GapSources, Intersections, OneGroup, Summary, Trends
from equity.words import groups, judgements, numbers
from equity.words.answers import areas, completeness, gap_sources, intersections, one_group
from equity.words.rows import focus, group_rows, records

UNKNOWN, HIDDEN = "◑", "🔒"


def of_disparities(answer: Disparities) -> list[str]:
    """The marks of a comparison of groups."""
    row = focus(answer)
    hidden = sum(row.shown == "hidden" for row in group_rows(answer.rows))
    unknown = 1 - answer.known_share
    said = []
    if row is not None and row.reliability in judgements.RELIABILITY:
        mark = judgements.RELIABILITY[row.reliability].mark
        said.append(f"{mark} {judgements.ENOUGH_PEOPLE[row.reliability]}")
    if numbers.known(unknown) and unknown > 0:
        recorded = completeness.judged(answer.known_share)
        word = "" if recorded.word == completeness.STATUS["good"].word else f": {recorded.word}"
        said.append(f"{UNKNOWN} {groups.label(answer.stratifier)}: {_not_recorded(answer, unknown)}{word}")
    return [*said, *_hidden(hidden, "group")]


def _not_recorded(answer: Disparities, share: float) -> str:
    """For how many the group is not recorded: "9% unknown, not asked or declined", or the one kind that there is."""
    names = {"unknown": "unknown", "not_asked": "not asked", "declined": "declined"}
    there = {r.kind for r in group_rows(answer.rows) if r.kind in names and (r.n > 0 or r.shown == "hidden")}
    kinds = [word for kind, word in names.items() if kind in there]
    if not kinds:
        return f"{numbers.share(share)} not recorded"
    said = f"{', '.join(kinds[:-1])} or {kinds[-1]}" if len(kinds) > 1 else kinds[0]
    return f"{numbers.share(share)} {said}"


def of_trends(answer: Trends) -> list[str]:
    """The marks of a comparison over time."""
    points = [row for row in records(answer.rows) if row["kind"] in ("group", "other")]
    hidden, missing = (sum(row["shown"] == state for row in points) for state in ("hidden", "missing"))
    few = sum(row["reliability"] == "too_few" and row["shown"] in ("yes", "zero") for row in points)
    return [
        *([f"○ {few} of {len(points)} values with too few people to read"] if few else []),
        *([f"– {_missing_values(missing)}"] if missing else []),
        *_hidden(hidden, "point"),
    ]


def of_areas(answer: Areas) -> list[str]:
    """The marks of a comparison of clinical areas: none where nothing could be judged, which the headline says."""
    if answer.tests == 0:
        return []
    return [
        f"● {_clear_gaps(len(areas.clear(answer)))}",
        f"{numbers.count(answer.tests)} comparisons made at once, and allowed for",
    ]


def of_one_group(answer: OneGroup) -> list[str]:
    """The marks of one group on every measure."""
    if answer.tests == 0:
        return []
    hidden = sum(row.shown == "hidden" for row in group_rows(answer.rows))
    return [
        f"● {_clear_gaps(one_group.count(answer).behind)}",
        f"judged among {numbers.count(answer.tests)} comparisons of every group",
        *_hidden(hidden, "measure"),
    ]


def of_completeness(answer: Completeness) -> list[str]:
    """The marks of who is missing: the status, and each kind of missing for itself."""
    every = completeness.shares(answer, "all")
    if not every or not every[0].n:
        return []
    judgement = completeness.STATUS[every[0].status]
    kinds = [
        f"{numbers.share(count / every[0].n)} {completeness.KINDS[kind]}"
        for kind, count in every[0].kinds.items()
        if count > 0
    ]
    return [f"{judgement.mark} {judgement.word}", *(f"{UNKNOWN} {kind}" for kind in kinds)]


def _clear_gaps(count: int) -> str:
    return "1 clear gap" if count == 1 else f"{numbers.count(count)} clear gaps"


def _missing_values(count: int) -> str:
    return "1 value missing" if count == 1 else f"{numbers.count(count)} values missing"


def of_intersections(answer: Intersections) -> list[str]:
    """The marks of crossed groups: how many people the finding stands on, and what cannot be read."""
    lead = intersections.standing_out(answer)
    cells = intersections.cells(answer)
    few = sum(cell.visible and cell.reliability == "too_few" for cell in cells)
    hidden = sum(cell.shown == "hidden" for cell in cells)
    said = []
    if lead:
        judgement = judgements.RELIABILITY[lead[0].reliability]
        said.append(f"{judgement.mark} {judgement.word}, {numbers.count(lead[0].n)} {intersections.counted(answer)}")
    return [
        *said,
        *([f"○ {few} of {len(cells)} cells with too few people to read"] if few else []),
        *_hidden(hidden, "cell"),
    ]


def of_gap_sources(answer: GapSources) -> list[str]:
    """The marks of a split gap: whether the whole misleads."""
    return ["⚠ the overall rates tell another story than each place"] if gap_sources.alarm(answer) else []


def of_summary(answer: Summary) -> list[str]:
    """The marks of the summary measures: how many are given."""
    given = sum(reason == "" for reason in answer.rows["reason"].tolist())
    return [f"{given} of {len(answer.rows)} numbers given"]


def _hidden(count: int, what: str) -> list[str]:
    return [f"{HIDDEN} {count} {what}{'' if count == 1 else 's'} not shown"] if count else []
