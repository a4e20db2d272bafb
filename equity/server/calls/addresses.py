"""The addresses of a learning call, as contract and code:

GET  /call                        where a code that was said aloud is typed
GET  /call/TOKEN                  the participant's page (TOKEN: of a link, or the code)
POST /call/TOKEN/join             {"name", "lens"} → 201 {"participant": KEY}
GET  /call/TOKEN/events           text/event-stream
GET  /call/TOKEN/card/K           what is shown of a card to whoever asks
GET  /call/TOKEN/card/K/guesses   everybody's guesses beside the truth, after the reveal
POST /call/TOKEN/contributions    {"client_id", "stage", "words", "anonymous", "anchor"} → 201 {"id", "seq"}
POST /call/TOKEN/contributions/ID {"client_id", "words"} or {"client_id", "withdraw": true} → 200
POST /call/TOKEN/votes            {"contribution", "on"} → 204
GET  /call/TOKEN/weights          what is weighed, and one's own points; POST {"points", "finished"} → 204
GET  /call/TOKEN/lead             what whoever leads needs besides; with X-Lead
POST /call/TOKEN/lead             {"do": "move" | "take_offer" | "hide" | "scribe" | "hand_over" | "end", …}; likewise

KEY goes into the header X-Participant of all that follows joining. A refusal is {"error": one sentence}.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from equity.access import may as access
from equity.actions.calls import call_opening, call_voices, call_weights
from equity.actions.calls.call_voices import NotIn, NotTheirs, NotThere, Over, Wanted
from equity.calls.codes import read_code
from equity.calls.state import Participant
from equity.server.calls import leading, page, shown
from equity.server.calls.limits import Pace
from equity.server.calls.pictures import Reader, finished
from equity.server.calls.requests import json_of, number, points_of, text
from equity.server.calls.rooms import ROOMS, Room
from equity.server.calls.stream import event_stream, heard_already
from equity.server.host import Host
from equity.server.json_answers import NO_STORE, Refused
from equity.store.files.home import home_folder
from equity.store.records import calls as log
from equity.store.records.calls import Call
from equity.store.workspace.database import Database, workspace_database
from equity.vocabulary import PlainError
from equity.words.call.calls import REFUSED

KEY, LEAD = "x-participant", "x-lead"
_WRITES: Final = Pace()
_CODES: Final = Pace(at_once=30, a_second=0.5)
_JOINS: Final = Pace(at_once=300, a_second=5)


_STATUS: Final[tuple[tuple[type[PlainError], int], ...]] = (
    (NotIn, 401),
    (NotTheirs, 403),
    (NotThere, 404),
    (Over, 409),
    (PlainError, 422),
)


@dataclass(frozen=True)
class Visit:
    """A request to a call: its room, and which numbers whoever sends it may see."""

    room: Room
    reader: Reader


@dataclass(frozen=True)
class Addresses:
    """The addresses below ``base``. ``only_releases`` leaves out every call that is not on a release."""

    host: Host
    only_releases: bool = False

    def routes(self) -> list[Route]:
        """All of them, the fixed ones first."""
        at = f"{self.host.base()}/call"
        token = f"{at}/{{token}}"
        return [
            Route(at, self._said(self.code), methods=["GET"]),
            Route(f"{at}/files/{{name}}", page.file, methods=["GET"]),
            Route(token, self._said(self.page), methods=["GET"]),
            Route(f"{token}/join", self._said(self.join), methods=["POST"]),
            Route(f"{token}/events", self._said(self.events), methods=["GET"]),
            Route(f"{token}/card/{{number}}", self._said(self.card), methods=["GET"]),
            Route(f"{token}/card/{{number}}/guesses", self._said(self.guesses), methods=["GET"]),
            Route(f"{token}/contributions", self._said(self.contributions), methods=["POST"]),
            Route(f"{token}/contributions/{{contribution}}", self._said(self.change), methods=["POST"]),
            Route(f"{token}/votes", self._said(self.votes), methods=["POST"]),
            Route(f"{token}/weights", self._said(self.weights), methods=["GET", "POST"]),
            Route(f"{token}/lead", self._said(self.lead), methods=["GET", "POST"]),
        ]

    def _said(self, answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """The answer, or its refusal as a plain JSON sentence."""

        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except Refused as refused:
                headers = {**NO_STORE, **({"Retry-After": str(max(1, round(refused.wait)))} if refused.wait else {})}
                return JSONResponse({"error": _said_in(request, refused.sentence)}, refused.status, headers)
            except PlainError as refused:
                status = next(status for kind, status in _STATUS if isinstance(refused, kind))
                return JSONResponse({"error": _said_in(request, str(refused))}, status, NO_STORE)
            except ClientDisconnect:
                return Response(status_code=499)
            except Exception:
                logging.getLogger(__name__).exception("A request of a call failed.")
                return JSONResponse({"error": _said_in(request, REFUSED["failed"])}, 500, NO_STORE)

        return answered

    async def code(self, request: Request) -> Response:
        """The page on which a code is typed."""
        return page.code_page(request, self.host.base())

    async def page(self, request: Request) -> Response:
        """The participant's page, whole without a script that draws; or the sentence why there is none."""
        try:
            visit = await self._visit(request)
        except Refused as refused:
            return page.sentence_page(request, self.host.base(), refused.sentence, refused.status)
        title = visit.room.live.state.title
        return page.call_page(request, self.host.base(), title, visit.room.live.call.id, visit.reader)

    async def join(self, request: Request) -> Response:
        """Join with a first name and a lens."""
        visit = await self._visit(request)
        await self._in_turn(_JOINS, visit.room.live.call.id)
        given = await json_of(request)
        name, lens = text(given, "name"), text(given, "lens")
        key = await run_in_threadpool(call_voices.join, visit.room.live, name, lens)
        return JSONResponse({"participant": key}, 201, NO_STORE)

    async def events(self, request: Request) -> Response:
        """What happens, as it happens."""
        visit, _ = await self._inside(request)
        return event_stream(visit.room, heard_already(request))

    async def card(self, request: Request) -> Response:
        """A card: before its reveal the question, after it what this reader may see."""
        visit, _ = await self._inside(request)
        card = shown.card_of(visit.room, request.path_params["number"])
        if not card.revealed:
            return shown.sent(request, visit.room.pictures.closed(card))
        return shown.sent(request, await run_in_threadpool(visit.room.pictures.opened, card, visit.reader))

    async def guesses(self, request: Request) -> Response:
        """The guesses beside the truth, in words and as a strip; null while there are none to show."""
        visit, _ = await self._inside(request)
        card = shown.card_of(visit.room, request.path_params["number"])
        if not card.revealed:
            return shown.sent(request, finished(None))
        return shown.sent(request, await run_in_threadpool(shown.guesses, visit.room, card, visit.reader))

    async def contributions(self, request: Request) -> Response:
        """Keep what somebody wrote; on the disk before it is answered."""
        visit, who = await self._inside(request)
        await self._in_turn(_WRITES, who.id)
        given = await json_of(request)
        wanted = Wanted(
            client_id=text(given, "client_id"),
            stage=text(given, "stage") or visit.room.live.state.stage,
            words=text(given, "words"),
            anonymous=given.get("anonymous") is True,
            anchor=given.get("anchor"),
            card=number(given.get("card")),
            owner=text(given, "owner"),
            day=text(given, "day"),
        )
        kept = await run_in_threadpool(call_voices.contribute, visit.room.live, who, wanted)
        return JSONResponse({"id": kept.id, "seq": kept.seq}, 201 if kept.is_new else 200, NO_STORE)

    async def change(self, request: Request) -> Response:
        """Edit one's own, or take it back."""
        visit, who = await self._inside(request)
        await self._in_turn(_WRITES, who.id)
        given = await json_of(request)
        contribution, client = str(request.path_params["contribution"]), text(given, "client_id")
        if given.get("withdraw") is True:
            await run_in_threadpool(call_voices.withdraw, visit.room.live, who, contribution, client)
        else:
            words = text(given, "words")
            await run_in_threadpool(call_voices.edit, visit.room.live, who, contribution, client, words)
        return JSONResponse({"id": contribution}, 200, NO_STORE)

    async def votes(self, request: Request) -> Response:
        """Put a dot on a contribution, or take it away."""
        visit, who = await self._inside(request)
        await self._in_turn(_WRITES, who.id)
        given = await json_of(request)
        if not text(given, "contribution"):
            raise Refused(422, REFUSED["own vote"])
        on = given.get("on", True) is not False
        await run_in_threadpool(call_voices.vote, visit.room.live, who, text(given, "contribution"), on)
        return Response(status_code=204, headers=NO_STORE)

    async def weights(self, request: Request) -> Response:
        """Weigh in private; everybody's points by lens once they were revealed."""
        visit, who = await self._inside(request)
        live, key = visit.room.live, request.headers.get(KEY, "")
        if request.method == "GET":
            return JSONResponse(await run_in_threadpool(call_weights.seen, live, key), 200, NO_STORE)
        await self._in_turn(_WRITES, who.id)
        given = await json_of(request)
        await run_in_threadpool(call_weights.give, live, who, key, points_of(given), given.get("finished") is True)
        return Response(status_code=204, headers=NO_STORE)

    async def lead(self, request: Request) -> Response:
        """What whoever leads sees besides, and does."""
        visit = await self._visit(request)
        await run_in_threadpool(_require_lead, visit, request.headers.get(LEAD, ""))
        if request.method == "POST":
            await self._in_turn(_WRITES, f"lead of {visit.room.live.call.id}")
            given = await json_of(request)
            await run_in_threadpool(leading.do, visit.room, given)
        return JSONResponse(await run_in_threadpool(leading.view, visit.room, visit.reader), 200, NO_STORE)

    async def _in_turn(self, pace: Pace, who: str) -> None:
        wait = await pace.keep(who)
        if wait:
            raise Refused(429, REFUSED["slow down"].format(n=max(1, round(wait))), wait)

    async def _inside(self, request: Request) -> tuple[Visit, Participant]:
        """A visit by somebody who has joined, or who leads."""
        visit = await self._visit(request)
        lead = request.headers.get(LEAD, "")
        if lead:
            await run_in_threadpool(_require_lead, visit, lead)
            return visit, Participant("lead", visit.room.live.state.facilitator, "team", "")
        key = request.headers.get(KEY, "")
        return visit, await run_in_threadpool(call_voices.participant_of, visit.room.live, key)

    async def _visit(self, request: Request) -> Visit:
        return await run_in_threadpool(self._visited, request)

    def _visited(self, request: Request) -> Visit:
        """Find the call that a token opens, and what this visitor may see of it."""
        database, token = workspace_database(), str(request.path_params["token"])
        admitted = log.admission(database, token) or self._by_code(database, token, request)
        if admitted is None or (self.only_releases and not admitted.call.release_id):
            raise Refused(404, REFUSED["no call"])
        if admitted.is_over:
            raise Refused(410, REFUSED["over"])
        if admitted.kind == "lead" and not call_opening.leads(database, admitted.call, token):
            raise Refused(404, REFUSED["no call"])
        room = ROOMS.room(database, admitted.call, home_folder(), self._readers(admitted.call))
        if request.method == "GET":  # whoever writes catches up under the log's lock
            room.live.catch_up()
        return Visit(room, self._reader(database, admitted.call, request))

    def _by_code(self, database: Database, token: str, request: Request) -> log.Admission | None:
        """The call of a code that was said aloud. Wrong codes are counted, so that nobody tries them all."""
        code = read_code(token)
        if not code:
            return None
        admitted = log.admission(database, code)
        if admitted is None:
            if _CODES.take(request.client.host if request.client else ""):
                raise Refused(429, REFUSED["too many codes"], 60)
            raise Refused(404, REFUSED["another code"])
        return admitted

    def _readers(self, call: Call) -> tuple[Reader, ...]:
        """The kinds of reader that may come by on this server."""
        kinds: list[Reader] = []
        if not self.only_releases and (self.host.sign_in() == "configured" or not call.release_id):
            kinds.append("team")
        return (*kinds, "release") if call.release_id else tuple(kinds)

    def _reader(self, database: Database, call: Call, request: Request) -> Reader:
        """Which numbers a visitor may see: a member's who has signed in, else the release's, else none.

        Without sign-in this server answers its own machine alone, and whoever sits there is its owner.
        """
        if self.only_releases:
            return "release"
        if self.host.sign_in() == "local":
            return "release" if call.release_id else "team"
        person = self.host.person(request)
        if access.may(database, person, call.workspace, "see_workspace"):
            return "team"
        return "release" if call.release_id else "none"


def _said_in(request: Request, sentence: str) -> str:
    """A refusal in the language that the request asks for."""
    return page.language(request).refusal(sentence)


def _require_lead(visit: Visit, key: str) -> None:
    if not call_opening.leads(visit.room.live.database, visit.room.live.call, key):
        raise Refused(403, REFUSED["not leading"])
