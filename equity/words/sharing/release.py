"""What the disclosure audit of a release found, for the team: the ends of each hidden count, and never the count.

And what no audit looks at: releases of other datasets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from equity.release.other_releases.overlapping_releases import OverlappingReleases
from equity.words import groups, numbers
from equity.words.escaping import one_line

COUNTED = {"n": "n", "x": "x", "others": "n − x", "people": "people"}
GRAINS = {"month": "by month", "quarter": "by quarter", "year": "by year", "all": "all time"}
NO_END = "no limit"


def overlapping_releases_sentence(releases: Sequence[OverlappingReleases]) -> str:
    """What whoever attests must judge alone: other datasets' releases that may count some of the same people."""
    named = groups.listed([f"“{one_line(each.dataset)}” ({_why_overlapping(each)})" for each in releases])
    return (
        f"Nothing checks this release together with those of {named}: do they count some of the same people? "
        "If so, one may give away what another hides."
    )


def _why_overlapping(each: OverlappingReleases) -> str:
    same = ["the same file"] if each.same_file else []
    return groups.listed([*same, *(one_line(name) for name in each.measures)], most=3)


def audit_sentences(audit: Mapping[str, Any]) -> list[str]:
    """The audit in a few sentences, its rule first."""
    said = [str(audit["rule"])]
    hidden, known = int(audit["hidden"]), int(audit["known_to_be_0"])
    if hidden:
        said.append(
            f"{_in_cells(audit)}{_many(hidden, 'hidden count')} {_was(hidden)} checked against everything that is "
            f"published: each could still be any of at least {audit['least_values']} numbers{_save(known)}."
        )
        narrowest = audit["narrowest_width"]
        apart = ""
        if narrowest is not None:
            apart = f" Even the least and the greatest that the best known can be are {numbers.count(narrowest)} apart."
        pinned = int(audit["pinned"])
        said.append(f"{numbers.count(pinned) if pinned else 'None'} can be worked out.{apart}")
        if int(audit["rounds"]):
            said.append(f"Hiding more was needed {_many(int(audit['rounds']), 'time')}.")
    others = len(audit["audited_with"])
    if others:
        said.append(f"It was checked together with {_many(others, 'earlier release')} of this dataset.")
    if audit["shown_before"]:
        before = int(audit["shown_before"])
        said.append(f"{_many(before, 'cell')} that it hides {'stands' if before == 1 else 'stand'} in them already.")
    return said


def _in_cells(audit: Mapping[str, Any]) -> str:
    # The table beside it counts cells; a cell holds several counts, such as its people and how many met the measure.
    hidden = sum(int(table["hidden"]) for table in audit.get("tables", ()))
    return f"In {_many(hidden, 'hidden cell')}, " if hidden else ""


def audit_table(bounds: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Bounds (release/written_cells.BOUNDS) as a table for people; ``labels`` name stratifiers.

    The narrowest stands first, what is known to be 0 last.
    """
    ordered = bounds.assign(last=bounds["greatest"] == 0).sort_values(["last", "width"], kind="stable")
    two = ordered["by2"] != ""
    sides = [ordered[f"by{i}"].map(lambda key: one_line(labels.get(key, key))) for i in (1, 2)]
    groups = [ordered[f"value{i}"].map(one_line) for i in (1, 2)]
    by = np.where(two, sides[0] + " × " + sides[1], np.where(ordered["by1"] != "", sides[0], "Everyone"))
    group = np.where(two, groups[0] + " × " + groups[1], np.where(ordered["by1"] != "", groups[0], "Everyone"))
    period = np.where(ordered["period"] != "", ", " + ordered["period"], "")
    return pd.DataFrame(
        {
            "Measure": ordered["measure"].map(one_line).to_numpy(),
            "Table": [f"{side}, {GRAINS[grain]}" for side, grain in zip(by, ordered["grain"], strict=True)],
            "Cell": [f"{who}{when}" for who, when in zip(group, period, strict=True)],
            "Count": ordered["count"].map(COUNTED).to_numpy(),
            **{end.capitalize(): [_end(value) for value in ordered[end]] for end in ("least", "greatest", "width")},
        }
    )


def _end(value: float) -> str:
    return numbers.count(value) if np.isfinite(value) else NO_END


def _many(count: int, what: str) -> str:
    return f"{numbers.count(count)} {what}{'' if count == 1 else 's'}"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _save(known: int) -> str:
    if not known:
        return ""
    return (
        f", save {numbers.count(known)} that {'is' if known == 1 else 'are'} known to be 0 because a shown total is 0"
    )
