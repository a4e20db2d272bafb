"""Files with full numbers: made when they are asked for, for the person who was offered them, and kept nowhere.

A page offers a file under a ticket; its button sends the ticket here, with the cross-site token of an open page and the
cookie of whoever is signed in. It is given to the person who was offered it alone, and whether they may have it is
asked again then (`Offer.write` asks, and logs). The bytes are the answer itself: there is no address to fetch them from
a second time, or by somebody else.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from equity.server.host import Host
from equity.store.workspace.person import Person
from equity.vocabulary import PlainError
from equity.words.labels.server import SERVER_TEXTS

LEFT_SECONDS = 600.0
MOST_OFFERED = 400
"""By one page: whoever draws more has the oldest offers again when they draw them anew."""


@dataclass(frozen=True)
class Offer:
    """A file that a person may ask for: what makes its bytes, what it is called, and its kind."""

    person: Person
    name: str
    mime: str
    write: Callable[[], bytes]


@dataclass
class _Page:
    seen: float
    tickets: dict[str, str] = field(default_factory=dict)


@dataclass
class Offers:
    """The files that the open pages of one server offer."""

    offered: dict[str, Offer] = field(default_factory=dict)
    pages: dict[str, _Page] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def offer(self, session: str, key: str, offer: Offer) -> str:
        """The ticket of a button of a page, whose file is now this one."""
        with self.lock:
            page = self.pages.setdefault(session, _Page(time.monotonic()))
            ticket = page.tickets.pop(key, "") or secrets.token_urlsafe(24)
            page.tickets[key] = ticket
            self.offered[ticket] = offer
            while len(page.tickets) > MOST_OFFERED:
                self.offered.pop(page.tickets.pop(next(iter(page.tickets))), None)
        return ticket

    def find(self, ticket: str) -> Offer | None:
        """What is offered under a ticket; None for one that no open page has."""
        with self.lock:
            return self.offered.get(ticket)

    def expire(self, is_open: Callable[[str], bool]) -> None:
        """Forget what pages offered that have been closed for ten minutes. The server does so twice a minute."""
        now = time.monotonic()
        with self.lock:
            for session, page in list(self.pages.items()):
                if is_open(session):
                    page.seen = now
                elif now - page.seen > LEFT_SECONDS:
                    del self.pages[session]
                    for ticket in page.tickets.values():
                        self.offered.pop(ticket, None)


OFFERS = Offers()


async def download(host: Host, request: Request) -> Response:
    """The file, or `{"error": one sentence}` with status 403, 404 or 500."""
    if not host.is_from_an_open_page(request):
        return _refused(403, SERVER_TEXTS["this_does_not_come_from"])
    offer = OFFERS.find(request.path_params["ticket"])
    if offer is None:
        return _refused(404, SERVER_TEXTS["the_page_has_been_open"])
    person = await run_in_threadpool(host.person, request)
    if person is None or person.id != offer.person.id:
        return _refused(403, SERVER_TEXTS["this_file"])
    try:
        content = await run_in_threadpool(offer.write)
    except PlainError as refused:
        return _refused(403, str(refused))
    except Exception as error:  # its words could hold a number
        logging.getLogger(__name__).error("A file could not be made: %s", type(error).__name__)
        return _refused(500, SERVER_TEXTS["the_file_could_not_be_made"])
    disposition = f"attachment; filename*=UTF-8''{quote(offer.name, safe='')}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, media_type=offer.mime, headers=headers)


def _refused(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status_code=status)
