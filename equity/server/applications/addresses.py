"""The addresses of the application form, as contract and code; all are there only with ``EQUITY_APPLICATIONS=on``:

GET  /apply/TOKEN                the form (TOKEN: of a cohort's open door)
POST /apply/TOKEN                begin a draft → 201 {"key": KEY}
GET  /apply/TOKEN/mine           {"state", "answers", "team", "promise", "answered", "open", "missing_lenses"}
PUT  /apply/TOKEN/mine           {"answers": {ID: TEXT}, "team": [{"name", "role", "lens"}]} → the same
POST /apply/TOKEN/mine/send      the draft is sent, or the answer to a question → the same
POST /apply/TOKEN/mine/withdraw  → the same

KEY goes into the header X-Applicant of all that follows. A refusal is {"error": one sentence}.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from equity.actions.network import applications
from equity.actions.network.applications import Opened
from equity.network.application_form import open_questions
from equity.server.applications import page
from equity.server.calls.limits import LONGEST_WAIT, Pace
from equity.server.host import Host
from equity.server.json_answers import NO_STORE, Answer, Refused, in_sentences, json_object
from equity.server.reader_language import reader_language
from equity.store.files.home import home_folder
from equity.store.workspace.database import workspace_database
from equity.words.labels.server import SERVER_TEXTS
from equity.words.languages.language import Language
from equity.words.languages.phone_pages import PHONE_LANGUAGES, answered, lenses_missing, promise

SETTING: Final = "EQUITY_APPLICATIONS"
KEY: Final = "x-applicant"
FAILED: Final = SERVER_TEXTS["that_could_not_be_done_just"]
_BEGINS: Final = Pace(at_once=10, a_second=1 / 30)
_SAVES: Final = Pace(at_once=40, a_second=1)


def are_allowed() -> bool:
    """Whether an administrator lets this server take applications."""
    return os.environ.get(SETTING, "").strip().lower() == "on"


@dataclass(frozen=True)
class ApplicationAddresses:
    """The addresses below ``base``; none where no administrator allowed them."""

    host: Host

    def routes(self) -> list[Route]:
        """All of them, or none."""
        if not are_allowed():
            return []
        at = f"{self.host.base()}/apply"
        mine = f"{at}/{{token}}/mine"
        return [
            Route(f"{at}/files/{{name}}", page.file, methods=["GET"]),
            Route(f"{at}/{{token}}", _said(self.page), methods=["GET"]),
            Route(f"{at}/{{token}}", _said(_begin), methods=["POST"]),
            Route(mine, _said(_mine), methods=["GET"]),
            Route(mine, _said(_save), methods=["PUT"]),
            Route(f"{mine}/send", _said(_send), methods=["POST"]),
            Route(f"{mine}/withdraw", _said(_withdraw), methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """The form, or why there is none; somebody with a key reads their own either way."""
        door = await run_in_threadpool(applications.door, workspace_database(), home_folder(), _token(request))
        return page.application_page(self.host.base(), _token(request), door, _language(request))


def _said(answer: Answer) -> Answer:
    return in_sentences(answer, FAILED, lambda request, sentence: _language(request).refusal(sentence))


async def _begin(request: Request) -> Response:
    who = request.client.host if request.client else ""
    await _paced(_BEGINS, who)
    begun = await run_in_threadpool(
        applications.begin_application, workspace_database(), home_folder(), _token(request)
    )
    return JSONResponse({"key": begun.key}, 201, NO_STORE)


async def _mine(request: Request) -> Response:
    return await _answered(request, lambda key: applications.opened(workspace_database(), home_folder(), key))


async def _save(request: Request) -> Response:
    given = await json_object(request)
    answers, team = given.get("answers"), given.get("team")
    if not isinstance(answers, dict) or not isinstance(team, list) or not all(isinstance(m, dict) for m in team):
        raise Refused(400, SERVER_TEXTS["this_address_takes_answers"])
    return await _answered(
        request,
        lambda key: applications.save_draft(workspace_database(), home_folder(), key, answers, team),
    )


async def _send(request: Request) -> Response:
    return await _answered(request, lambda key: applications.send(workspace_database(), home_folder(), key))


async def _withdraw(request: Request) -> Response:
    return await _answered(request, lambda key: applications.withdraw(workspace_database(), home_folder(), key))


async def _answered(request: Request, action: Callable[[str], Opened]) -> Response:
    key = request.headers.get(KEY, "")
    await _paced(_SAVES, key or "nobody")
    return JSONResponse(_told(await run_in_threadpool(action, key), _language(request)), headers=NO_STORE)


async def _paced(pace: Pace, who: str) -> None:
    wait = await pace.keep(who)
    if wait > LONGEST_WAIT:
        raise Refused(429, SERVER_TEXTS["that_was_a_lot_at_once"], wait)


def _language(request: Request) -> Language:
    return reader_language(request, PHONE_LANGUAGES)


def _token(request: Request) -> str:
    return str(request.path_params["token"])


def _told(opened: Opened, of: Language) -> dict[str, Any]:
    application, today = opened.kept.content, dt.datetime.now(dt.UTC).date()
    return {
        "state": application.state,
        "answers": application.answers,
        "team": [{"name": m.name, "role": m.role, "lens": m.lens} for m in application.team],
        "promise": promise(of, application, today),
        "answered": answered(of, application),
        "open": [question.id for question in open_questions(opened.form, application.answers)],
        "missing_lenses": lenses_missing(of, application),
    }
