"""Columns that are nobody's outcome and no group: ids, weights, versions, judgements; and those that name measures."""

from __future__ import annotations

import re

from equity.intake.columns.column_names import HOW_SHOWN, heard
from equity.intake.columns.identifying import is_person_id
from equity.intake.proposal.making.making import Making
from equity.intake.proposal.measures.likely_pair import (
    judges_a_line,
)
from equity.intake.proposal.measures.statistics_down import ask_statistic, tells_statistics
from equity.intake.proposal.measures.survey_weights import ask_weights, survey_weights
from equity.intake.proposal.measures.who_counts import ask_who_counts, who_counts
from equity.intake.proposal.once import ask_once
from equity.intake.proposal.proposal_parts import Reason
from equity.intake.proposal.times.revisions import tells_lengths, tells_versions
from equity.intake.spellings.catalogue import is_measure
from equity.vocabulary import (
    Problem,
)


class SettingAside(Making):
    """What is set aside before anything else is looked for."""

    def identifying(self) -> None:
        stems = {c.name.lower() for c in self.columns}
        people = [
            c
            for c in self.columns
            if is_person_id(c.name)
            and re.sub(r"no$", "yes", c.name.lower()) not in stems - {c.name.lower()}
            and c.type != "empty"
            and c.identifying in ("", "a medical record number")
        ]
        if people:
            best = min(people, key=lambda c: (c.identifying != "", -c.distinct))
            self.take(
                "person", best, "its name says that it holds one id a person; it is stored only as a keyed hash", 0.9
            )
        for column in self.columns:
            if column.name not in self.taken and (column.identifying or column in people):
                what = column.identifying or "a second id of a person"
                self.taken[column.name] = "left out"
                self.reasons.append(Reason(column.name, "left out", f"it looks like {what}; it is never stored", 0.9))
                self.problems.append(
                    Problem(
                        "note",
                        "identifying",
                        f"“{column.name}” looks like {what}.",
                        "It is left out and never stored.",
                        column.name,
                    )
                )

    def leave_out_versions(self) -> None:
        """Columns that say what kind of numbers a row holds, how far they have come or how they are shown, group no
        people."""
        statistics = [c for c in self.free() if tells_statistics(c)]
        if statistics:
            self.questions.append(ask_statistic(max(statistics, key=lambda c: c.distinct)))
        for column in self.free():
            shown = HOW_SHOWN.search(heard(column.name))
            if shown or column in statistics or tells_versions(column) or tells_lengths(column):
                self.taken[column.name] = "left out"
                self.reasons.append(
                    Reason(column.name, "left out", "it says what kind of numbers a row holds, and groups nobody", 0.9)
                )

    def take_measure_ids(self) -> None:
        """A column all of whose texts are measures, whatever it is called (eCQM: CMS165v12, CMS122v12)."""
        if "measure" in self.sources:
            return
        for column in self.free():
            if column.type == "text" and 2 <= column.distinct <= 500 and all(map(is_measure, column.values)):
                self.take("measure", column, "each of its texts names a measure", 0.9)
                return

    def take_shared_n(self) -> None:
        """Where the header gives each group one n, the rows below it split these people: each is a measure."""
        if not self.shared_n or "measure" in self.sources:
            return
        labels = [c for c in self.free() if c.type == "text" and c.name not in self.shared_n and c.distinct > 1]
        if labels:
            self.take("measure", labels[0], "the n in the header is that of all rows, which split its people", 0.9)

    def ask_who_counts(self) -> None:
        """In a file of visits, the columns that say who does not count: no measure, no group, and asked about."""
        counting = who_counts(self.free()) if "person" in self.sources else {}
        if not counting:
            return
        for name in counting:
            self.taken[name] = "left out"
            self.reasons.append(Reason(name, "left out", "its name says who does not count", 0.7))
        self.leave_out |= counting
        self.questions.append(ask_who_counts(counting, self.columns))

    def ask_weights(self) -> None:
        """Columns that say how many people a line stands for are neither an outcome nor a group."""
        weights = survey_weights(self.free(), self.evidence)
        for column in weights:
            self.taken[column.name] = "left out"
            self.reasons.append(Reason(column.name, "left out", "it holds survey weights, which are not used", 0.8))
        if weights:
            self.questions.append(ask_weights(weights, self.evidence))

    def leave_out_judgements(self) -> None:
        """Flags that judge a line of counts are no outcome and no group of people."""
        for column in self.columns:
            if column.name not in self.taken and judges_a_line(column):
                self.taken[column.name] = "left out"
                self.reasons.append(
                    Reason(column.name, "left out", "it judges a line of counts, and groups no people", 0.8)
                )

    def ask_once(self) -> None:
        """Whether a visit that stands in several lines counts once."""
        strata = [c for s in self.stratifiers for c in s.columns]
        x = self.profile_of("x")
        question = ask_once(self.evidence, self.sources, strata, x.name if x else "")
        self.questions += [question] if question else []
