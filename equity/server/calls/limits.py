"""How fast somebody may send: slowed first, then told to wait a moment. What they wrote stays with them."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

AT_ONCE: Final = 60
A_SECOND: Final = 2.0
LONGEST_WAIT: Final = 3.0
"""Seconds: whoever would have to wait longer is told so at once, in words."""
_MOST_KEPT: Final = 20_000


@dataclass
class _Bucket:
    left: float
    at: float


class Pace:
    """A bucket of tokens for everybody who sends: ``at_once`` in a burst, ``a_second`` after that."""

    def __init__(self, at_once: float = AT_ONCE, a_second: float = A_SECOND) -> None:
        self.at_once = at_once
        self.a_second = a_second
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, who: str) -> float:
        """Take a token; gives the seconds to wait before going on. More than :data:`LONGEST_WAIT` takes none."""
        moment = time.monotonic()
        bucket = self._buckets.setdefault(who, _Bucket(self.at_once, moment))
        self._buckets.move_to_end(who)
        while len(self._buckets) > _MOST_KEPT:
            self._buckets.popitem(last=False)
        bucket.left = min(self.at_once, bucket.left + (moment - bucket.at) * self.a_second)
        bucket.at = moment
        wait = max(0.0, (1 - bucket.left) / self.a_second)
        if wait <= LONGEST_WAIT:
            bucket.left -= 1
        return wait

    async def keep(self, who: str) -> float:
        """Wait for one's turn; gives 0, or the seconds after which to come again when that would be long."""
        wait = self.take(who)
        if wait > LONGEST_WAIT:
            return wait
        if wait:
            await asyncio.sleep(wait)
        return 0.0
