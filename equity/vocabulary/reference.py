"""What a group is compared with (methods: "Reference point")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ReferenceKind = Literal["best", "average", "others", "target", "group"]


@dataclass(frozen=True)
class Reference:
    """One of the choices of reference.

    ``best``     the best-performing group with enough data, chosen on the baseline period and then kept;
    ``average``  the whole population, the group itself included;
    ``others``   everyone but the group;
    ``target``   the measure's target;
    ``group``    the group that ``group`` names.
    """

    kind: ReferenceKind
    group: str = ""

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read ``best``, ``average``, ``others``, ``target`` or a group's name.

        A group that is named like one of these words is written ``group:NAME``.
        """
        word = text.strip()
        if word in ("best", "average", "others", "target"):
            return cls(word)  # type: ignore[arg-type]
        return cls("group", word.removeprefix("group:"))

    def __str__(self) -> str:
        if self.kind != "group":
            return self.kind
        return f"group:{self.group}" if self.group in ("best", "average", "others", "target") else self.group
