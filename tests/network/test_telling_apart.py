"""Pictures beside each other, quarter after quarter: an attacker who knows who changed when puts no dot to anybody.

The attacker shares no code with the rule. It knows every organization, its size, at which size each dot stands and
whose numbers changed between which pictures. It has an organization's rate for sure where in every way in which the
dots could belong to organizations it is the same; one exchange of two that changes no picture shows that it has not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from equity.network import comparison as rules
from equity.network.comparison import Comparison, OrganizationRate, picture
from equity.vocabulary import PlainError
from tests.network.test_comparison import ASKED, DAY, cohort, organization

Rates = tuple[OrganizationRate, ...]


Token = tuple[str, str]
"""An organization and the mark of what it put in."""
MOST_STEPS = 300


class Attacker:
    """All ways in which the dots of several pictures could belong to organizations, for one who looks."""

    def __init__(self, every: list[Comparison], viewer: str, known: frozenset[str] = frozenset()) -> None:
        self.truth: dict[Token, float] = {}
        self.where: dict[Token, list[tuple[int, float]]] = {}
        self.left: list[Counter[tuple[float, float]]] = [Counter() for _ in every]
        self.steps = 0
        for place, comparison in enumerate(every):
            for rate in comparison.rates:
                if rate.member not in {viewer, *known}:
                    token = rate.member, comparison.marks[rate.member]
                    self.truth[token] = round(rate.rate, 2)
                    self.where.setdefault(token, []).append((place, comparison.sizes[rate.member]))
            seen = Counter((dot.size, dot.rate) for dot in picture(comparison, viewer, {}).dots)
            others = [each for each in comparison.rates if each.member in known - {viewer}]
            seen -= Counter((comparison.sizes[each.member], round(each.rate, 2)) for each in others)
            self.left[place] = seen
        assert all(self._fits(place) for place in range(len(every)))

    def _fits(self, place: int) -> bool:
        told = [(at[1], self.truth[token]) for token, where in self.where.items() for at in where if at[0] == place]
        return Counter(told) == self.left[place]

    def exchanged(self, one: Token) -> bool:
        """Whether an organization could have another's rate instead: every picture stays the same to the last dot."""
        for other, rate in list(self.truth.items()):
            if rate != self.truth[one]:
                self._exchange(one, other)
                same = all(self._fits(place) for place in range(len(self.left)))
                self._exchange(one, other)
                if same:
                    return True
        return False

    def _exchange(self, one: Token, other: Token) -> None:
        self.truth[one], self.truth[other] = self.truth[other], self.truth[one]

    def not_exchanged(self) -> list[Token]:
        """The organizations of which no such exchange hides the rate."""
        return [token for token in self.where if not self.exchanged(token)]

    def won(self) -> bool:
        """Whether a rate can be put to an organization for sure: in no way at all could it have another."""
        return any(self._only(token) for token in self.not_exchanged())

    def _only(self, token: Token) -> bool:
        self.steps = 0
        others = self._rates(token) - {self.truth[token]}
        return not any(self._a_way([each for each in self.where if each != token], token, rate) for rate in others)

    def _rates(self, token: Token) -> set[float]:
        """The rates that are left for an organization in every picture in which its number stands."""
        return set.intersection(
            *({rate for (size, rate), n in self.left[place].items() if size == at and n > 0}
              for place, at in self.where[token])
        )  # fmt: skip

    def _a_way(self, open_: list[Token], token: Token, rate: float) -> bool:
        """Whether the rest fits when an organization has this rate; given up, as if it did, after many steps."""
        self.steps += 1
        for place, at in self.where[token]:
            self.left[place][at, rate] -= 1
        found = not open_ or self.steps > MOST_STEPS
        if not found:
            following = min(open_, key=lambda each: len(self._rates(each)))
            rest = [each for each in open_ if each != following]
            found = any(self._a_way(rest, following, each) for each in sorted(self._rates(following)))
        for place, at in self.where[token]:
            self.left[place][at, rate] += 1
        return found


def quarter(generator: np.random.Generator, rates: Rates, joined: int) -> Rates:
    """The next quarter: some leave or hide their cell, some change, some join."""
    kept = [each for each in rates if generator.random() > 0.15]
    share = generator.choice([0.0, 0.2, 0.6, 1.0])
    now = [_changed(generator, each) if generator.random() < share else each for each in kept]
    count = int(generator.choice([0, 0, 1, 3, 4]))
    new = [replace(each, member=f"J{joined + k}") for k, each in enumerate(cohort(int(generator.integers(1e6)), count))]
    return tuple(sorted((*now, *new), key=lambda each: each.member))


def _changed(generator: np.random.Generator, each: OrganizationRate) -> OrganizationRate:
    n = round(each.n * generator.uniform(0.8, 1.25))
    return organization(each.member, n, float(np.clip(each.rate + generator.normal(0, 0.05), 0.05, 0.95)))


def lived(seed: int, quarters: int = 4) -> tuple[list[Comparison], list[Comparison]]:
    """Pictures that were made over some quarters; and each that was refused, as it would have been."""
    generator = np.random.default_rng(seed)
    rates = cohort(seed, int(generator.integers(5, 13)))
    made: list[Comparison] = []
    refused: list[Comparison] = []
    for at in range(quarters):
        try:
            made.append(rules.made(ASKED, rates, made, DAY))
        except PlainError as error:
            if "Only" in str(error) and made:
                sizes = dict(zip([r.member for r in rates], rules.banded([r.n for r in rates], 1), strict=True))
                marks = {each.member: rules.mark(each) for each in rates}
                refused.append(Comparison(ASKED, DAY, rates, {}, marks, sizes=sizes))
        rates = quarter(generator, rates, 10 * at)
    return made, refused


def test_pictures_beside_each_other_tell_nobody() -> None:
    beside = 0
    for seed in range(16):
        made, _ = lived(seed)
        beside += len(made) > 1
        for viewer in ("", made[-1].rates[0].member, made[0].rates[-1].member) if made else ():
            assert Attacker(made, viewer).not_exchanged() == [], (seed, viewer)
    assert beside > 3


def test_the_attacker_wins_where_pictures_were_refused() -> None:
    won = tried = 0
    for seed in range(8):
        made, refused = lived(seed)
        for comparison in refused[:1]:
            tried += 1
            viewers = ["", *(each.member for each in comparison.rates)]
            won += any(Attacker([*made, comparison], viewer).won() for viewer in viewers)
    assert tried > 4
    assert won > 0.5 * tried


def test_three_that_change_each_in_another_band_tell_each_other_apart() -> None:
    """The rule of three changes alone would let this pass: each band has one dot that went and one that came."""
    rates = tuple(organization(f"T{k:02d}", 200 * (1 + k // 5) ** 3 + k, 0.4 + k / 50) for k in range(15))
    first = rules.made(ASKED, rates, (), DAY)
    assert len(set(first.sizes.values())) == 3
    changed = tuple(
        organization(r.member, r.n, r.rate + 0.11) if r.member in ("T02", "T07", "T12") else r for r in rates
    )
    with pytest.raises(PlainError, match="Only 1 of these organizations of like size"):
        rules.made(ASKED, changed, (first,), DAY)


def test_one_that_changes_in_each_of_two_quarters_is_told_by_both() -> None:
    """B and C change with A, then D and E with A: what came and went again is A's."""
    rates = cohort(3, 9)
    first = rules.made(ASKED, rates, (), DAY)
    turns = (("T00", "T01", "T02"), ("T00", "T03", "T04"))
    second = _moved(rates, turns[0], 0.07)
    then = rules.made(ASKED, second, (first,), DAY)
    with pytest.raises(PlainError, match="Only 1 of these organizations"):
        rules.made(ASKED, _moved(second, turns[1], -0.06), (first, then), DAY)


def _moved(rates: Rates, members: tuple[str, ...], by: float) -> Rates:
    return tuple(
        organization(r.member, r.n, r.rate + by + k / 100) if r.member in members else r for k, r in enumerate(rates)
    )


def test_fewer_bands_where_more_would_tell() -> None:
    rates = tuple(organization(f"T{k:02d}", 200 * (1 + k // 5) ** 3 + k, 0.4 + k / 50) for k in range(10))
    first = rules.made(ASKED, rates[:8], (), DAY)
    assert len(set(first.sizes.values())) == 1
    grown = (*rates, organization("T90", 1500, 0.31))
    then = rules.made(ASKED, grown, (first,), DAY)
    assert len(set(then.sizes.values())) == 1
    assert len(set(rules.made(ASKED, grown, (), DAY).sizes.values())) == 2


def test_another_question_with_the_same_numbers_is_beside_it_too() -> None:
    """A measure of women alone has one rate for everybody and for the group: one more in one picture is told."""
    rates = cohort(4, 9)
    everybody = rules.made(replace(ASKED, grouping="", group=""), rates, (), DAY)
    with pytest.raises(PlainError, match="Only 1"):
        rules.made(ASKED, rates[1:], (everybody,), DAY)


def test_where_nearly_all_have_one_rate_nothing_is_shown() -> None:
    rates = tuple(organization(f"T{k}", 1000 + k, 0.021 if k else 0.034) for k in range(6))
    with pytest.raises(PlainError, match="the same rate once it is rounded"):
        rules.made(ASKED, rates, (), DAY)


def test_whoever_shows_it_under_their_name_hides_nobody() -> None:
    rates = cohort(5, 8)
    with pytest.raises(
        PlainError, match="Only 3 of these organizations of like size do not show this under their name"
    ):
        rules.made(ASKED, rates, (), DAY, {f"T{k:02d}" for k in range(5)})
    made = rules.made(ASKED, rates, (), DAY, {f"T{k:02d}" for k in range(4)})
    assert Attacker([made], "", frozenset(f"T{k:02d}" for k in range(4))).not_exchanged() == []
    everybody = {each.member for each in rates}
    assert rules.made(ASKED, rates, (), DAY, everybody).marks == made.marks
    assert rules.hides_each(made, rules.dots_told([made], everybody))
    assert not rules.hides_each(made, rules.dots_told([made], everybody - {"T07"}))


def test_names_are_counted_in_each_band() -> None:
    rates = tuple(organization(f"T{k:02d}", 200 * (1 + k // 5) ** 3 + k, 0.4 + k / 50) for k in range(10))
    made = rules.made(ASKED, rates, (), DAY)
    assert len(set(made.sizes.values())) == 2
    assert rules.hides_each(made, rules.dots_told([made], {"T00", "T05"}))
    assert not rules.hides_each(made, rules.dots_told([made], {"T00", "T01"}))  # three of that band would be left
