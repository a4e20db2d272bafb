"""Names for a list to pick from: two things of one name would be one to Streamlit, which knows them by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from equity.words.escaping import one_line


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """What each id is called in a list: its name on one line, with its place among those of the same name, if any."""
    seen: Counter[str] = Counter()
    labels = {}
    for record, name in names.items():
        said = one_line(name, 160)
        seen[said] += 1
        labels[record] = said if seen[said] == 1 else f"{said} ({seen[said]})"
    return labels
