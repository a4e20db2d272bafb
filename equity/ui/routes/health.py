"""Whether the server answers, and whether the sample data is there."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from equity.ui.sample_data import STATUS


async def health(request: Request) -> JSONResponse:
    """`{"status": "ok", "sample": "waiting" | "loading" | "ready" | "failed"}`; nothing about people or datasets."""
    return JSONResponse({"status": "ok", "sample": STATUS.state})
