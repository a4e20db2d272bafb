"""What can be put beside a question: a period as long, a measure on the same scale, a reference, a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from equity.cards.parts.option import Option
from equity.vocabulary import Description, Measure, Reference
from equity.words.escaping import one_line


def against(
    description: Description, codes: Mapping[str, str], options: Mapping[str, Sequence[Option]]
) -> tuple[Option, ...]:
    """What fits a question of which the other parts are settled: ``codes`` as picked, ``options`` as offered."""
    return (
        *_named("period", "Period", _periods(codes["period"], options["period"])),
        *_named("group", "Group", [o for o in options["group"] if o.code]),
        *_named("reference", "Reference", _references(codes["reference"], options["reference"])),
        *_named("measure", "Measure", _measures(description, codes["measure"], options["measure"])),
    )


def _named(kind: str, name: str, fitting: Sequence[Option]) -> list[Option]:
    return [Option(f"{kind}:{option.code}", one_line(f"{name}: {option.label}")) for option in fitting]


def _periods(picked: str, offered: Sequence[Option]) -> list[Option]:
    """Others of the same length: a quarter beside a year would share its months."""
    length = len(picked)
    return [o for o in offered if o.code != picked and ".." not in o.code + picked and len(o.code) == length]


def _references(picked: str, offered: Sequence[Option]) -> list[Option]:
    """The other kinds of reference; a named group is offered as a group."""
    return [o for o in offered if o.code != picked and Reference.parse(o.code).kind != "group"]


def _measures(description: Description, picked: str, offered: Sequence[Option]) -> list[Option]:
    own = description.measure(picked)
    return [o for o in offered if o.code != picked and _scale(description.measure(o.code)) == _scale(own)]


def _scale(measure: Measure) -> tuple[str, str, float]:
    """What two measures must share to stand on one axis."""
    unit = "" if measure.kind == "proportion" else measure.unit
    return measure.kind, unit, float(measure.multiplier)
