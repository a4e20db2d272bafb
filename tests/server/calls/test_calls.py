"""A call by its addresses, as a client of somebody else's would use them."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import threading
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from equity.access.here import Here
from equity.actions.calls import call_moves, call_opening
from equity.actions.calls.call_minutes import as_file, whole_minutes
from equity.actions.calls.call_opening import Opened
from equity.actions.calls.live_calls import LiveCall, live_call
from equity.actions.work import focus
from equity.commands.call import shown_call
from equity.focus.nouns import WEIGHTS
from equity.focus.room import Criterion, FocusRoom
from equity.release.plan import Plan as ReleasePlan
from equity.release.policy import policy_of
from equity.server.calls import addresses, leading
from equity.server.calls.alone import calls_alone
from equity.server.calls.limits import Pace
from equity.server.calls.rooms import ROOMS, Rooms
from equity.sharing import make_release, take_back
from equity.store.files.home import home_folder
from equity.store.records import shelf
from equity.store.records.calls import hash_of
from equity.store.records.exchange import export_records
from equity.store.records.kept import Kept
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError
from tests import plain_http
from tests.pages.people import DATASET, small_home
from tests.server.calls.calls_served import Participant, on_this_machine, served

CARD = "disparities?measure=Controlled blood pressure&by=race&period=2024"
SECOND = "trends?measure=Controlled blood pressure&by=race"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("served")
    small_home(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(folder / "home"))
        patch.delenv("EQUITY_DATABASE_URL", raising=False)
        yield folder / "home"


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    with served(on_this_machine()) as at:
        yield at


@pytest.fixture(scope="module")
def release(home: Path) -> str:
    plan = ReleasePlan(("race",), "year", "none", ())
    policy = policy_of("cms", 11)
    return make_release(workspace_database(), home, HOME_WORKSPACE, DATASET, plan, policy, by=LOCAL_OWNER).id


def fetched(address: str) -> httpx.Response:
    """What is at an address, on a machine that may be busy."""
    return plain_http.get(address, timeout=60)


def opened(*cards: str, release: str = "") -> Opened:
    place, home = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER), home_folder()
    plan = call_opening.Plan(DATASET, call_opening.recipes(home, DATASET, cards or (CARD,)), release_id=release)
    return call_opening.open_call(place, home, plan)


def lived(call: Opened) -> LiveCall:
    """The call as another process has it."""
    return live_call(workspace_database(), call.call.id)


def numbers_of(card: dict[str, Any]) -> set[str]:
    """Numbers of the answer as they could be written, from what is shown of it."""
    text = json.dumps([card["sentence"], card["table"], card["figure"]["data"]])
    return set(re.findall(r"\d+\.\d{2,}|\d{3,}", text)) - {"2024"}


def told_of(secret: set[str], sent: str, drawn: Iterable[str]) -> list[str]:
    """Numbers of the answer in what was sent, apart from keys drawn at random, which may hold any three digits."""
    for key in drawn:
        sent = sent.replace(key, "")
    return [number for number in secret if re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", sent)]


def test_what_whoever_leads_sees_is_read_while_nobody_adds(server: str) -> None:
    call = opened(CARD)
    key = call_opening.lead_key(Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER), call.call)
    leads = Participant(server + call.join)
    leads.headers = {"X-Lead": key}
    assert leads.get("lead").status_code == 200
    room, seen = ROOMS.room(workspace_database(), call.call, home_folder(), ("team",)), threading.Event()
    looking = threading.Thread(target=lambda: (leading.view(room, "none"), seen.set()))
    with room.live.lock:
        looking.start()
        assert not seen.wait(0.2)
    assert seen.wait(20)


def test_from_joining_to_the_end(server: str, home: Path) -> None:
    call = opened(CARD, SECOND)
    at = server + call.join
    ana, ben = Participant(at, "Ana", "data"), Participant(at, "Ben", "equity")
    first = ana.writes("c1", "12 points", "predict")
    assert (first.status_code, set(first.json())) == (201, {"id", "seq"})
    again = ana.writes("c1", "12 points", "predict")
    assert (again.status_code, again.json()) == (200, first.json())
    heard: list[dict[str, Any]] = []
    listening = threading.Thread(target=lambda: heard.extend(ben.hears(30.0)))
    listening.start()
    room = ROOMS.room(workspace_database(), call.call, home_folder(), ("team",))
    while not room.listeners:
        time.sleep(0.05)
    time.sleep(0.5)
    call_moves.move(lived(call), stage="reveal")
    call_moves.move(lived(call), stage="notice")
    written = ana.writes("c2", "One group is apart").json()
    assert ben.post("votes", contribution=written["id"], on=True).status_code == 204
    assert ben.post("votes", contribution=written["id"], on=True).status_code == 204
    call_moves.end(lived(call), LOCAL_OWNER)
    listening.join()
    names = [each["event"] for each in heard]
    assert names[0] == "state"
    assert [each["id"] for each in heard] == sorted(each["id"] for each in heard)
    assert names[-3:] == ["contribution", "votes", "end"]
    assert heard[-2]["data"] == {"contribution": written["id"], "votes": 1}
    stages = [each["data"]["stage"] for each in heard if each["event"] == "state"]
    assert stages == ["predict", "reveal", "notice"]
    assert ana.writes("c3", "Late").status_code == 409
    assert ben.hears(2.0)[-1]["event"] == "end"


def test_nothing_of_the_answer_is_in_any_byte_before_the_reveal(server: str) -> None:
    call = opened()
    ana = Participant(server + call.join, "Ana")
    other = Participant(server + call.join, "Ben")
    other.writes("g", "I guess 41.75 points", "predict")
    before = ana.get("card/1")
    told = before.json()
    assert (told["revealed"], told["figure"], told["table"], told["sentence"]) == (False, None, None, "")
    assert {"question", "asked", "revealed", "sentence", "alt", "figure", "table"} <= set(told)
    page = fetched(server + call.join).text
    stream = json.dumps(ana.hears(0.5))
    guesses = ana.get("card/1/guesses").text
    call_moves.move(lived(call), stage="reveal")
    after = ana.get("card/1").json()
    secret = numbers_of(after)
    assert len(secret) > 10
    length = int(before.headers.pop("content-length"))
    assert length == before.num_bytes_downloaded
    everything = before.text + page + stream + guesses + str(before.headers)
    assert told_of(secret, everything, (call.call.id, before.headers["etag"])) == []
    assert set(told_of(secret, json.dumps(after), ())) == secret
    assert "41.75" not in everything
    assert after["revealed"] is True
    assert ana.get("card/1/guesses").json()["guesses"] == [41.75]
    assert "41.75" in json.dumps(ana.hears(0.5))


def test_a_line_that_dropped_is_taken_up_where_it_was(server: str) -> None:
    call = opened()
    call_moves.move(lived(call), stage="notice")
    ana = Participant(server + call.join, "Ana")
    for n in range(4):
        ana.writes(f"c{n}", f"Words {n}")
    all_of = ana.hears(0.6)
    middle = next(each["id"] for each in all_of if each["data"].get("words") == "Words 1")
    rest = ana.hears(0.6, after=middle)
    assert [each["data"]["words"] for each in rest] == ["Words 2", "Words 3"]
    with plain_http.stream("GET", f"{ana.at}/events", headers={**ana.headers, "Last-Event-ID": str(middle)}) as stream:
        text = ""
        for part in stream.iter_text():
            text += part
            if "Words 3" in text:
                break
    assert "Words 1" not in text
    assert "Words 2" in text


def test_the_stream_is_neither_compressed_nor_kept(server: str) -> None:
    ana = Participant(server + opened().join, "Ana")
    headers = {**ana.headers, "Accept-Encoding": "gzip, br"}
    with plain_http.stream("GET", f"{ana.at}/events", headers=headers, timeout=20) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in stream.headers
        assert "no-store" in stream.headers["cache-control"]
        raw = stream.iter_raw()
        assert b"event: state" in next(raw) + next(raw)


def test_a_quiet_line_says_that_it_is_there(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("equity.server.calls.stream.HEARTBEAT_SECONDS", 1.0)
    ana = Participant(server + opened().join, "Ana")
    with plain_http.stream("GET", f"{ana.at}/events", headers=ana.headers, timeout=20) as stream:
        text = ""
        for part in stream.iter_text():
            text += part
            if "\n: " in text:
                break
    assert ": here\n\n" in text


def test_who_is_refused_hears_a_plain_sentence(server: str, home: Path) -> None:
    one, other = opened(), opened()
    ana, stranger = Participant(server + one.join, "Ana"), Participant(server + other.join, "Ben")
    nobody = Participant(server + one.join)
    foreign = Participant(server + one.join)
    foreign.headers = stranger.headers
    refused = {
        nobody.get("card/1"): 401,
        nobody.get("events"): 401,
        nobody.post("contributions", client_id="a", stage="notice", words="x"): 401,
        foreign.get("card/1"): 401,
        foreign.post("votes", contribution="x", on=True): 401,
        ana.get("card/9"): 404,
        ana.get("card/x"): 404,
        ana.post("votes", contribution="x", on=True): 404,
        ana.post("contributions", client_id="a", stage="notice", words=" "): 422,
        ana.post("contributions", client_id="a", stage="notice", words="x" * 4001): 422,
        ana.post("join", name="", lens="data"): 422,
        ana.post("join", name="A", lens="astrology"): 422,
        ana.post("lead", do="move", stage="notice"): 403,
        plain_http.post(f"{ana.at}/contributions", content=b"{", headers=ana.headers, timeout=60): 400,
        plain_http.post(f"{ana.at}/contributions", content=b"[" * 20_000, headers=ana.headers, timeout=60): 400,
        plain_http.post(f"{ana.at}/contributions", content=b" " * 40_000, headers=ana.headers, timeout=60): 413,
        plain_http.post(f"{server}/call/nothing/join", json={"name": "A", "lens": "data"}, timeout=60): 404,
    }
    for answer, status in refused.items():
        assert answer.status_code == status, answer.text
        sentence = answer.json()["error"]
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert str(home) not in sentence
    assert lived(one).state.contributions == {}
    assert fetched(f"{server}/call/nothing").status_code == 404


def test_a_replay_is_of_ones_own_call_alone(server: str) -> None:
    one, other = opened(), opened()
    ben = Participant(server + other.join, "Ben")
    call_moves.move(lived(other), stage="notice")
    ben.writes("c", "Only for the other call")
    ana = Participant(server + one.join, "Ana")
    assert "Only for the other call" not in json.dumps(ana.hears(0.5, after=0))


def test_a_token_that_ran_out(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime as dt

    monkeypatch.setattr("equity.store.records.calls.OPEN_FOR", dt.timedelta(seconds=-1))
    call = opened()
    assert fetched(server + call.join).status_code == 410
    answer = plain_http.post(f"{server}{call.join}/join", json={"name": "A", "lens": "data"}, timeout=60)
    assert answer.status_code == 410
    assert "run out" in answer.json()["error"]


def test_a_code_opens_the_same_call_and_wrong_ones_are_slowed(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    call = opened()
    said = call.code.lower().replace("-", " ")
    assert fetched(f"{server}/call/{said}").status_code == 200
    ana = Participant(f"{server}/call/{said}", "Ana")
    assert ana.get("card/1").status_code == 200
    monkeypatch.setattr(addresses, "_CODES", Pace(at_once=3, a_second=0.01))
    statuses = [plain_http.post(f"{server}/call/WALNUT-{n}/join", json={}).status_code for n in range(10, 16)]
    assert set(statuses[:3]) == {404}
    assert statuses[-1] == 429


def test_two_hundred_posts_a_minute_are_slowed_and_told_kindly(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_WRITES", Pace(at_once=5, a_second=1 / 60))
    ana = Participant(server + opened().join, "Ana")
    answers = [ana.writes(f"c{n}", "x", "predict") for n in range(7)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [429] * 2
    assert "nothing is lost" in answers[-1].json()["error"]
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_burst_waits_its_turn_before_it_is_refused() -> None:
    pace = Pace(at_once=60, a_second=2)
    waits = [pace.take("Ana") for _ in range(200)]
    assert waits[:60] == [0] * 60
    assert 0 < waits[61] < 3
    assert waits[-1] > 3
    assert pace.take("Ben") == 0


def test_a_card_is_finished_bytes_that_need_not_be_sent_twice(server: str) -> None:
    call = opened()
    call_moves.move(lived(call), stage="reveal")
    ana = Participant(server + call.join, "Ana")
    packed = ana.get("card/1", **{"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    plain = ana.get("card/1", **{"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == packed.json()
    assert ana.get("card/1", **{"If-None-Match": plain.headers["etag"]}).status_code == 304
    assert gzip.decompress(gzip.compress(plain.content)) == plain.content


def test_an_anonymous_one_has_no_author_in_any_byte(server: str, home: Path) -> None:
    call = opened()
    call_moves.move(lived(call), stage="notice")
    zoe, ben = Participant(server + call.join, "Zoraida", "equity"), Participant(server + call.join, "Ben", "data")
    zoe.post("contributions", client_id="z1", stage="notice", words="Nobody said this", anonymous=True, anchor=None)
    told = next(each["data"] for each in ben.hears(0.6) if each["data"].get("words") == "Nobody said this")
    assert (told["name"], told["lens"]) == ("", "team")
    assert "participant" not in told


def test_one_can_edit_and_take_back_ones_own_alone(server: str) -> None:
    call = opened()
    call_moves.move(lived(call), stage="notice")
    ana, ben = Participant(server + call.join, "Ana"), Participant(server + call.join, "Ben")
    one = ana.post("contributions", client_id="a", stage="notice", words="First", anonymous=True, anchor=None).json()[
        "id"
    ]
    assert ben.post(f"contributions/{one}", client_id="b", words="Theirs").status_code == 403
    assert ana.post(f"contributions/{one}", client_id="a", words="Second").status_code == 200
    assert [each["data"]["words"] for each in ben.hears(0.5) if each["event"] == "contribution"] == ["Second"]
    assert ana.post(f"contributions/{one}", client_id="a", withdraw=True).status_code == 200
    assert [each["data"]["words"] for each in ben.hears(0.5) if each["event"] == "contribution"] == [""]


def test_whoever_leads_has_a_key_of_this_call(server: str) -> None:
    one, other = opened(CARD, SECOND), opened()
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    lead = Participant(server + one.join)
    lead.headers = {"X-Lead": call_opening.lead_key(place, one.call)}
    assert lead.post("lead", do="move", stage="reveal").json()["line"].startswith("Here it is")
    card = lead.get("card/1").json()
    assert card["revealed"]
    assert lived(one).state.cards[0].sentence == card["sentence"]
    assert lead.post("lead", do="scribe", lens="community", words="Said aloud", stage="notice").status_code == 200
    [said] = lived(one).state.contributions.values()
    assert (said.words, said.lens, said.name, said.scribe) == ("Said aloud", "community", "", True)
    assert lead.post("lead", do="hide", contribution=said.id, reason=" ").status_code == 422
    assert lead.post("lead", do="hide", contribution=said.id, reason="Twice").status_code == 200
    assert lead.post("lead", do="hand_over", name="Cy").status_code == 200
    assert lead.post("lead", do="dance").status_code == 422
    assert lead.get("lead").json()["not_reached"][0]["card"] == 1
    foreign = Participant(server + other.join)
    foreign.headers = lead.headers
    assert foreign.post("lead", do="end").status_code == 403
    assert lead.post("lead", do="end").status_code == 200
    assert lived(one).state.ended is not None


def test_another_process_is_heard(server: str) -> None:
    call = opened()
    ana = Participant(server + call.join, "Ana")
    heard: list[str] = []

    def listen() -> None:
        with plain_http.stream("GET", f"{ana.at}/events", headers=ana.headers, timeout=20) as stream:
            for text in stream.iter_text():
                if '"stage":"wonder"' in text:
                    heard.append(text)
                    return

    thread = threading.Thread(target=listen)
    thread.start()
    time.sleep(0.6)
    live = lived(call)
    call_moves.move(live, stage="wonder")
    thread.join(20)
    assert len(heard) == 1


def test_a_server_that_starts_again_has_lost_nothing(server: str) -> None:
    call = opened()
    call_moves.move(lived(call), stage="notice")
    ana = Participant(server + call.join, "Ana")
    kept = ana.writes("c1", "Before").json()
    before = addresses.ROOMS
    try:
        addresses.ROOMS = Rooms()  # what a process holds in memory is gone
        assert ana.writes("c1", "Before").json() == kept
        assert ana.writes("c2", "After").status_code == 201
        words = [each["data"]["words"] for each in ana.hears(0.5) if each["event"] == "contribution"]
        assert words == ["Before", "After"]
    finally:
        addresses.ROOMS = before


def test_served_alone_only_calls_on_a_release_answer_and_show_only_it(home: Path, release: str, server: str) -> None:
    on_release, on_numbers = opened(release=release), opened()
    with served(calls_alone()) as alone:
        assert fetched(alone + on_numbers.join).status_code == 404
        assert (
            plain_http.post(
                f"{alone}{on_numbers.join}/join", json={"name": "A", "lens": "data"}, timeout=60
            ).status_code
            == 404
        )
        for path in ("/", "/api/health", "/_stcore/health", "/static/x.js", "/disparities", "/call/files/../page"):
            answer = fetched(alone + path)
            assert answer.status_code == 404, path
            assert answer.headers["x-content-type-options"] == "nosniff"
        ana = Participant(alone + on_release.join, "Ana")
        call_moves.move(lived(on_release), stage="reveal")
        shown = ana.get("card/1").json()
    call_moves.move(lived(on_numbers), stage="reveal")
    full = Participant(server + on_numbers.join, "Ben").get("card/1").json()
    hidden = next(row for row in full["table"]["rows"] if "Native Hawaiian" in row[0])
    seen = next(row for row in shown["table"]["rows"] if "Native Hawaiian" in row[0])
    assert hidden != seen
    assert "privacy" in " ".join(seen)
    assert shown["revealed"] is True


@pytest.mark.parametrize("how", ["revoked", "deleted"])
def test_a_picture_of_a_release_that_is_gone_is_sent_to_nobody_any_more(home: Path, how: str) -> None:
    """The finished bytes are still in the process: whoever reloads, hears or leads gets none of them."""
    plan, database = ReleasePlan(("race",), "year", "none", ()), workspace_database()
    made = make_release(database, home, HOME_WORKSPACE, DATASET, plan, policy_of("cms", 12), by=LOCAL_OWNER)
    call = opened(release=made.id)
    with served(calls_alone()) as alone:
        ana, leads = Participant(alone + call.join, "Ana"), Participant(alone + call.join)
        leads.headers = {"X-Lead": call_opening.lead_key(Here(database, HOME_WORKSPACE, LOCAL_OWNER), call.call)}
        ana.writes("g", "I guess 41.75 points", "predict")
        assert leads.post("lead", do="move", stage="reveal").status_code == 200
        before, guessed = ana.get("card/1"), ana.get("card/1/guesses")
        secret, prompts = numbers_of(before.json()), leads.get("lead").json()["prompts"]
        assert len(secret) > 10
        assert prompts
        assert (guessed.json()["guesses"], guessed.json()["truth"] is None) == ([41.75], False)
        if how == "revoked":
            take_back(database, home, HOME_WORKSPACE, made.id, by=LOCAL_OWNER)
        else:
            shutil.rmtree(made.folder)
        again = ana.get("card/1", **{"If-None-Match": before.headers["etag"]})
        assert again.status_code == 200
        assert (again.json()["figure"], again.json()["table"], again.json()["sentence"]) == (None, None, "")
        led = leads.get("lead")
        heard = ana.hears(0.5)
        everything = again.text + ana.get("card/1/guesses").text + led.text + json.dumps(heard)
        everything += fetched(alone + call.join).text
    assert told_of(secret, everything, [each["data"]["id"] for each in heard if each["event"] == "contribution"]) == []
    assert led.json()["prompts"] == []
    [card] = whole_minutes(lived(call), home).cards
    assert card.sheet is None
    assert card.why_not


def test_the_page_is_whole_without_a_chart_and_carries_a_policy(server: str) -> None:
    call = opened()
    page = fetched(server + call.join)
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert "plotly" not in re.sub(r'"plotly":"[^"]+"', "", page.text.replace(": ", ":"))
    for name in ("call.js", "line.js", "view.js", "picture.js", "lead.js", "call.css", "wording.json"):
        assert fetched(f"{server}/call/files/{name}").status_code == 200, name
    chart = json.loads(re.search(r'id="told">(.*?)</script>', page.text)[1])["plotly"]  # type: ignore[index]
    answer = fetched(server + chart)
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.content) > 3_000_000
    for name in ("addresses.py", "..%2faddresses.py", "call.html", "__init__.py"):
        assert fetched(f"{server}/call/files/{name}").status_code == 404


def test_a_hostile_title_stays_text(server: str) -> None:
    place, home = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER), home_folder()
    title = '</script><img src=x onerror="alert(1)">'
    plan = call_opening.Plan(DATASET, call_opening.recipes(home, DATASET, (CARD,)), title=title)
    page = fetched(server + call_opening.open_call(place, home, plan).join).text
    assert "<img" not in page
    assert page.count("</script>") == 2


def told(page: httpx.Response) -> dict[str, Any]:
    """What the page tells its scripts."""
    return json.loads(re.search(r'id="told">(.*?)</script>', page.text)[1])  # type: ignore[index,no-any-return]


def test_the_page_comes_in_the_readers_language(server: str) -> None:
    """The browser's language, or the one that the address asks for; a refusal follows; the views keep their names."""
    at = server + opened().join
    spanish = plain_http.get(at, headers={"Accept-Language": "es-MX,es;q=0.9,en;q=0.8"}, timeout=60)
    asked = plain_http.get(f"{at}?lang=es", headers={"Accept-Language": "en"}, timeout=60)
    english = plain_http.get(f"{at}?lang=en", headers={"Accept-Language": "es"}, timeout=60)
    assert '<html lang="es">' in spanish.text and '<html lang="es">' in asked.text
    assert '<html lang="en">' in english.text and '<html lang="en">' in fetched(at).text
    assert "Accept-Language" in spanish.headers["vary"]
    assert told(spanish)["texts"]["join"] == "Unirse"
    assert told(spanish)["stages"]["notice"] == "Observar"
    assert told(spanish)["lenses"] == told(english)["lenses"] and told(spanish)["names"]["data"] == "datos"
    assert 'href="?lang=en"' in spanish.text and 'href="?lang=es"' in english.text
    nameless = plain_http.post(f"{at}/join", json={"name": ""}, headers={"Accept-Language": "es"}, timeout=60)
    assert nameless.json() == {"error": "Escriba un nombre: basta una letra."}
    nowhere = plain_http.get(f"{server}/call/{'x' * 43}", headers={"Accept-Language": "es"}, timeout=60)
    assert nowhere.status_code == 404 and "Este enlace no abre ninguna sesión" in nowhere.text
    code = plain_http.get(f"{server}/call?lang=es", timeout=60).text
    assert "Escriba el código" in code and "{{" not in code


def test_words_are_about_a_part_of_the_picture_and_groups_are_sketched(server: str) -> None:
    call = opened(CARD, SECOND)
    ana, ben = Participant(server + call.join, "Ana"), Participant(server + call.join, "Ben")
    state = ana.hears(0.6)[0]["data"]
    groups, sketch = state["parts"]["groups"], state["parts"]["sketch"]
    assert (sketch["unit"], sketch["worst"], state["parts"]["periods"]) == ("%", "lowest", [])
    first, second = {groups[0]: 61.5, groups[1]: 40}, {groups[0]: 55}
    for who, client, drawn in ((ana, "a", first), (ben, "b", second)):
        anchor = {"sketch": drawn, "group": groups[1], "far": 21.5}
        sent = who.post("contributions", client_id=client, stage="predict", words="", anchor=anchor)
        assert sent.status_code == 201
    for odd in ({"sketch": {groups[0]: "many"}}, {"sketch": {groups[0]: None}}, {"sketch": [1]}, {"other": {"a": 1}}):
        refused = ana.post("contributions", client_id="odd", stage="predict", words="x", anchor=odd)
        assert refused.status_code == 422
    assert "61.5" not in json.dumps(ben.hears(0.4))
    call_moves.move(lived(call), stage="reveal")
    told = ben.get("card/1/guesses").json()
    assert [each["guesses"] for each in told["sketches"] if each["group"] == groups[0]] == [[55.0, 61.5]]
    rows = {row[0]: row[1] for row in ben.get("card/1").json()["table"]["rows"]}
    for each in told["sketches"]:
        shown = next(rate for group, rate in rows.items() if group in each["group"] or each["group"] in group)
        assert abs(each["truth"] - float(shown.strip(" %"))) < 0.6
    call_moves.move(lived(call), card=2, stage="notice")
    parts = ana.hears(0.6)[0]["data"]["parts"]
    assert len(parts["periods"]) > 1
    anchor = {"group": groups[0], "period": parts["periods"][0]}
    assert (
        ana.post("contributions", client_id="about", stage="notice", words="It rose", anchor=anchor).status_code == 201
    )
    said = as_file(whole_minutes(lived(call), home_folder()), "md").decode()
    assert f"about {groups[0]}, {parts['periods'][0]}; Ana" in said


def test_words_about_a_trend_are_about_the_periods_that_it_looks_at(server: str) -> None:
    call = opened(f"{SECOND}&span=2022..2023")
    (state, *_) = Participant(server + call.join, "Ana").hears(0.5)
    assert state["data"]["parts"]["periods"] == ["2022", "2023"]


def weighed_call(**more: Any) -> tuple[Opened, str, Kept[FocusRoom]]:
    """A call that weighs a decision, the key with which it is led, and the decision."""
    here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    room = FocusRoom("Which <area>", DATASET, 1, criteria=(Criterion("reach", "<b>few</b>", "many"),))
    kept = focus.open_decision(here, replace(room, stage="weighing"))
    plan = call_opening.Plan(
        DATASET, call_opening.recipes(home_folder(), DATASET, (CARD,)), decision=kept.id[:12], **more
    )
    call = call_opening.open_call(here, home_folder(), plan)
    return call, call_opening.lead_key(here, call.call), kept


def test_everybody_weighs_in_private_and_all_points_come_at_once(server: str, tmp_path: Path) -> None:
    call, key, kept = weighed_call()
    lenses = ("data", "data", "equity", "community", "community")
    people = [Participant(server + call.join, f"Participant {n}", lens) for n, lens in enumerate(lenses)]
    leads = Participant(server + call.join)
    leads.headers = {"X-Lead": key}
    assert leads.post("lead", do="move", stage="weigh").status_code == 200
    given = [{"burden": 60.25 + n, "reach": 39.75 - n} for n in range(5)]  # no moment has that many seconds
    assert leads.post("lead", do="reveal_weights").status_code == 422  # nobody has finished
    for person, points in zip(people, given, strict=True):
        assert person.post("weights", points=points, finished=False).status_code == 204
        assert person.post("weights", points=points, finished=True).status_code == 204
    assert people[0].post("weights", points={"burden": 99}, finished=True).status_code == 422
    assert people[0].post("weights", points={"burden": -1}, finished=True).status_code == 422
    assert people[0].post("weights", points={"nothing": 100}, finished=True).status_code == 422
    assert leads.post("weights", points={"burden": 100}, finished=True).status_code == 401
    live = lived(call)
    export_records(live.database, HOME_WORKSPACE, tmp_path / "out", by=LOCAL_OWNER)
    outside = "".join(file.read_text("utf-8") for file in (tmp_path / "out").iterdir())
    outside += json.dumps(shown_call(live)) + json.dumps([dict(event.body) for event in live.events])
    outside += str(leads.get("weights").text) + json.dumps(leads.hears(0.6))
    for n, person in enumerate(people):
        seen, others = person.get("weights"), [p["burden"] for p in given if p != given[n]]
        assert seen.json()["own"] == {"points": given[n], "finished": True}
        assert (seen.json()["finished"], seen.json()["revealed"], seen.json()["spreads"]) == (5, False, [])
        assert not [points for points in others if str(points) in seen.text + json.dumps(person.hears(0.3))]
        assert str(given[n]["burden"]) not in outside
    assert people[0].hears(0.6)[-1]["data"]["answered"] == {"count": 5, "lenses": {}}
    assert leads.post("lead", do="reveal_weights").status_code == 200
    assert leads.post("lead", do="reveal_weights").status_code == 200
    seen = people[3].get("weights").json()
    widest = next(each for each in seen["spreads"] if each["criterion"] == "Reach")
    assert seen["spoken"]["es"].endswith(".")
    assert bool(seen["prompt"]["sentence"]) == bool(seen["prompt"]["spoken"])
    assert [lens for lens, _ in widest["points"]] == ["community", "community", "team", "data", "data"]
    assert people[1].post("weights", points=given[0], finished=True).status_code == 422  # too late
    here = Here(live.database, HOME_WORKSPACE, LOCAL_OWNER)
    assert next(one for one in focus.decisions(here) if one.id == kept.id).content.stage == "revealed"
    stored = json.dumps([dict(event.body) for event in lived(call).events])
    keys = [hash_of(person.headers["X-Participant"]) for person in people]
    links = [one.content.by_link for one in shelf.listed(here.database, HOME_WORKSPACE, WEIGHTS, parent=kept.id)]
    assert len(links) == 5
    assert not set(links) & set(keys)
    assert not [link for link in links if link in stored]
    minutes = whole_minutes(lived(call), home_folder())
    for form in ("md", "html", "docx", "json"):
        made = as_file(minutes, form)
        text = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode() if form == "docx" else made.decode()
        assert "64.25" in text
        assert "Participant 3" not in text.partition("Weights")[2]
    assert leads.post("lead", do="weigh_again").status_code == 200
    again = people[4].get("weights").json()
    assert (again["revealed"], again["own"]["points"]) == (False, given[4])
    assert people[4].post("weights", points={"burden": 100}, finished=True).status_code == 204
    assert leads.post("lead", do="reveal_weights").status_code == 200
    assert "100" in json.dumps(people[0].get("weights").json()["spreads"])
    assert leads.post("lead", do="weigh_again").status_code == 422  # one round of revision


def test_a_call_without_a_decision_weighs_nothing(server: str) -> None:
    call = opened()
    ana = Participant(server + call.join, "Ana")
    assert ana.get("weights").status_code == 404
    assert ana.post("weights", points={"burden": 100}, finished=True).status_code == 404
    with pytest.raises(PlainError, match="nothing to weigh"):
        call_moves.move(lived(call), stage="weigh")
    here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    cards = call_opening.recipes(home_folder(), DATASET, (CARD,))
    for plan in (
        call_opening.Plan(DATASET, cards, stages=("weigh",)),
        call_opening.Plan(DATASET, cards, decision="no"),
    ):
        with pytest.raises(PlainError, match="decision"):
            call_opening.open_call(here, home_folder(), plan)
