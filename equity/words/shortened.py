"""Long names cut to the room that there is, so that two different ones never read the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

from equity.words.escaping import one_line

_LEAST_START = 6
_TOLD_APART = 0.85
"""Names that differ only after so much of the room are hardly told apart by what is left of it."""


def shortened(names: Sequence[str], longest: int) -> list[str]:
    """Each name on one line of at most ``longest`` characters; names that would read the same are cut in the middle.

    They then keep their beginning and what they differ in; only names that are the same stay the same.
    """
    cut = [one_line(name, longest) for name in names]
    alike: dict[str, list[int]] = defaultdict(list)
    for i, short in enumerate(cut):
        alike[short[: int(longest * _TOLD_APART)]].append(i)
    for places in alike.values():
        whole = {one_line(names[i], 10_000) for i in places}
        if len(whole) > 1 and max(map(len, whole)) > longest:
            shared = _shared(sorted(whole))
            for i in places:
                cut[i] = _in_the_middle(one_line(names[i], 10_000), shared, longest)
    return cut


def _shared(names: Sequence[str]) -> int:
    """How many characters all names begin with, up to the last space among them."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    return "".join(letters[0] for letters in alike).rfind(" ") + 1


def _in_the_middle(name: str, shared: int, longest: int) -> str:
    if len(name) <= longest:
        return name
    end = one_line(name[shared:], longest - _LEAST_START - 1)
    return f"{name[: longest - len(end) - 1].rstrip()}…{end}"
