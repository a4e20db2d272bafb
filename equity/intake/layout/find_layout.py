"""The layout of a file that nobody has described: what its rows and columns must become before anything is mapped.

Each finding says by which evidence; what changes a number and is not settled is an open question.
"""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import replace

from equity.intake.columns.column_names import heard
from equity.intake.formats.tabular import Table
from equity.intake.layout.find_across import find_across
from equity.intake.layout.find_down import find_down
from equity.intake.layout.find_groupings import find_groupings
from equity.intake.layout.find_indents import find_indents
from equity.intake.layout.find_margins import around_said, ask_around, tells_spread
from equity.intake.layout.find_outline import find_outline, refuse_other_outlines
from equity.intake.layout.find_rows import adjusted_beside_crude, running_totals
from equity.intake.layout.find_topics import find_topics
from equity.intake.layout.found_layout import FoundLayout
from equity.intake.layout.label_columns import (
    EVERYONE_WORDS,
    a_line_a_person,
    are_years,
    decimals,
    free_name,
    has_number,
    labels_under,
    told_by_another,
    written_once,
)
from equity.intake.layout.sample import sample_of
from equity.intake.layout.steps.reshape import is_section, reshape
from equity.intake.layout.subtotals import subtotals_of
from equity.intake.layout.two_numbers import split_cell, split_kind
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.numbers import parse_number
from equity.vocabulary import Decision, OpenQuestion
from equity.vocabulary.layout import Everyone, Layout, SplitKind

SURE = 0.9
_OF_THEIR_OWN: tuple[SplitKind, ...] = ("count of people", "group and people")


def find_layout(table: Table) -> FoundLayout:
    """The layout of a table as it was opened, with the evidence for each step."""
    heading = table.heading
    if heading is None:
        return FoundLayout()
    steps = _Finding(table, Layout(header_lines=heading.lines))
    if heading.lines > 1:
        steps.say("header", f"{heading.lines} lines", "words stand above one another over the numbers")
    if a_line_a_person(steps.sample):
        return FoundLayout(steps.layout, heading.marker, tuple(steps.decisions))
    steps.sections()
    steps.outline()
    steps.filled()
    steps.across()
    steps.split()
    steps.everyone()
    steps.down()
    steps.indents()
    steps.rows()
    said = tuple(steps.decisions), tuple(steps.questions)
    return FoundLayout(steps.layout, heading.marker, *said, steps.fractions, steps.wholes)


class _Finding:
    """One layout in the making; after each step the table is looked at as the step leaves it."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.table = table
        self.layout = layout
        self.decisions: list[Decision] = []
        self.questions: list[OpenQuestion] = []
        self.sample = sample_of(table)
        self.fractions = False
        self.wholes: ReadOnly[str, tuple[str, ...]] = {}
        self.pending_join: dict[str, tuple[str, ...]] = {}

    def say(self, role: str, choice: str, evidence: str, confidence: float = SURE) -> None:
        self.decisions.append(Decision(role, choice, evidence, confidence))

    def add(self, layout: Layout) -> None:
        """Take a step, and look again."""
        self.layout = layout
        tidy = reshape(self.table, layout)
        heading = self.table.heading
        assert heading is not None
        parts = dict(zip(self.table.header, heading.parts, strict=False))
        self.sample = replace(sample_of(tidy), parts=tuple(parts.get(h, (h,)) for h in tidy.header))

    def sections(self) -> None:
        """Lines with one cell, each above rows that hold numbers."""
        lines = self.sample.lines
        places = [p for p, cells in enumerate(lines) if is_section(cells) and len(squeeze("".join(cells))) <= 80]
        followed = [p for p in places if p + 1 < len(lines) and has_number(lines[p + 1], self.sample)]
        first_data = next((p for p, cells in enumerate(lines) if has_number(cells, self.sample)), 0)
        if len(followed) < 2 and not (followed and followed[0] < first_data):
            return
        last = max(p for p, cells in enumerate(lines) if has_number(cells, self.sample))
        if any(p not in followed and p < last for p in places):
            return  # some of these lines name nothing: not sections
        name = free_name("Section", self.sample.header)
        under = labels_under(lines, followed, self.sample)
        repeated = len(followed) > 1 and sum(under[followed[0]] == labels for labels in under.values()) > len(under) / 2
        self.add(replace(self.layout, section=name))
        self.say("sections", name, f"{len(followed)} lines hold one text and stand above rows of numbers")
        label = self.sample.header[0]
        if repeated and label not in self.layout.join:
            self.pending_join = {"Measure": (label, name)}

    def outline(self) -> None:
        """Periods above their groups, in one column."""
        step = find_outline(self.sample)
        if step is None:
            refuse_other_outlines(self.sample, self.table.name)
        else:
            self.add(replace(self.layout, outline=step[0]))
            self.say("outline", step[0].column, step[1])

    def filled(self) -> None:
        """Labels at the left that are written once for the rows below them."""
        sample = self.sample
        columns: list[str] = []
        for place in range(min(3, len(sample.header))):
            if place in sample.numeric and not are_years(sample.column(place)):
                break
            cells = [c[place].strip() for c in sample.data]
            subtotals = subtotals_of(cells)
            if subtotals:
                self.wholes = {**self.wholes, sample.header[place]: subtotals}
                self.say("left out", ", ".join(subtotals), "each stands below the rows that it adds up")
            if subtotals or written_once(cells, inner=bool(columns)):
                columns.append(sample.header[place])
            else:
                break
        if columns:
            self.add(replace(self.layout, fill=tuple(columns)))
            self.say(
                "fill", ", ".join(columns), "each text is written once, above empty cells of rows that hold numbers"
            )

    def across(self) -> None:
        step = find_across(self.sample)
        if step is None:
            return
        across = step.across
        gone = tuple(dict.fromkeys((*step.totals, *step.compared)))
        self.add(replace(self.layout, across=across, leave_out=gone))
        self.say("across", ", ".join(across.into), step.why)
        if step.fractions:
            self.fractions = True
            self.say("scale", "fractions", step.fractions)
        for column in step.totals:
            self.say("left out", column, "it holds everyone together", SURE)
        for column in step.compared:
            self.say("left out", column, "it compares others; it is worked out again", SURE)

    def split(self) -> None:
        """Cells that hold two numbers, unless another column holds the first of them."""
        split: dict[str, SplitKind] = {}
        spelled: list[str] = []
        for place in range(len(self.sample.header)):
            kind = split_kind(self.sample.column(place))
            if kind == "estimate and margin":
                kind = self.around(place)
            if kind == "estimate and range" and tells_spread(self.words_over(place)):
                kind = "estimate and spread"
            if kind and kind not in _OF_THEIR_OWN and self._spelled_elsewhere(place, kind):
                spelled.append(self.sample.header[place])
            elif kind:
                split[self.sample.header[place]] = kind
        if spelled:
            self.add(replace(self.layout, leave_out=(*self.layout.leave_out, *spelled)))
            self.say("left out", ", ".join(spelled), "other columns hold the same numbers")
        if split:
            self.add(replace(self.layout, split=split))
            for column, kind in split.items():
                self.say("split", column, f"its cells hold {'an' if kind[0] == 'e' else 'a'} {kind}")

    def around(self, place: int) -> SplitKind:
        """What stands behind ± in a column: by the words above it, else it is asked."""
        said = around_said(self.words_over(place))
        if said is None:
            column = self.sample.header[place]
            self.questions.append(ask_around(column, self.sample.column(place)))
        return said or "estimate and margin"

    def words_over(self, place: int) -> tuple[str, ...]:
        """A column's name, its header lines and the table's titles."""
        return (self.sample.header[place], *self.sample.parts[place], *self.table.titles)

    def _spelled_elsewhere(self, place: int, kind: SplitKind) -> bool:
        """Whether the first number of a column's cells is another column's number, rounded."""
        firsts = [
            parse_number(parts[0]).value if (parts := split_cell(t, kind)) else None for t in self.sample.column(place)
        ]
        for other in self.sample.numeric - {place}:
            pairs = [(a, row[other]) for a, row in zip(firsts, self.sample.numbers, strict=True) if a is not None]
            close = [b for a, b in pairs if b is not None and abs(a - b) <= 0.51 * 10 ** -decimals(firsts)]
            if len(pairs) >= 2 and len(close) >= 0.9 * len(pairs):
                return True
        return False

    def everyone(self) -> None:
        """A row called N (or its like) among the row labels, with the largest number of its section and group."""
        sample, across = self.sample, self.layout.across
        if across is None or len(sample.texts) < 2:
            return
        values = list(dict.fromkeys(said[-1] for said in across.columns.values()))
        if len(values) != 1 or values[0] not in sample.header:
            return
        place = sample.header.index(values[0])
        for column in (p for p in sample.texts if sample.header[p] not in (*across.into, self.layout.section)):
            labels = sample.column(column)
            named = [t for t in dict.fromkeys(labels) if EVERYONE_WORDS.match(heard(t))]
            if (
                len(named) == 1
                and len(set(labels)) > 1
                and labels[0] == named[0]
                and self._largest(column, named[0], place)
            ):
                into = "Denominator"
                self.add(replace(self.layout, everyone=Everyone(sample.header[column], named[0], values[0], into)))
                self.say("everyone", named[0], f"the row “{named[0]}” holds the largest number of each group")
                if self.pending_join:
                    self.add(replace(self.layout, join=self.pending_join))
                    self.pending_join = {}
                elif sample.header[column].startswith("column "):
                    self.add(replace(self.layout, join={"Measure": (sample.header[column],)}))
                return
        return

    def _largest(self, column: int, row: str, value: int) -> bool:
        whole: dict[tuple[str, ...], float] = {}
        above = 0
        others = [p for p in self.sample.texts if p != column and self.sample.header[p] in self._keys()]
        for cells, numbers in zip(self.sample.data, self.sample.numbers, strict=True):
            key = tuple(cells[p] for p in others)
            number = numbers[value]
            if number is None:
                continue
            if squeeze(cells[column]) == row:
                whole[key] = number
            elif key in whole and number > whole[key]:
                above += 1
        return bool(whole) and above == 0

    def _keys(self) -> set[str]:
        across = self.layout.across
        return {*(across.into if across else ()), self.layout.section}

    def down(self) -> None:
        step = find_down(self.sample, self._keys())
        if step is not None:
            gone = (*self.layout.leave_out, *step.change.get("leave_out", ()))
            self.add(replace(self.layout, **{**step.change, "leave_out": gone}))
            self.say(step.role, step.choice, step.why)
            self.wholes = {**self.wholes, **step.wholes}
            for column, labels in step.wholes.items():
                self.say(
                    "left out", ", ".join(labels), f"each holds other values of “{column}”: their counts add up to it"
                )

    def indents(self) -> None:
        """Labels that are set in below others."""
        step = find_indents(self.sample)
        if step is not None:
            self.wholes = {**self.wholes, step.column: (*self.wholes.get(step.column, ()), *step.labels)}
            self.say("left out", ", ".join(step.labels), step.why)

    def rows(self) -> None:
        """Rows that must not be read beside one another."""
        running = running_totals(self.sample)
        if running is not None:
            self.add(replace(self.layout, latest=running[0]))
            self.say("running totals", running[0].column, running[1])
        topics = find_topics(self.sample)
        if topics is not None:
            self.add(replace(self.layout, topics=topics[0]))
            self.say("topics", ", ".join(group for _, group in topics[0].pairs), topics[1])
        else:
            self.groupings()
        adjusted = adjusted_beside_crude(self.sample)
        if adjusted is not None:
            self.add(replace(self.layout, keep={**self.layout.keep, **adjusted[1]}))
            self.questions.append(adjusted[0])

    def groupings(self) -> None:
        """Several ways of grouping the same people in one column."""
        step = find_groupings(self.sample)
        if step is None or told_by_another(step.step, self.sample):
            return
        self.add(replace(self.layout, groupings=step.step))
        self.say("groupings", step.step.column, step.why)
        self.questions += [step.question] if step.question else []
