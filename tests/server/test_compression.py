"""The front end's files, compressed once: the same bytes arrive, and browsers that take no coding are left alone."""

from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse

from equity.server.compression import CODINGS, CompressedFiles, CompressedStatic, compress
from tests.server.asgi import UNPACKED, ask

TEXT = "export const answer = 42;\n" * 400
GZIP, BROTLI = {"Accept-Encoding": "gzip, deflate"}, {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.fixture
def app(tmp_path: Path) -> CompressedStatic:
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "js" / "main.abc.js").write_text(TEXT)
    (tmp_path / "static" / "js" / "font.woff2").write_bytes(b"wOF2")
    (tmp_path / "secret.js").write_text("secret")
    return CompressedStatic(PlainTextResponse("from beneath"), CompressedFiles(tmp_path / "static"))


@pytest.mark.parametrize(
    ("taken", "coding"),
    [
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0, *;q=0.5", "br"),
    ],
)
def test_the_same_text_arrives_in_the_smallest_coding_that_is_taken(
    app: CompressedStatic, taken: str, coding: str
) -> None:
    answer = ask(app, "/static/js/main.abc.js", {"Accept-Encoding": taken})
    assert answer.text == TEXT
    assert answer.headers["content-encoding"] == coding
    assert int(answer.headers["content-length"]) < len(TEXT) / 10
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")


def test_a_browser_that_has_it_is_told_so(app: CompressedStatic) -> None:
    tag = ask(app, "/static/js/main.abc.js", GZIP).headers["etag"]
    assert tag != ask(app, "/static/js/main.abc.js", BROTLI).headers["etag"]
    again = ask(app, "/static/js/main.abc.js", {**GZIP, "If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == tag


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/main.abc.js", {}),
        ("/static/js/main.abc.js", {"Accept-Encoding": "deflate, zstd"}),
        ("/static/js/main.abc.js", {"Accept-Encoding": "gzip;q=0"}),
        ("/static/js/main.abc.js", {**GZIP, "Range": "bytes=0-9"}),
        ("/static/js/font.woff2", GZIP),
        ("/static/js/none.js", GZIP),
        ("/static/../secret.js", GZIP),
        ("/static/%2e%2e/secret.js", GZIP),
        ("/disparities", GZIP),
    ],
)
def test_everything_else_is_passed_on(app: CompressedStatic, path: str, headers: dict[str, str]) -> None:
    assert ask(app, path, headers).text == "from beneath"


@pytest.mark.parametrize("coding", CODINGS)
def test_the_tag_is_the_content_and_the_bytes_never_change(tmp_path: Path, coding: str) -> None:
    (tmp_path / "a.js").write_text(TEXT)
    (tmp_path / "b.css").write_text(TEXT + " ")
    first, again, other = (compress(tmp_path / name, coding) for name in ("a.js", "a.js", "b.css"))
    assert first == again
    assert first.tag != other.tag
    assert UNPACKED[coding](first.body).decode() == TEXT


def test_all_files_can_be_compressed_before_anyone_asks(app: CompressedStatic) -> None:
    app.files.fill()
    assert app.files.has("js/main.abc.js", "br")
    assert not app.files.has("js/font.woff2", "br")
