"""The mapping as a TOML file: read strictly, written so that a person can go on editing it.

The form is a contract that docs/mapping.md teaches. A wrong file gets one sentence that names the table and the key.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from equity.intake.proposal.mapping.mapping_keys import LONGEST
from equity.intake.proposal.mapping.mapping_reader import MappingReader
from equity.intake.proposal.mapping.mapping_written import mapping_to_toml
from equity.vocabulary import (
    Mapping,
    PlainError,
)

__all__ = ["mapping_from_toml", "mapping_to_toml", "read_mapping"]


def read_mapping(path: Path | str) -> Mapping:
    """The mapping in a TOML file; raises :class:`PlainError` that names the file, the table and the key."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PlainError(f"There is no mapping file “{path}”: check the name and the folder.") from None
    except UnicodeDecodeError:
        raise PlainError(f"The mapping {path.name} is not text in UTF-8: save it again as UTF-8.") from None
    except OSError as error:
        raise PlainError(f"The mapping {path.name} cannot be read: {error.strerror or 'the system refused'}.") from None
    return mapping_from_toml(text, path.name)


def mapping_from_toml(text: str, name: str) -> Mapping:
    """The mapping that a TOML text says; ``name`` is what errors call it."""
    if len(text) > LONGEST:
        raise PlainError(f"The mapping {name} is longer than {LONGEST:,} characters: choose a mapping file.")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlainError(f"The mapping {name} is not in TOML's form: {error}.") from None
    except RecursionError:
        raise PlainError(
            f"The mapping {name} is nested too deeply: it has no tables within tables within tables."
        ) from None
    except ValueError:
        raise PlainError(f"The mapping {name} holds a number of thousands of digits: correct it.") from None
    return MappingReader(name).mapping(raw)
