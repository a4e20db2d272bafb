"""What draws charts in a browser, from our own addresses, each asked for once and kept for good:

GET /charts/VERSION/NAME      VERSION changes with the file's content

draw.js       a figure in its place: drawn, changed in the same node, in the colours of the theme
marks.js      the marks of a drawn figure: where each stands and what it says
touch.js      meeting them: by mouse, by key and by finger
span.js       periods drawn over on a chart over time
tip.js        the words beside a mark
palettes.js   what the placeholders of colours stand for, from `equity/charts/parts/template.py`
texts.js      what is said about a chart's handling, from `equity/words/labels/charts.py`
plotly.min.js the pinned Plotly's own file; the participant's page of a call draws with the same
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from equity.server.host import Host
from equity.server.kept_files import KeptFiles

HERE: Final = Path(__file__).parent
SCRIPTS: Final = ("draw.js", "marks.js", "touch.js", "span.js", "tip.js")
MADE: Final = ("palettes.js", "texts.js")
PLOTLY: Final = "plotly.min.js"


def routes(host: Host) -> list[Route]:
    """The one address, below the base of the pages."""
    return [Route(f"{host.base()}/charts/{{version}}/{{name}}", file, methods=["GET"])]


async def file(request: Request) -> Response:
    """One of the files; for good when the version asked for is the one that is there."""
    name = str(request.path_params["name"])
    now = plotly_version() if name == PLOTLY else version()
    return await FILES.answer(request, name, for_good=request.path_params["version"] == now)


def program() -> str:
    """Where the script that draws is, below the base of the pages."""
    return f"charts/{version()}/draw.js"


def plotly() -> str:
    """Where Plotly is, below the base of the pages."""
    return f"charts/{plotly_version()}/{PLOTLY}"


def first_hints() -> Sequence[str]:
    """A `Link` for what the first chart needs: our scripts with the page's, Plotly behind them."""
    scripts = [f"<./charts/{version()}/{name}>; rel=modulepreload" for name in (*SCRIPTS, *MADE)]
    return [*scripts, f"<./{plotly()}>; rel=preload; as=script; fetchpriority=low"]


def warm_up() -> None:
    """Compress Plotly before the first visitor asks for it, as most browsers take it."""
    FILES.packed(PLOTLY, "br")


@cache
def version() -> str:
    """A mark of the scripts as they are, so that a page never draws with those of yesterday."""
    return hashlib.sha256(b"".join(_content(name) or b"" for name in (*SCRIPTS, *MADE))).hexdigest()[:12]


def plotly_version() -> str:
    """The pinned Plotly's version."""
    from plotly import __version__

    return str(__version__)


def _content(name: str) -> bytes | None:
    if name == PLOTLY:
        import plotly

        return (Path(plotly.__file__).parent / "package_data" / PLOTLY).read_bytes()
    if name == "palettes.js":
        from equity.charts.parts.template import palettes

        return f"export const PALETTES = {json.dumps(palettes())}\n".encode()
    if name == "texts.js":
        from equity.words.labels.charts import HAND

        return f"export const TEXTS = {json.dumps(HAND, ensure_ascii=False)}\n".encode()
    return (HERE / name).read_bytes() if name in SCRIPTS else None


FILES: Final = KeptFiles(_content)
