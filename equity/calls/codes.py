"""Codes that can be said aloud, such as KITE-42: a short word that sounds like no other here, and two digits.

A code opens only the page of a call that is on, wrong ones are counted and slowed (`equity/server/calls/limits.py`),
and what it opens without a sign-in shows no number that is not in a release.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

_LISTED: Final = """
acorn amber apple april arrow aspen badge bagel bamboo banjo basil beach berry birch bison bloom bridge brook cabin
candle canoe canyon cedar cello cherry cider clover cobalt comet copper coral cotton crane daisy delta dune eagle
ember falcon fern fiddle field finch fjord flint forest galaxy garden ginger granite grape harbor hazel heron honey
indigo island ivory jasmine jigsaw juniper kayak kettle kite lagoon lantern lark laurel lemon lilac linen lotus
magnet mango maple marble meadow melon mosaic nectar nutmeg oasis olive onyx orbit orchid otter paddle panda pebble
pepper piano pine planet plum pocket poppy prairie puzzle quartz quilt rabbit raven ribbon river rocket saddle
saffron sage salmon satin shell silver sparrow spruce summit sunset tango thistle tiger timber topaz tulip tundra
velvet violet walnut willow window winter wombat yarrow zebra zephyr
"""
WORDS: Final = tuple(_LISTED.split())


def new_code() -> str:
    """A random code."""
    return f"{secrets.choice(WORDS).upper()}-{secrets.randbelow(90) + 10}"


def read_code(text: str) -> str:
    """A code as somebody typed it (any case, with or without the hyphen) in its one form; empty for any other text."""
    match = re.fullmatch(r"\s*([A-Za-z]{3,12})[\s\-–—_.]*(\d{2})\s*", text[:40])
    return f"{match[1].upper()}-{match[2]}" if match else ""
