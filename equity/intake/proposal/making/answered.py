"""Outcomes that each line says by itself: yes and no, words, codes, values."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.columns.column_names import (
    YES_NO_X,
    X,
    heard,
)
from equity.intake.columns.legends import as_usual, at_odds, legend_of
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.value_columns import everyone
from equity.intake.proposal.making.counted import TakingCounts
from equity.intake.proposal.measures import outcome_words, outcomes
from equity.vocabulary import (
    Decision,
    OpenQuestion,
    Problem,
)
from equity.vocabulary.mapping import Shape, YesNo


class TakingAnswers(TakingCounts):
    """One line a visit."""

    def take_words(self, words: ColumnProfile) -> Shape:
        """An outcome of a few words, of which a person must say which are yes."""
        self.take("x", words, "its few words are those of an outcome", 0.5)
        question = outcome_words.ask_words(words)
        self.questions.append(question)
        self.answers = _said(question)
        return "rows"

    def of_one_code(self, columns: Sequence[ColumnProfile]) -> list[ColumnProfile]:
        """The columns of answers whose names give the codes the same meaning as the first of them.

        A mapping has one list of what is yes: the others are left out, with a word.
        """
        coded = [(c, legend_of(c.name)) for c in columns if c.highest is not None]
        if not any(legend for _, legend in coded):
            return list(columns)
        first, said = coded[0]
        out = [c for c, legend in coded[1:] if at_odds(said or YesNo(), legend or YesNo())]
        for column in out:
            self.taken[column.name] = "left out"
            self.problems.append(
                Problem(
                    "warning",
                    "other_codes",
                    f"“{column.name}” has other codes for yes and no than “{first.name}”, and is left out.",
                    "Load it from a file of its own, or write both in words.",
                    column.name,
                )
            )
        return [c for c in columns if c not in out]

    def hear_answers(self, column: ColumnProfile, beside: Sequence[ColumnProfile]) -> None:
        """How a column of answers is read, where they are codes or a single word beside blanks.

        A column ``beside`` it that writes no tells that a blank is none.
        """
        legend = legend_of(column.name)
        if legend is not None:
            self.answers = (
                YesNo() if as_usual(legend) and self.answers == YesNo() else outcomes.together(self.answers, legend)
            )
            self.decisions.append(Decision("yes", column.name, "its name says what its codes mean", 0.95))
            return
        excluding = outcomes.with_exclusions(column)
        said = outcomes.coded(column)
        if excluding is not None:
            self.answers = outcomes.together(self.answers, excluding)
            out = " and ".join(f"“{word}”" for word in excluding.neither)
            self.decisions.append(Decision("neither", column.name, f"{out} are not in the denominator", 0.9))
        elif said is not None:
            self.answers = outcomes.together(self.answers, said)
            if outcomes.is_sure(said):
                self.decisions.append(Decision("yes", column.name, "1, 2 and codes for not sure are a survey's", 0.9))
            else:
                self.questions.append(outcomes.ask_codes(column, said))
        elif (
            outcome_words.only_yes(column)
            and not any(outcome_words.writes_no(c) for c in beside)
            and not any(q.key.startswith("blank:") for q in self.questions)
        ):
            self.questions.append(outcome_words.ask_blanks(column))
            self.answers = outcomes.together(self.answers, YesNo(blank="no"))

    def take_visits(self, numbers: Sequence[ColumnProfile]) -> bool:
        """In an extract with one id a person: the value of each line, and what it counts where a column says so."""
        several = [c for c in numbers if c.distinct > 1 and not self.groups(c)]
        named = [c for c in several if X.search(heard(c.name)) or YES_NO_X.search(heard(c.name))]
        n = everyone([c for c in numbers if c not in named])
        rest = [c for c in named or several if c is not n]
        if not rest:
            return False
        self.take("x", rest[0], "each line is about one person, and this is its value", 0.7)
        if n is None:
            self.ask_levels(rest[0])
        if n is not None:
            self.take("n", n, "its name says what a line counts", 0.7)
        return True

    def ask_levels(self, column: ColumnProfile) -> bool:
        """Whether a column holds a few codes, of which a person must say which are yes."""
        codes = outcomes.levels(column)
        if not codes:
            return False
        question = outcomes.ask_levels(column, codes)
        self.questions.append(question)
        self.answers = _said(question)
        return True


def _said(question: OpenQuestion) -> YesNo:
    """The answers that the likeliest reading lists as yes, no and neither."""
    likely = {s.path[-1]: s.value for s in question.likeliest.settings}
    return YesNo(*(tuple(likely.get(key) or ()) for key in ("yes", "no", "neither")))  # type: ignore[arg-type]
