"""Files that come compressed: gzip, zstd, and a zip with one table in it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import IO, Literal

import pyarrow as pa

from equity.intake.formats.bounds import bounds, too_much_unpacked
from equity.vocabulary import PlainError

Packing = Literal["gzip", "zstd", "zip"]
CHUNK = 1 << 20
_STARTS: tuple[tuple[bytes, Packing], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
_DOCUMENTS = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/manifest.xml", "an OpenDocument file"),
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
)
SPARE_BYTES = 256 << 20
MOST_TIMES = 2000


def packing_of(head: bytes) -> Packing | None:
    """How a file is compressed, by its first bytes."""
    return next((packing for start, packing in _STARTS if head.startswith(start)), None)


def is_workbook(path: Path) -> bool:
    """Whether a zip is an XLSX workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def unpack(path: Path, name: str, folder: Path) -> Path:
    """The file's contents written out into ``folder``; raises :class:`PlainError` when the archive is broken or too
    big."""
    with path.open("rb") as file:
        packing = packing_of(file.read(4))
    target = folder / f"unpacked-{len(list(folder.glob('unpacked-*')))}"
    try:
        if packing == "zip":
            _unzip(path, name, target)
        else:
            with pa.CompressedInputStream(pa.OSFile(str(path)), packing) as stream:
                _copy(stream, target, name, path.stat().st_size)
    except (pa.ArrowException, OSError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno == 28:
            raise PlainError(f"There is no room on the disk to unpack {name}: free some space and try again.") from None
        raise PlainError(f"{name} is damaged or cut off and cannot be unpacked: copy or download it again.") from None
    if target.stat().st_size == 0:
        raise PlainError(f"{name} is empty once unpacked: export it again, with a header line and at least one row.")
    return target


def _unzip(path: Path, name: str, target: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = [
            m
            for m in archive.infolist()
            if not m.is_dir() and not m.filename.startswith("__MACOSX/") and not Path(m.filename).name.startswith(".")
        ]
        if not members:
            raise PlainError(f"{name} is an archive with no file in it: pack the table again.")
        document = next(
            (what for inside, what in _DOCUMENTS if any(m.filename.startswith(inside) for m in members)), ""
        )
        if document:
            raise PlainError(f"{name} is {document}: ask for the table as CSV, XLSX or Parquet.")
        if len(members) > 1:
            raise PlainError(f"{name} holds {len(members)} files: unpack it and choose the one with the table.")
        if members[0].flag_bits & 1:
            raise PlainError(f"{name} is locked with a password: unpack it first.")
        with archive.open(members[0]) as stream:
            _copy(stream, target, name, path.stat().st_size)


def _copy(stream: IO[bytes] | pa.NativeFile, target: Path, name: str, packed: int) -> None:
    written, most = 0, bounds()
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            written += len(chunk)
            if written > most.unpacked:
                raise too_much_unpacked(name, most)
            if written > MOST_TIMES * packed + SPARE_BYTES:
                raise PlainError(
                    f"{name} unpacks to more than {MOST_TIMES:,} times its size and was not unpacked: send the "
                    "table itself."
                )
            if shutil.disk_usage(target.parent).free < SPARE_BYTES:
                raise PlainError(f"There is no room on the disk to unpack {name}: free some space and try again.")
            out.write(chunk)
