"""A file's body straight to disk, as it comes: memory stays flat whatever the file's size.

Who may: a browser that carries the cross-site token of this server in cookie and header, with the ticket of an open
Upload page that was issued to the person who is signed in there, as long as they may
upload. What comes back: `{"id", "name", "bytes"}`, or `{"error": one sentence}` with status 403, 411, 413, 422 or 507.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import PurePosixPath
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from equity.access import may as access
from equity.access.may import Allowed, NotAllowed
from equity.server.host import Host
from equity.server.upload_tickets import TICKETS, StagedFile
from equity.store.files import staging
from equity.store.files.disk import DiskFullError, full_disk_said
from equity.store.workspace import audit_log
from equity.store.workspace.database import workspace_database
from equity.words.escaping import one_line
from equity.words.labels.server import SERVER_TEXTS

LIMIT_BYTES = 2 * 1024**3
_UNSAFE = re.compile(r"[^\w .()+,=@&'-]", re.ASCII)
_WINDOWS_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class UploadRefusedError(Exception):
    """An upload that is not taken: the HTTP status and the sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


async def upload(host: Host, request: Request) -> JSONResponse:
    """Take one file."""
    try:
        ticket = _admit(host, request)
        holder = await run_in_threadpool(_holder, host, request, ticket)
        name = safe_name(unquote(request.headers.get("x-file-name", "")))
        staged = await _stream_to_disk(request, name)
    except UploadRefusedError as refused:
        return JSONResponse({"error": refused.sentence}, status_code=refused.status)
    except ClientDisconnect:
        return JSONResponse({"error": SERVER_TEXTS["the_upload_was_cancelled"]}, status_code=499)
    TICKETS.keep(ticket, staged)
    await run_in_threadpool(_log, holder, staged)
    return JSONResponse({"id": staged.id, "name": staged.name, "bytes": staged.bytes})


def size_limit() -> int:
    """The largest file taken, in bytes: `EQUITY_MAX_UPLOAD` (bytes, or with K, M or G), 2 GB when it is not set."""
    text = os.environ.get("EQUITY_MAX_UPLOAD", "").strip().upper()
    match = re.fullmatch(r"(\d+)\s*([KMG]?)B?", text)
    return int(match[1]) * {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}[match[2]] if match else LIMIT_BYTES


def safe_name(name: str) -> str:
    """The file's own name without folders, invisible characters or anything that a file system or a shell could read.

    Letters outside ASCII become underscores only in the name on disk, so that it is the same everywhere.
    """
    line = one_line(PurePosixPath(name.replace("\\", "/")).name, 120)
    cleaned = _UNSAFE.sub("_", line).strip(". ") or "upload"
    return f"_{cleaned}" if _WINDOWS_DEVICES.match(cleaned) else cleaned


def _admit(host: Host, request: Request) -> str:
    if not host.is_from_an_open_page(request):
        raise UploadRefusedError(403, "This upload does not come from an open page of this dashboard: reload the page.")
    ticket = request.headers.get("x-upload-ticket", "")
    if not TICKETS.is_valid(ticket):
        raise UploadRefusedError(
            403, "The page has been open for too long to upload: reload it and choose the file again."
        )
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > size_limit():
        raise _too_large()
    return ticket


def _holder(host: Host, request: Request, ticket: str) -> Allowed:
    """The person whose ticket it is, asked again whether they may do what the file is for."""
    holder, person = TICKETS.holder(ticket), host.person(request)
    if holder is None or person is None or person.id != holder.person.id:
        raise UploadRefusedError(403, "This upload is not from the person who opened the page: reload the page.")
    try:
        access.require(workspace_database(), person, holder.workspace, TICKETS.action(ticket))
    except NotAllowed as refused:
        raise UploadRefusedError(403, str(refused)) from None
    return holder


def _log(holder: Allowed, staged: StagedFile) -> None:
    audit_log.record(
        workspace_database(), holder.workspace, holder.person, "uploaded", staged.name, {"bytes": staged.bytes}
    )


async def _stream_to_disk(request: Request, name: str) -> StagedFile:
    """Write the body as it comes; whatever goes wrong, nothing of it stays."""
    try:
        folder = await run_in_threadpool(staging.new_folder)
    except DiskFullError as full:
        raise UploadRefusedError(507, str(full)) from None
    path, size, limit = folder / name, 0, size_limit()
    try:
        with full_disk_said(), path.open("wb") as target:
            async for chunk in request.stream():
                size += len(chunk)
                if size > limit:
                    raise _too_large()
                await run_in_threadpool(target.write, chunk)
        if size == 0:
            raise UploadRefusedError(422, f"“{name}” is empty: choose a file with rows in it.")
    except DiskFullError as full:
        await run_in_threadpool(staging.discard, folder)
        raise UploadRefusedError(507, str(full)) from None
    except BaseException:
        await run_in_threadpool(staging.discard, folder)
        raise
    return StagedFile(secrets.token_urlsafe(12), path, name, size)


def _too_large() -> UploadRefusedError:
    megabytes = size_limit() / 1024**2
    return UploadRefusedError(
        413,
        f"The file is larger than the {megabytes:,.0f} MB that this server takes: load it with the command line "
        "(python -m equity load), which has no limit.",
    )
