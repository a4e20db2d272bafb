"""A call as an event stream: what came before, once and as it is now, then each message as it comes.

The stream is never compressed nor held back by a proxy that honors ``X-Accel-Buffering``, and takes no turn of those
that pages wait for. A comment every 15 seconds tells both ends that the line is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from equity.server.calls.rooms import Room
from equity.server.calls.stopping import STOPPING, watch_for_the_end

HEARTBEAT_SECONDS: Final = 15.0
LOOK_FOR_THE_END_SECONDS: Final = 1.0
HEADERS: Final = {
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
}


def heard_already(request: Request) -> int:
    """The number of the last message that a browser has had: ``Last-Event-ID``, or ``?after=``; 0 for none."""
    given = request.headers.get("last-event-id", "") or request.query_params.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 9 else 0


def event_stream(room: Room, after: int) -> StreamingResponse:
    """Everything from ``after`` on, until the call ends or the line does."""
    watch_for_the_end()
    return StreamingResponse(_messages(room, after), media_type="text/event-stream", headers=HEADERS)


async def _messages(room: Room, after: int) -> AsyncIterator[bytes]:
    room.listeners += 1
    try:
        yield b"retry: 3000\n\n"
        written, at = await run_in_threadpool(room.caught_up_from, after)
        if written:
            yield written
        quiet = 0.0
        while not STOPPING.is_set():
            news = room.news()
            if len(room.frames) > at:
                chunk, at, quiet = b"".join(room.frames[at:]), len(room.frames), 0.0
                yield chunk
                continue
            if room.is_over:
                return
            try:
                await asyncio.wait_for(news.wait(), LOOK_FOR_THE_END_SECONDS)
            except TimeoutError:
                quiet += LOOK_FOR_THE_END_SECONDS
            if quiet >= HEARTBEAT_SECONDS:
                quiet = 0.0
                yield b": here\n\n"
    finally:
        room.listeners -= 1
