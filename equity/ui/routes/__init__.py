"""Our own addresses beside Streamlit's.

upload.py  a file's body straight to disk
health.py  whether the server answers, and whether the sample data is there
"""

from starlette.routing import Route
from streamlit import config

from equity.ui.routes.health import health
from equity.ui.routes.upload import upload

_BASE = f"/{(config.get_option('server.baseUrlPath') or '').strip('/')}".rstrip("/")

ROUTES = [
    Route(f"{_BASE}/api/upload", upload, methods=["POST"]),
    Route(f"{_BASE}/api/health", health, methods=["GET"]),
]

__all__ = ["ROUTES"]
