"""The checks that `removed_checks.py` takes away are there to be taken away."""

from __future__ import annotations

import pytest

from tests.attempts.removed_checks import CHECKS, ROOT, Check


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{check.file}: {check.stands.strip()[-60:]}")
def test_the_check_stands_where_it_is_said_to(check: Check) -> None:
    assert (ROOT / check.file).read_text(encoding="utf-8").count(check.stands) == 1
    assert (ROOT / check.tests).is_file()
