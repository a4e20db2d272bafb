"""What a page may load and run (Content Security Policy, level 3): this server's own files, and nothing else.

Streamlit needs styles that it writes as it goes and WebAssembly for its tables, and runs the script of a component of
ours from a `blob:`; its one script inside index.html is named by its hash. No page is drawn in another site's frame.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HOST = re.compile(r"[\w.\-\[\]:]{1,255}", re.ASCII)


def policy(front_end: Path) -> str:
    """The policy for every answer, with ``{sockets}`` where the addresses of the page's websocket belong."""
    page = front_end / "index.html"
    inside = _INLINE.findall(page.read_text("utf-8")) if page.is_file() else []
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in inside)
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(filter(None, ("script-src 'self' blob: 'wasm-unsafe-eval'", hashes))),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' blob: data:{sockets}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def policy_for(template: str, host: str) -> str:
    """The policy for a page that the browser asked of this host (`'self'` is not a websocket's in every browser)."""
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return template.replace("{sockets}", sockets)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
