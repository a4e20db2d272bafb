"""The services that these tests start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.workspace_stores import postgresql_server

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["postgresql_server", "spark"]


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """One real Spark with two workers for the whole run."""
    from tests.services.spark import running_spark

    with running_spark() as session:
        yield session
