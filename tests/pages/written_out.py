"""Write what every page says and draws of the sample data into a folder, so that two states can be compared.

``python -m tests.pages.written_out FOLDER [--choices N]`` opens each page as a fresh session does, with its tables
open; then once more for each of N other choices of every list in its choice bar. A page is a text file of what it
says, from the top, and a file of JSON a figure, whose arrays stand as numbers. What differs from run to run (ids,
times, today) is left out: of one state, `diff -r` finds nothing between two runs but the order of records that the
sample data write in the same moment.

It knows of the program only its pages and its sample data, so it can be put into an older tree and run there.
"""

from __future__ import annotations

import argparse
import base64
import datetime as dt
import html
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import InitialValue, Selectbox
from streamlit.util import calc_hash

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 300
RELEASED = ("--by", "race", "--grain", "year", "--pairs", "none", "--measure", "Controlled blood pressure")
SAID = ("label", "body", "text", "codeText", "help", "placeholder", "caption", "alt", "options", "default", "rawValue")
LINKED = ("page", "queryString")
_INDEX: Any = Selectbox.index
OF_THE_RUN = re.compile(r"\b[0-9a-f]{12,64}\b|\bmade=[^&]*|\b\d{1,2}:\d{2}(:\d{2})?\b")


def written_out(folder: Path, choices: int) -> None:
    """Write all pages: of the sample data, then of the published rates where a page has a list of datasets."""
    from equity.server.sample_data import PUBLISHED
    from equity.ui.page_registry import ENTRIES

    for name, entry in ENTRIES.items():
        page = folder / name
        app = _open(entry.url)
        write_page(page / "as opened", app)
        if any(box.key == "choose_dataset" for box in app.selectbox):
            write_page(page / "published", _open(entry.url, dataset=PUBLISHED))
        for key, index, label in _other_choices(app, choices):
            fresh = _open(entry.url)
            fresh.selectbox(key=key).select_index(index)
            write_page(page / f"{key.removeprefix('choose_')} {label}", fresh.run())
        print(f"{name}: {len(list(page.iterdir()))} ways", flush=True)


def _place_of(box: Selectbox[Any]) -> int | None:
    """Which choice a list stands at, as its browser would send it: AppTest knows no value that has no label."""
    try:
        return _INDEX.__get__(box)
    except ValueError:
        label = box.proto.raw_value if isinstance(box._value, InitialValue) else box._value
        return box.options.index(label) if label in box.options else None


def _open(url: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "equity" / "ui" / "main.py"), default_timeout=SECONDS)
    app._page_hash = calc_hash(url)
    for part, code in parameters.items():
        app.query_params[part] = code
    app.run()
    for key in [key for key in app.session_state if re.match(r"(table|method)_", str(key))]:
        app.session_state[key] = True
    return app.run()


def _other_choices(app: AppTest, most: int) -> list[tuple[str, int, str]]:
    """The first so many choices of each list of the choice bar, but for the one that it stands at and the dataset."""
    choices: list[tuple[str, int, str]] = []
    for box in app.selectbox:
        if box.key and box.key.startswith("choose_") and box.key != "choose_dataset":
            others = [index for index in range(len(box.options)) if index != box.index][:most]
            choices += [(box.key, index, f"{index + 1} {_short(box.options[index])}") for index in others]
    return choices


def _short(label: str) -> str:
    """A choice as part of a folder's name, where its number tells apart what differs by a sign alone."""
    return re.sub(r"[^\w ]", "", label)[:60]


def write_page(folder: Path, app: AppTest) -> None:
    """One page as it stands: ``page.txt``, and ``figure N.json`` for each figure."""
    folder.mkdir(parents=True)
    figures: list[str] = []
    lines = [line for part in (app.sidebar, app.main) for line in _lines(part, figures, 0)]
    lines += [f"EXCEPTION {part.message}" for part in app.exception]
    (folder / "page.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for number, figure in enumerate(figures, 1):
        (folder / f"figure {number}.json").write_text(figure, encoding="utf-8")


def _lines(part: Any, figures: list[str], depth: int) -> Iterator[str]:
    for child in part.children.values():
        proto = MessageToDict(child.proto) if getattr(child, "proto", None) is not None else {}
        if child.type == "bidi_component":
            yield from _drawn(child.proto, figures, depth)
        elif child.type == "dataframe":
            yield from _indented(child.value.to_csv(index=False), depth)
        else:
            named = proto.get(child.type, proto)
            said = [_plain(named[text]) for text in (*SAID, *LINKED) if text in named]
            if "<style>" not in "".join(said):
                yield from _indented("\n".join(said), depth)
        if hasattr(child, "children"):
            yield from _lines(child, figures, depth + 1)


def _drawn(proto: Any, figures: list[str], depth: int) -> Iterator[str]:
    """A figure in a file of its own, with what is read aloud in its place; of another component, the texts it holds."""
    data = json.loads(proto.json) if proto.json else {}
    if proto.component_name == "chart":
        figures.append(
            json.dumps(_as_numbers(json.loads(data["figure"])), indent=1, sort_keys=True, ensure_ascii=False)
        )
        yield from _indented(f"figure {len(figures)}: {data['alt']}", depth)
    elif isinstance(data, dict):
        yield from _indented(
            "\n".join(_plain(data[text]) for text in ("label", "help", "name", "said") if text in data), depth
        )


def _as_numbers(part: Any) -> Any:
    """The figure with its arrays, which travel as bytes, as lists."""
    if isinstance(part, dict):
        if set(part) >= {"bdata", "dtype"}:
            numbers = np.frombuffer(base64.b64decode(part["bdata"]), part["dtype"])
            shape = [int(size) for size in str(part.get("shape", numbers.size)).split(",")]
            return _as_numbers(numbers.reshape(shape).tolist())
        return {key: _as_numbers(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_as_numbers(value) for value in part]
    return OF_THE_RUN.sub("…", part) if isinstance(part, str) else part


def _plain(said: Any) -> str:
    """A text without its tags, one line a piece; a list on one line."""
    if isinstance(said, list):
        return " | ".join(
            str(part["content"]) if isinstance(part, dict) and "content" in part else str(part) for part in said
        )
    pieces = re.sub(r"<[^>]*>", "\n", str(said)).splitlines()
    return "\n".join(html.unescape(piece).strip() for piece in pieces if piece.strip())


def _indented(text: str, depth: int) -> Iterator[str]:
    today = dt.datetime.now(dt.UTC).date()
    for line in text.splitlines():
        kept = OF_THE_RUN.sub("…", line).replace(f"{today:%B} {today.day}, {today.year}", "today")
        yield f"{'  ' * depth}{kept.replace(today.isoformat(), 'today')}"


def main(words: Sequence[str]) -> None:
    """Make a home folder as a first start leaves it, with one release, and write all pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.pages.written_out", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--choices", type=int, default=2, metavar="N", help="other choices of each list; 2 if not said")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as home:
        os.environ["EQUITY_HOME"] = home
        from equity.server.sample_data import SAMPLE, load_when_absent

        load_when_absent()
        Selectbox.index = property(_place_of)  # type: ignore[assignment]
        release = [sys.executable, "-m", "equity", "release", "create", "--dataset", SAMPLE, *RELEASED]
        subprocess.run(release, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        written_out(asked.folder, asked.choices)


if __name__ == "__main__":
    main(sys.argv[1:])
