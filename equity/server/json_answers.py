"""Answers in JSON to programs and pages: a refusal is one sentence, a failure says nothing of its insides."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from equity.vocabulary import PlainError
from equity.words.labels.server import SERVER_TEXTS

NO_STORE: Final = {"Cache-Control": "no-store"}
MOST_BYTES: Final = 48 * 1024
Answer = Callable[[Request], Awaitable[Response]]


class Refused(Exception):  # noqa: N818 — an answer, not a fault
    """A request that is answered with a sentence: status, sentence, and seconds to wait where there are any."""

    def __init__(self, status: int, sentence: str, wait: float = 0) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.wait = status, sentence, wait


def as_written(request: Request, sentence: str) -> str:
    """The sentence as its rule wrote it."""
    return sentence


def in_sentences(answer: Answer, failed: str, worded: Callable[[Request, str], str] = as_written) -> Answer:
    """The answer, or its refusal as a plain JSON sentence; ``failed`` is said when it could not be made.

    ``worded`` says a sentence in the language of whoever asked.
    """

    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except Refused as refused:
            headers = {**NO_STORE, **({"Retry-After": str(max(1, round(refused.wait)))} if refused.wait else {})}
            return JSONResponse({"error": worded(request, refused.sentence)}, refused.status, headers)
        except PlainError as refused:
            return JSONResponse({"error": worded(request, str(refused))}, 422, NO_STORE)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception:
            logging.getLogger(__name__).exception("A request could not be answered.")
            return JSONResponse({"error": worded(request, failed)}, 500, NO_STORE)

    return answered


async def json_object(
    request: Request,
    most: int = MOST_BYTES,
    *,
    too_long: str = SERVER_TEXTS["this_is_longer_than_the_kb"].format(most=MOST_BYTES // 1024),
    no_object: str = SERVER_TEXTS["this_address_takes_one_json_object"],
) -> dict[str, Any]:
    """The JSON object of a request; raises :class:`Refused`, in these words, for a longer body or anything else."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refused(413, too_long)
    try:
        given = json.loads(body or b"null")
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Refused(400, no_object)
    return given
