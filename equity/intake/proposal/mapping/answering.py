"""An answer to an open question, put into the mapping; and the lines of the mapping that say the same."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import tomlkit

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.vocabulary import Mapping, OpenQuestion
from equity.vocabulary.doubt import Setting, SettingValue

FOLLOWED = frozenset({"running", "revisions", "time", "fiscal", "repeats", "once", "weights"})
"""Questions whose likeliest answer is put into the proposed mapping after it has been made."""


def answered(mapping: Mapping, settings: Sequence[Setting]) -> Mapping:
    """The mapping with each setting in its place, as if a person had written the lines into its file.

    Raises:
        PlainError: a setting that a mapping cannot have.
    """
    if not settings:
        return mapping
    # Where nothing groups people yet, a mapping is no whole file: meanwhile it is one that only follows them over time.
    bare = not (mapping.long or mapping.groupings)
    document: dict[str, Any] = tomllib.loads(
        mapping_to_toml(replace(mapping, only_over_time=True) if bare else mapping)
    )
    if any(s.path[0] in ("stratifiers", "long") and s.value is not None for s in settings):
        document["extract"].pop("only_over_time", None)
    for setting in settings:
        _put(document, setting)
    written = mapping_from_toml(tomlkit.dumps(document), "with your answers")
    said = any(s.path == ("extract", "only_over_time") for s in settings)
    return replace(written, only_over_time=False) if bare and not said else written


def followed(mapping: Mapping, questions: Sequence[OpenQuestion]) -> tuple[Mapping, tuple[OpenQuestion, ...]]:
    """The mapping with the likeliest answers that it does not follow yet, and the questions, in which every answer
    takes back what another would have said."""
    whole = tuple(_undoing(q) if q.key.split(":")[0] in FOLLOWED else q for q in questions)
    settings = [s for q in whole if q.key.split(":")[0] in FOLLOWED for s in q.likeliest.settings]
    return answered(mapping, settings), whole


def _undoing(question: OpenQuestion) -> OpenQuestion:
    """A question whose other answers take away the lines that only the likeliest one has."""
    answers = [question.likeliest]
    for answer in question.answers[1:]:
        own = {s.path for s in answer.settings}
        gone = tuple(Setting(s.path, None) for s in question.likeliest.settings if s.path not in own)
        answers.append(replace(answer, settings=(*gone, *answer.settings)))
    return replace(question, answers=tuple(answers))


def mapping_lines(settings: Sequence[Setting]) -> str:
    """The settings as lines of a mapping file, each under its table; lines that go are comments."""
    lines: list[str] = []
    table: tuple[str, ...] = ()
    for setting in settings:
        if setting.path[:-1] != table:
            table = setting.path[:-1]
            lines.append(f"[{'.'.join(tomlkit.key(part).as_string() for part in table)}]" if table else "")
        key = tomlkit.key(setting.path[-1]).as_string()
        lines.append(f"# without {key}" if setting.value is None else f"{key} = {_as_toml(setting.value)}")
    return "\n".join(line for line in lines if line)


def _put(document: dict[str, Any], setting: Setting) -> None:
    table = document
    for part in setting.path[:-1]:
        table = table.setdefault(part, {})
    if setting.value is None:
        table.pop(setting.path[-1], None)
    else:
        table[setting.path[-1]] = _plain(setting.value)


def _plain(value: SettingValue) -> Any:
    """A list for a tuple of texts, a table for a tuple of pairs."""
    if isinstance(value, tuple):
        return {key: _plain(part) for key, part in value} if value and isinstance(value[0], tuple) else list(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _as_toml(value: SettingValue) -> str:
    plain = _plain(value)
    if isinstance(plain, dict):
        inline = tomlkit.inline_table()
        inline.update(plain)
        return inline.as_string()
    return str(tomlkit.item(plain).as_string())
