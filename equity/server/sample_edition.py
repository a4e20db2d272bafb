"""Which edition of the sample a home folder holds: a sum over its files and over all that the made-up team says.

So a program whose sample says something else knows it by itself, and no number must be raised by hand but
`equity.actions.sample.sample_team.STORY`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from equity.store.files.checksums import DamagedError
from equity.store.files.versions import Version


def edition(sources: Mapping[str, tuple[Path, Path]]) -> str:
    """The sum over the sample's files and the made-up team's words, as kept in the home folder's mark."""
    from equity.actions.sample import sample_team
    from equity.words.sample import sample_focus, sample_people
    from equity.words.sample import sample_team as sample_words

    digest = hashlib.sha256(str(sample_team.STORY).encode())
    for file in (file for pair in sources.values() for file in pair):
        digest.update(file.read_bytes())
    for module in (sample_focus, sample_people, sample_words):
        told = {name: value for name, value in vars(module).items() if name.isupper()}
        digest.update(msgspec.json.encode(told, order="deterministic", enc_hook=str))
    return digest.hexdigest()


def is_earlier(version: Version, shipped: Path) -> bool:
    """Whether a version came of an earlier file of the sample's alone: of its name, and with other bytes.

    A damaged one is left to whoever mends it.
    """
    try:
        sources = version.description().sources
    except DamagedError:
        return False
    if len(sources) != 1 or sources[0].name != shipped.name:
        return False
    return sources[0].sha256 != hashlib.sha256(shipped.read_bytes()).hexdigest()
