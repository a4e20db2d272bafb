"""The adapter of Apache Spark: one session of a cluster, its tables and folders of Parquet."""

from __future__ import annotations

import functools
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
from sqlglot import exp

from equity.cube.engines.remote_engine import RemoteEngine
from equity.vocabulary import PlainError

with warnings.catch_warnings():
    warnings.simplefilter("ignore", FutureWarning)  # it speaks of pandas, which nothing here hands to Spark
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql import functions as f

_OF_THIS_MACHINE = ("127.0.0.1", "localhost")
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",  # Parquet may hold “Site” and “site”
    "spark.sql.ansi.enabled": "true",
    "spark.sql.variable.substitute": "false",  # “${…}” in a category is text
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # “site=01” is the text 01
}


class SparkConnection(RemoteEngine[DataFrame]):
    """A session of a Spark cluster. At the end of its context the cluster keeps nothing of it."""

    name = "Spark"
    dialect = "spark"
    respellings = {  # noqa: RUF012 - it says what every such connection spells otherwise
        exp.Anonymous: lambda node: exp.func("xxhash64", *node.expressions) if node.name.lower() == "hash" else node,
    }

    def __init__(self, session: SparkSession) -> None:
        super().__init__()
        self.session = session
        self._kept: dict[str, DataFrame] = {}
        self._dropped: list[DataFrame] = []

    def columns_of(self, source: str) -> tuple[str, ...]:
        """The columns of a table, or of a folder of Parquet (local to every worker, or in an object store)."""
        with _said_plainly(source):
            return tuple(self._read(source).columns)

    def interrupt(self) -> None:
        """Stop what is running, here and there."""
        self.session.sparkContext.cancelAllJobs()
        super().interrupt()

    def _read(self, source: str) -> DataFrame:
        return self.session.read.parquet(source) if is_path(source) else self.session.table(source)

    def _open(self, name: str, source: str, columns: Sequence[str]) -> None:
        with _said_plainly(source):
            rows = self._read(source)
            called = f.lit(source)
            number = f.monotonically_increasing_id()
            if is_path(source):
                parts = f.col("_metadata.file_name")
                folder = source.rstrip("/").rpartition("/")[2]
                whole = parts == f.lit(folder)
                called = f.when(whole, parts).otherwise(f.concat(f.lit(f"{folder}/"), parts))
                number = f.col("_metadata.row_index")
            texts = [rows[_quoted(column)].cast("string").alias(f"c{place}") for place, column in enumerate(columns)]
            opened = rows.select(called.alias("file"), (number + 1).alias("source_row"), *texts)
            opened.createOrReplaceTempView(name)

    def _ask(self, sql: str) -> DataFrame:
        with _said_plainly():
            return self.session.sql(sql)

    def _answers(self, asked: Sequence[DataFrame]) -> pa.Table:
        with _said_plainly():
            table = functools.reduce(DataFrame.unionAll, asked).toArrow()
        for frame in self._dropped:
            frame.unpersist()
        self._dropped = []
        return table

    def _keep(self, name: str, sql: str) -> None:
        with _said_plainly():
            self._kept[name] = self.session.sql(sql).persist()
            self._kept[name].createOrReplaceTempView(name)

    def _view(self, name: str, sql: str) -> None:
        with _said_plainly():
            self.session.sql(sql).createOrReplaceTempView(name)

    def _send(self, name: str, table: pa.Table) -> None:
        with _said_plainly():
            self.session.createDataFrame(table).createOrReplaceTempView(name)

    def _drop(self, name: str) -> None:
        """What waits to be answered may still read the rows, so they are let go after the next answer."""
        self.session.catalog.dropTempView(name)
        if name in self._kept:
            self._dropped.append(self._kept.pop(name))

    def _close(self) -> None:
        for frame in (*self._kept.values(), *self._dropped):
            frame.unpersist()
        for name in (*self._there.values(), *self._sent.values()):
            self.session.catalog.dropTempView(name)


@contextmanager
def connected_to_spark(master: str) -> Iterator[SparkConnection]:
    """A connection to the cluster at ``master``: an address such as ``spark://host:7077``, ``yarn`` or ``local[2]``.

    What else the cluster needs (memory, credentials of an object store) stands in Spark's own configuration:
    ``spark-defaults.conf`` in ``SPARK_CONF_DIR``. A Spark session that this process has already is used and left as it
    is; one that is made here is stopped.
    """
    session, made = _session(master)
    try:
        connection = SparkConnection(session)
        with connection:
            yield connection
    finally:
        if made:
            session.stop()


def is_path(source: str) -> bool:
    """Whether a source is a folder or a file (s3a://bucket/visits, visits.parquet), not a table."""
    return "/" in source or source.endswith(".parquet") or Path(source).exists()


def _quoted(column: str) -> str:
    return "`" + column.replace("`", "``") + "`"


def _session(master: str) -> tuple[SparkSession, bool]:
    """The session, and whether it was made here."""
    made = SparkSession.getActiveSession() is None
    builder = SparkSession.builder.master(master).appName("Equity Lens")
    settings = _SETTINGS | {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if master.startswith("local") or urlsplit(master).hostname in _OF_THIS_MACHINE:
        settings |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # the workers of local-cluster, too, stay on this machine
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate(), made
    except PySparkException as error:
        remedy = "install Java 17 or newer" if error.getCondition() == "JAVA_GATEWAY_EXITED" else "check its address"
        raise PlainError(f"Spark could not be started for “{master}”: {remedy}, and try again.") from None
    except Py4JError:
        raise PlainError(f"The Spark cluster “{master}” does not answer: check its address, and try again.") from None


@contextmanager
def _said_plainly(source: str = "") -> Iterator[None]:
    """Spark's errors as one sentence. Words that may quote a cell are not passed on, only the error's name."""
    try:
        yield
    except PySparkException as error:
        condition = error.getCondition() or "without a name"
        if condition in ("PATH_NOT_FOUND", "TABLE_OR_VIEW_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA"):
            raise PlainError(
                f"Spark finds no table and no Parquet at “{source}”: check the name, and that every worker reaches it."
            ) from None
        raise PlainError(f"Spark stopped the counting with the error {condition}, and nothing was changed.") from None
    except Py4JError:
        raise PlainError("Spark stopped the counting: see its own log; nothing was changed.") from None
