"""Which columns hold the values, and what shape the file therefore has."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.columns.column_names import (
    CODE,
    EXCLUDED,
    IDENTIFIER,
    NOT_A_NUMBER,
    YES_NO_X,
    N,
    X,
    heard,
)
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.units import says_duration
from equity.intake.columns.value_columns import counted, numbered_pairs
from equity.intake.proposal.making.answered import TakingAnswers
from equity.intake.proposal.making.counted import _another_is_witnessed
from equity.intake.proposal.measures import outcome_words, outcomes
from equity.intake.proposal.measures.batteries import is_form_status
from equity.intake.proposal.measures.complements import complements
from equity.intake.proposal.measures.likely_pair import (
    ask_steps,
    judges_a_number,
    likely_pair,
    nested_counts,
    numbers_lines,
    steps_between,
)
from equity.intake.proposal.measures.witnessed_counts import witnessed_counts
from equity.intake.proposal.proposal_parts import Reason
from equity.intake.spellings.numbers import parse_number
from equity.vocabulary import (
    Answer,
    ColumnSource,
    OpenQuestion,
    Problem,
    Setting,
)
from equity.vocabulary.mapping import MeasureColumns, Shape

MOST_OFFERED = 4


class FindingShape(TakingAnswers):
    """The shape of a file, by the first of the readings that fits."""

    def shape(self) -> Shape:
        """Decide the shape and take its columns of numbers."""
        if self.take_answered_rates():
            return "estimates"
        yes_no = [
            c
            for c in self.free()
            if (
                c.type == "yes or no"
                or outcomes.with_exclusions(c)
                or (outcomes.coded(c) and not CODE.search(heard(c.name)))
            )
            and c.distinct <= 9
            and not self.groups(c)
            and not EXCLUDED.search(heard(c.name))
            and not IDENTIFIER.search(heard(c.name))
            and c.name not in self.of_one_kind
            and not is_form_status(c, self.columns)
            and not judges_a_number(c)
        ]
        yes_no = [c for c in yes_no if c.distinct > 1 or c.missing or outcome_words.is_named(c)]
        yes_no = self.of_one_code(yes_no)
        numbers = [c for c in self.free() if c.is_number and not NOT_A_NUMBER.search(heard(c.name))]
        visits = "person" in self.sources
        witnessed = [] if visits else witnessed_counts(self.evidence, numbers)
        if len(witnessed) > 1 and "measure" not in self.sources:
            return self.take_witnessed(
                witnessed
            )  # several counts, each with a rate of its own: none may be passed over
        x, n, no = counted(numbers)
        if x and n and not visits and witnessed and _another_is_witnessed(witnessed, x, self.evidence, numbers):
            return self.take_witnessed(witnessed)  # the file's own rate is of another column
        other = [w for w in witnessed if x and n and not visits and w.x == x.name]
        if other and n and n.name not in {name for w in other for name in (w.n, *w.minus)}:
            return self.take_witnessed(other)  # or out of another
        parts = None if n else complements([c for c in numbers if not self.groups(c)])
        if parts is not None and not visits:
            return self.take_complements(parts)
        if x and (n or no):
            self.take("x", x, "its name says that it counts events", 0.85)
            if n:
                self.take("n", n, "its name says that it counts everyone", 0.85)
            elif no:
                self.take("no", no, "it counts those without the event", 0.8)
            if not visits:
                self.leave_out_judgements()
                steps = steps_between(self.evidence, x, n, numbers) if n and not witnessed else ()
                if n and steps:
                    self.questions.append(ask_steps(self.evidence, x, n, steps))
            return "rows" if visits else "counts"
        pairs = numbered_pairs(numbers)
        if pairs:
            return self.take_pairs(pairs)
        if witnessed:
            return self.take_witnessed(witnessed)
        pair = None if visits else likely_pair(self.evidence, [c for c in numbers if not self.groups(c)])
        if pair is not None:
            return self.take_likely_pair(pair, yes_no)
        words = outcome_words.surely_in_words(self.free())
        if words is not None and not any(outcome_words.is_named(c) for c in yes_no):
            return self.take_words(words)
        if len(yes_no) > 1 and "measure" not in self.sources:
            for c in yes_no:
                self.taken[c.name] = "measure"
                self.reasons.append(
                    Reason(c.name, "measure", "its cells all say yes or no, so it is a measure of its own", 0.7)
                )
                self.hear_answers(c, yes_no)
            self.wide = {c.name: MeasureColumns(c.name) for c in yes_no}
            return "wide"
        beside = [c for c in numbers if c not in yes_no]
        if any(outcome_words.is_named(c) for c in yes_no):  # a body mass index beside “controlled” is not the outcome
            beside = [c for c in beside if X.search(heard(c.name)) or N.search(heard(c.name))]
        if yes_no and not (visits and self.take_visits(beside)):
            best = min(yes_no, key=lambda c: (not YES_NO_X.search(heard(c.name)), c.distinct < 2))
            self.take("x", best, "its cells all say yes or no", 0.8)
            self.hear_answers(best, yes_no)
        if "x" in self.sources or (visits and self.take_visits(numbers)):
            return "rows"
        spread = self.take_spread(numbers)
        if spread or self.take_estimates(numbers):
            return "rows" if spread else "estimates"
        return self.unclear(numbers)

    def unclear(self, numbers: Sequence[ColumnProfile]) -> Shape:
        """No column is surely a value: words that are an outcome, or numbers of which a person must say what they are;
        never a column of texts."""
        words = outcome_words.outcome_in_words(self.free())
        if words is not None:
            return self.take_words(words)
        flags = [
            c for c in self.free() if c.type == "yes or no" and c.distinct > 1 and not EXCLUDED.search(heard(c.name))
        ]
        if flags and not any(c.distinct > 1 for c in numbers if c not in flags):
            flags = sorted(flags, key=self.groups)[:MOST_OFFERED]
            self.take("x", flags[0], "its cells all say yes or no", 0.4)
            self.questions.append(outcomes.ask_which_outcome(flags))
            return "rows"
        nested = None if "person" in self.sources else nested_counts(self.evidence, numbers)
        if nested is not None:
            return self.take_likely_pair((nested[0], nested[1]), (), nested[2:])
        offered = [c for c in numbers if c.name not in self.taken and c.distinct > 1 and not numbers_lines(c)]
        offered = sorted(offered, key=lambda c: not says_duration(c.name))[:3]
        if offered:
            self.take("x", offered[0], "it is the first column of numbers", 0.4)
            if len(offered) > 1 or not self.ask_levels(offered[0]):
                self.questions.append(_ask_value(offered))
            return "rows"
        spoiled = next((c for c in self.free() if outcome_words.is_spoiled_count(c)), None)
        if spoiled is not None:
            texts = outcome_words.texts_among(spoiled)
            self.problems.append(
                Problem(
                    "warning",
                    "no_value",
                    f"“{spoiled.name}” is named like a count, and some of its cells are texts, such as “{texts[0]}”.",
                    "Correct these cells, or list the texts under “missing” in [extract].",
                    spoiled.name,
                )
            )
            self.sources["x"] = ColumnSource(column=spoiled.name)
            return "rows"
        self.problems.append(
            Problem(
                "warning",
                "no_value",
                "No column with events, counts or rates was recognized.",
                "Name the column of x under [columns].",
            )
        )
        self.sources["x"] = ColumnSource(column=self.columns[0].name)
        return "rows"


def _ask_value(offered: Sequence[ColumnProfile]) -> OpenQuestion:
    first = offered[0]
    answers = [
        Answer(
            f"the mean of “{c.name}” is shown: {_commonest(c)} in the commonest line",
            (Setting(("columns", "x"), c.name), *(_named(c, first) if len(offered) > 1 else ())),
        )
        for c in offered
    ]
    if len(answers) == 1:
        answers.append(
            Answer(
                f"“{first.name}” counts events, one a line is expected",
                (Setting(("columns", "n"), (("value", "1"),)), Setting(("columns", "x"), first.name)),
            )
        )
    return OpenQuestion(
        f"value:{first.name}",
        tuple(c.name for c in offered),
        "No column says what is counted and out of how many: which numbers are the outcome?",
        tuple(answers),
        0.4,
        "it is the first column of numbers",
    )


def _named(column: ColumnProfile, first: ColumnProfile) -> tuple[Setting, ...]:
    """The measure is called what its column is, where a person picks one of several."""
    taken_away = (Setting(("measures", first.name), None),) if column is not first else ()
    return (
        Setting(("columns", "measure"), (("value", column.name),)),
        *taken_away,
        Setting(("measures", column.name, "kind"), "mean"),
    )


def _commonest(column: ColumnProfile) -> str:
    """The number that stands in the most lines; what stands beyond all numbers (“>14.0”) is none."""
    return next((v for v in column.values if parse_number(v).value is not None), column.values[0])
