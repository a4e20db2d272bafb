"""Drawing who talks with whom: nobody twice before all once, leaders and reports apart, as little again as can be."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from equity.improvement.team import pairing
from equity.improvement.team.pairing import Draw, Tick
from equity.vocabulary import PlainError

NAMES = "abcdefghijkl"


def pairs_of(draws: list[Draw]) -> Counter[frozenset[str]]:
    return Counter(frozenset(p) for each in draws for group in each.groups for p in combinations(group, 2))


def drawn(
    people: str, rounds: int, seed: int, size: int = 2, apart: frozenset[frozenset[str]] = frozenset()
) -> list[Draw]:
    found: list[Draw] = []
    for number in range(rounds):
        found.append(pairing.draw(people, found, apart, size, seed + number))
    return found


@given(count=some.integers(2, 8), seed=some.integers(0, 10_000))
def test_nobody_meets_twice_before_all_have_met_once(count: int, seed: int) -> None:
    people = NAMES[:count]
    cycle = count - 1 if count % 2 == 0 else count
    draws = drawn(people, 3 * cycle, seed)
    for number in range(1, len(draws) + 1):
        met = pairs_of(draws[:number])
        counts = [met[frozenset(pair)] for pair in combinations(people, 2)]
        assert max(counts) - min(counts) <= 1
        rests = Counter(each.keeps_time for each in draws[:number] if each.keeps_time)
        if count % 2:
            assert max(rests.values()) - min(rests[name] for name in people) <= 1
    assert set(pairs_of(draws).values()) == {3}


@given(count=some.integers(4, 8), seed=some.integers(0, 10_000), size=some.sampled_from((2, 3)))
def test_everybody_has_a_group_and_those_kept_apart_never_meet(count: int, seed: int, size: int) -> None:
    people = NAMES[:count]
    apart = frozenset({frozenset("ab")})
    for each in drawn(people, 6, seed, size, apart):
        placed = [person for group in each.groups for person in group] + ([each.keeps_time] if each.keeps_time else [])
        assert sorted(placed) == sorted(people)
        assert not any({"a", "b"} <= set(group) for group in each.groups)


@given(seed=some.integers(0, 10_000))
def test_a_leader_apart_from_all_but_two_is_still_drawn_fairly(seed: int) -> None:
    apart = frozenset(frozenset(("a", other)) for other in "def")
    draws = drawn("abcdef", 10, seed, 2, apart)
    with_a = Counter(
        other for each in draws for group in each.groups if "a" in group for other in group if other != "a"
    )
    assert set(with_a) == {"b", "c"}
    assert abs(with_a["b"] - with_a["c"]) <= 1


def test_small_groups_are_as_even_as_they_can_be_and_repeat_little() -> None:
    for count, sizes in ((5, {(2, 3), (3, 2)}), (6, {(3, 3)}), (7, {(4, 3), (3, 4)}), (9, {(3, 3, 3)})):
        draws = drawn(NAMES[:count], 4, 7, 3)
        assert all(tuple(len(group) for group in each.groups) in sizes for each in draws)
    nine = pairs_of(drawn(NAMES[:9], 4, 3, 3))  # 36 pairs, 9 a round: four rounds can meet each once
    assert max(nine.values()) <= 2


def test_who_comes_later_is_met_first() -> None:
    before = drawn("abcd", 3, 1)
    now = pairing.draw("abcdef", before, frozenset(), 2, 4)
    assert all(not set(group) <= set("abcd") or len(group) == 2 for group in now.groups)
    met = pairs_of(before)
    again = sum(met[frozenset(group)] for group in now.groups)
    assert again <= 1


def test_the_same_seed_draws_the_same() -> None:
    assert drawn("abcdefg", 5, 11) == drawn("gfedcba", 5, 11)


def test_who_cannot_be_drawn_is_said() -> None:
    with pytest.raises(PlainError, match="Two people"):
        pairing.draw("a", [], frozenset(), 2, 0)
    with pytest.raises(PlainError, match="10 people"):
        pairing.draw("abcdefghijk", [], frozenset(), 2, 0)
    for size in (2, 3):
        with pytest.raises(PlainError, match="reports to them"):
            pairing.draw("ab", [], frozenset({frozenset("ab")}), size, 0)


def test_a_group_has_met_when_all_of_it_say_so() -> None:
    held = pairing.round_of(Draw((("a", "b"), ("c", "d")), "e"), "2026-11-02", 5, 1, with_reports=False)
    assert (pairing.group_of(held, "d"), pairing.group_of(held, "e")) == (1, None)
    assert pairing.ticked(held, [Tick("a", 0)]).met == ()
    assert pairing.ticked(held, [Tick("a", 0), Tick("a", 0), Tick("c", 1)]).met == ()
    held = pairing.ticked(held, [Tick("c", 1), Tick("d", 1)])
    assert held.met == (1,)
    assert pairing.ticked(held, [Tick("a", 0), Tick("b", 0)]).met == (0, 1)
    assert pairing.drawn_in([held]) == (Draw((("a", "b"), ("c", "d")), "e"),)
