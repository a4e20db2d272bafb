"""A real Spark for the tests: a master and two workers, each a process of its own, on the loopback address."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.services.java import java_home

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER = "local-cluster[2,1,1024]"
# Few rows on few cores: what pays on a cluster (compiling each query, two hundred parts) would only cost time here.
SETTINGS = {
    "spark.driver.memory": "600m",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@contextmanager
def running_spark() -> Iterator[SparkSession]:
    """Start a cluster and stop it again."""
    folder = Path(tempfile.mkdtemp(prefix="equity-spark-"))
    environment = dict(os.environ)
    try:
        os.environ |= {
            "JAVA_HOME": str(java_home(folder)),
            "SPARK_CONF_DIR": str(folder),
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        settings = SETTINGS | {"spark.local.dir": str(folder), "spark.sql.warehouse.dir": str(folder / "warehouse")}
        lines = [f"{key} {value}" for key, value in settings.items()]
        (folder / "spark-defaults.conf").write_text("\n".join(lines))
        from equity.cube.engines.spark import connected_to_spark

        with _without_leavings(), connected_to_spark(MASTER) as connection:
            yield connection.session
    finally:
        os.environ.clear()
        os.environ.update(environment)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _without_leavings() -> Iterator[None]:
    """The workers of local-cluster keep their logs beside Spark's own files, whatever they are told."""
    import pyspark

    work = Path(pyspark.__file__).parent / "work"
    before = set(work.iterdir()) if work.exists() else set()
    try:
        yield
    finally:
        for leaving in set(work.iterdir() if work.exists() else ()) - before:
            shutil.rmtree(leaving, ignore_errors=True)
