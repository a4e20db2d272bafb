"""What a call's state lets be seen."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from equity.calls.stages import USUAL
from equity.calls.state import CallState
from equity.calls.views import answered, contribution_view, messages, not_reached, presence_view, replay, state_view
from tests.calls.made_up import START, Log


def heard(log: Log) -> list[tuple[int, str, dict[str, object]]]:
    """All that a listener who was there from the start has heard."""
    state, told = CallState(), []
    for event in log.events:
        state.apply(event)
        told += [(event.seq, name, content) for name, content in messages(state, event, START)]
    return told


def test_a_guess_is_counted_before_the_reveal_and_told_with_it() -> None:
    log = Log()
    log.joined("Ana", "data")
    log.joined("Ben", "equity")
    log.wrote("Ana", "data", "predict", "I guess 17 points")
    before = json.dumps(heard(log))
    assert "17 points" not in before
    assert presence_view(log.state)["answered"] == {"count": 1, "lenses": {"data": 1}}
    log.moved(1, "reveal")
    told = heard(log)[-2:]
    assert [name for _, name, _ in told] == ["contribution", "state"]
    assert told[0][2]["words"] == "I guess 17 points"
    assert told[1][2]["revealed"] is True


def test_no_number_of_the_finding_is_in_what_is_told() -> None:
    log = Log()
    log.moved(1, "reveal")
    assert "12 points" not in json.dumps(heard(log))
    assert log.state.cards[0].sentence == "The finding, 12 points"


@pytest.mark.parametrize("stage", [stage for stage in USUAL if stage != "predict"])
def test_every_stage_after_the_guess_reveals_and_going_back_does_not_unsee(stage: str) -> None:
    log = Log()
    log.moved(1, stage)
    log.moved(1, "predict")
    assert state_view(log.state, START)["revealed"] is True
    log.moved(2, "predict")
    assert state_view(log.state, START)["revealed"] is False


def test_weighing_reveals_no_picture_and_goes_on_where_the_card_was_left() -> None:
    log = Log()
    log.moved(1, "weigh")
    assert state_view(log.state, START)["revealed"] is False
    log.moved(2, "notice")
    log.moved(2, "weigh")
    assert log.state.cards[1].last_stage == "notice"


def test_words_that_were_withdrawn_or_hidden_are_gone() -> None:
    log = Log()
    log.moved(1, "notice")
    taken_back, hidden = log.wrote("Ana", "data", "notice", "First"), log.wrote("Ben", "equity", "notice", "Second")
    log.add("withdrawn", {"id": taken_back})
    log.add("hidden", {"id": hidden, "reason": "It names a patient"})
    views = [contribution_view(each) for each in log.state.contributions.values()]
    assert [view["words"] for view in views] == ["", ""]
    assert [view["withdrawn"] for view in views] == [True, False]
    assert views[1]["hidden"] == "It names a patient"
    assert log.state.of_stage(1, "notice") == []


def test_votes_are_a_set_of_people() -> None:
    log = Log()
    log.moved(1, "notice")
    one = log.wrote("Ana", "data", "notice")
    for on in (True, True, False, True):
        log.add("voted", {"id": one, "participant": "Ben", "on": on})
    log.add("voted", {"id": one, "participant": "Cy", "on": True})
    assert contribution_view(log.state.contributions[one])["votes"] == 2


def test_a_lens_of_one_is_shown_as_team_and_two_devices_of_one_person_are_one() -> None:
    log = Log()
    log.joined("Ana", "data")
    log.joined("ana", "data")
    log.joined("Ben", "equity")
    assert log.state.lens_shown("data") == "team"
    log.joined("Cy", "data")
    assert log.state.lens_shown("data") == "data"
    assert log.state.lens_shown("equity") == "team"


def test_anonymous_ones_are_counted_up_to_as_many_as_there_are_people() -> None:
    log = Log()
    log.moved(1, "notice")
    log.joined("Ana", "data")
    log.joined("Ben", "data")
    for _ in range(3):
        log.wrote("", "data", "notice")
    log.wrote("Ana", "data", "notice")
    assert answered(log.state)["count"] == 2


def test_what_was_not_reached() -> None:
    log = Log(cards=2)
    log.moved(1, "notice")
    log.wrote("Ana", "data", "notice")
    assert not_reached(log.state) == [(1, "predict"), (1, "wonder"), (1, "so_what"), (1, "next_test"), (2, "predict")]


kinds = st.sampled_from(["write", "guess", "move", "vote", "withdraw", "edit", "join", "hide", "end"])


@example([("guess", 0), ("withdraw", 1), ("move", 2)], 0)  # gone before the reveal: nobody sees that it was there
@example([("guess", 0), ("hide", 1), ("move", 2), ("vote", 1)], 0)
@given(st.lists(st.tuples(kinds, st.integers(0, 5)), max_size=25), st.integers(0, 30))
def test_a_replay_ends_where_somebody_who_was_there_is(steps: list[tuple[str, int]], after: int) -> None:
    """Whatever happened and wherever the line dropped: what is replayed brings a listener to the same picture."""
    log, written = Log(), ["c0"]
    for kind, n in steps:
        if kind == "write":
            written.append(log.wrote(f"P{n}", "data", "notice", f"words {n}"))
        elif kind == "guess":
            written.append(log.wrote(f"P{n}", "data", "predict", f"guess {n}"))
        elif kind == "move":
            log.moved(1 + n % 2, USUAL[n])
        elif kind == "join":
            log.joined(f"P{n}", "data")
        elif kind == "end":
            log.add("ended", {})
        else:
            one = written[n % len(written)]
            more = {"vote": {"participant": "V", "on": n % 2 == 0}, "edit": {"words": "new"}, "hide": {"reason": "why"}}
            log.add({"vote": "voted", "withdraw": "withdrawn", "edit": "edited", "hide": "hidden"}[kind], {  # type: ignore[arg-type]
                "id": one, **more.get(kind, {})
            })  # fmt: skip
    state = log.state
    lived = [item for item in heard(log) if item[0] <= after]
    rest = replay(state, log.events, after, START)
    assert [seq for seq, _, _ in rest] == sorted(seq for seq, _, _ in rest)
    assert all(seq > after for seq, _, _ in rest) or after == 0
    assert picture([*lived, *rest]) == picture(heard(log))


def picture(told: list[tuple[int, str, dict[str, object]]]) -> dict[str, object]:
    """What a page shows after these messages."""
    shown: dict[str, object] = {"ended": False, "participants": 0}
    contributions: dict[str, dict[str, object]] = {}
    for _, name, content in told:
        if name == "contribution":
            contributions[str(content["id"])] = dict(content)
        elif name == "votes":
            contributions[str(content["contribution"])]["votes"] = content["votes"]
        elif name == "state":
            shown |= {key: content[key] for key in ("stage", "card", "revealed", "reached")}
        elif name == "presence":
            shown["participants"] = content["participants"]
        elif name == "end":
            shown["ended"] = True
    return {**shown, "contributions": contributions}
