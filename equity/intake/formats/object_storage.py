"""Files in an object store or on a web server, fetched by DuckDB into a folder of ours for as long as they are read.

Keys and regions are DuckDB's own matter: the usual variables (``AWS_ACCESS_KEY_ID`` and the like), or its stored
secrets.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import duckdb

from equity.vocabulary import PlainError

EXTENSION_OF = {
    **dict.fromkeys(("s3", "s3a", "s3n", "gs", "gcs", "r2", "http", "https", "hf"), "httpfs"),
    **dict.fromkeys(("az", "azure", "abfss"), "azure"),
}


def is_address(file: str) -> bool:
    """Whether a file's name is an address that DuckDB reads by an extension (``s3://bucket/visits.parquet``)."""
    return file.partition("://")[0].lower() in EXTENSION_OF and "://" in file


def fetched(address: str, folder: Path) -> Path:
    """A copy of the file at an address, in a folder of its own below ``folder``. Parquet may be many files (``*``).

    Raises :class:`PlainError` when DuckDB lacks the extension for such an address, or cannot read what is there.
    """
    scheme, _, path = address.partition("://")
    extension = EXTENSION_OF[scheme.lower()]
    name = path.partition("?")[0].rstrip("/").rpartition("/")[2].replace("*", "all") or "extract.parquet"
    target = folder / f"fetched-{secrets.token_hex(4)}" / name
    target.parent.mkdir()
    with duckdb.connect() as connection:
        connection.execute("SET autoinstall_known_extensions = false")
        try:
            connection.execute(f"LOAD {extension}")
        except duckdb.Error:
            raise PlainError(
                f"“{address}” is read by DuckDB's extension “{extension}”, which is not installed on this machine: run "
                f"INSTALL {extension} in DuckDB once, or copy the file here."
            ) from None
        try:
            _copy(connection, address, target)
        except duckdb.Error:
            raise PlainError(
                f"“{address}” cannot be read: check the address, and that the keys in the environment may read it."
            ) from None
    return target


def _copy(connection: duckdb.DuckDBPyConnection, address: str, target: Path) -> None:
    if target.suffix == ".parquet":
        rows = "SELECT * FROM read_parquet($address, union_by_name = true)"
        connection.execute(f"COPY ({rows}) TO $target (FORMAT parquet)", {"address": address, "target": str(target)})
        return
    blobs = connection.execute("SELECT content FROM read_blob($address)", {"address": address}).fetchall()
    target.write_bytes(b"".join(content for (content,) in blobs))
