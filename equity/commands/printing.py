"""An answer as a table for people, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import io
import json
import math
import sys
from typing import Any

import pandas as pd

from equity.actions.questions import Answer
from equity.commands.terminal import json_text
from equity.lens.answers import (
    AgeStandardized,
    Areas,
    Completeness,
    ControlChart,
    Disparities,
    GapSources,
    InequalityOverTime,
    Intersections,
    LensAnswer,
    Pace,
    ResolvedReference,
    SiteFunnel,
    Summary,
    Trends,
)
from equity.lens.choices import Choices
from equity.lens.unknown_groups import assumptions
from equity.stats.models.strata_model import StrataVariance
from equity.vocabulary import Measure
from equity.vocabulary.plain_cells import spreadsheet_cell
from equity.words.labels.commands import COMMAND_TEXTS

FORMATS = ("table", "json", "csv")


def print_answer(answer: Answer, form: str) -> None:
    """Write the answer to standard output in one of FORMATS."""
    if form == "json":
        text = json_text(as_json(answer))
    elif form == "csv":
        text = as_csv(_named(answer))
        _say_left_out(answer)
    else:
        text = as_table(answer)
    sys.stdout.write(text.rstrip("\n") + "\n")


def _say_left_out(answer: Answer) -> None:
    """Beside a table that cannot say itself that groups are missing from it."""
    from equity.words.drawn_groups import said

    if isinstance(answer, Disparities | Trends) and said(answer.left_out):
        print(said(answer.left_out), file=sys.stderr)


def as_json(answer: Answer) -> dict[str, Any]:
    """``choices``, ``finding``, ``rows``, ``sql`` and what is said beside. Rates are fractions; NaN is null."""
    from equity.words.answers.tables import headline

    finding, below = headline(answer)
    whole: dict[str, Any] = {"choices": _choices(answer.choices), "finding": finding, "comes_to": list(below)}
    for name in ("measure", "reference", "group", "chart", "grain"):
        if hasattr(answer, name):
            whole[name] = _plain(getattr(answer, name))
    whole["rows"] = records(_named(answer))
    if isinstance(answer, Disparities | Trends):
        whole["left_out"] = {name: list(groups) for name, groups in vars(answer.left_out).items()}
    if isinstance(answer, Disparities):
        whole["total"] = records(answer.total)[0]
        for name in ("tests", "known_share", "excess_total", "excess_lower", "excess_upper", "excess_total_raw"):
            whole[name] = _plain(getattr(answer, name))
    if isinstance(answer, Trends):
        whole["changes"], whole["windows"] = records(answer.changes), records(answer.windows)
    if isinstance(answer, ControlChart):
        whole["signal"], whole["trial"] = answer.signal, answer.trial
    if isinstance(answer, Areas):
        whole["tests"] = answer.tests
    if isinstance(answer, Summary):
        for name in ("omnibus_p", "best", "worst", "best_against_worst_p"):
            whole[name] = _plain(getattr(answer, name))
    if isinstance(answer, InequalityOverTime):
        whole["changes"] = records(answer.changes)
    if isinstance(answer, Completeness):
        whole["bounds"] = records(answer.bounds)
        whole["if_unknown"] = records(assumptions(answer))
        for name in ("unknown_n", "known_rate", "unknown_rate", "unknown_p"):
            whole[name] = _plain(getattr(answer, name))
    if isinstance(answer, Pace):
        beside = {"choices", "measure", "stratifier", "reference", "sql", "remarks", "told", "false_alarm"}
        whole |= {name: _plain(value) for name, value in vars(answer).items() if name not in beside}
    if isinstance(answer, AgeStandardized):
        whole |= {"standard": answer.standard, "ages": answer.ages.name}
        whole |= {name: _plain(getattr(answer, name)) for name in ("covered", "split_evenly", "age_known")}
        whole["weights"], whole["over_time"] = records(answer.weights), records(answer.over_time)
    if isinstance(answer, GapSources):
        whole["within"], whole["strata"] = answer.within.name, records(answer.strata)
        whole["model"] = records(answer.model)
    if isinstance(answer, SiteFunnel):
        whole["within"] = answer.within.name
        for name in ("of", "centre", "phi", "winsorised_phi", "tau"):
            whole[name] = _plain(getattr(answer, name))
    if isinstance(answer, Intersections):
        whole["by"] = [s.name for s in answer.stratifiers]
        whole["overall_rate"] = _plain(answer.overall_rate)
        whole["model"] = None if answer.model is None else _model(answer.model)
    if not isinstance(answer, LensAnswer):  # a choice of focus
        for name in ("criteria", "people", "draws", "seed", "sampling"):
            whole[name] = _plain(getattr(answer, name))
        whole["ranks"] = dict(zip(answer.rows["area"], answer.ranks.tolist(), strict=True))
        whole["gaps"] = [{"area": g.area, "measure": g.measure, "by": g.by, "group": g.group} for g in answer.gaps]
    whole["remarks"] = list(answer.remarks)
    whole["sql"] = answer.sql
    return whole


def _model(variance: StrataVariance) -> dict[str, Any]:
    """The two-level model: ``strata``, and ``vpc``, ``pcv`` and ``median_ratio`` with their limits."""
    three = {"vpc": variance.vpc, "pcv": variance.pcv, "median_ratio": variance.median_ratio}
    ends = ("", "_lower", "_upper")
    told = {f"{name}{end}": _plain(v) for name, values in three.items() for end, v in zip(ends, values, strict=True)}
    return {"strata": variance.strata, **told}


FORMER_KEYS = {"pooled": "smoothed", "pooled_lower": "smoothed_lower", "pooled_upper": "smoothed_upper"}
"""Columns of crossed groups by the names that they had: printed beside those of today for one version more."""


def _named(answer: Answer) -> pd.DataFrame:
    """The answer's rows under their names of today, former names beside them with a note on stderr."""
    if not isinstance(answer, Intersections):
        return answer.rows
    note = COMMAND_TEXTS["pooled_is_called_smoothed_now_its"]
    print(note, file=sys.stderr)
    return answer.rows.assign(**{now: answer.rows[former] for former, now in FORMER_KEYS.items()})


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as JSON rows."""
    columns = [str(name) for name in table.columns]
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in table.itertuples(index=False, name=None)]


def as_csv(table: pd.DataFrame) -> str:
    """A table as CSV in which no cell, its heads among them, can be taken for a formula by a spreadsheet."""
    safe = table.copy()
    for name in safe.columns:
        if safe[name].dtype.kind not in "ifb":
            safe[name] = [spreadsheet_cell(_in_a_cell(value)) for value in safe[name]]
    safe.columns = [spreadsheet_cell(str(column)) for column in safe.columns]
    text = io.StringIO()
    safe.to_csv(text, index=False)
    return text.getvalue()


def _in_a_cell(value: object) -> str:
    """What a cell says of a value: nothing for none, several things as JSON."""
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | tuple) else str(value)


def as_table(answer: Answer) -> str:
    """The finding in a sentence, and the columns that a person reads."""
    from equity.words.answers.tables import finding_and_table

    return finding_and_table(answer)


def _choices(choices: Choices) -> dict[str, Any]:
    return {
        "dataset": choices.dataset,
        "version": choices.version,
        "measure": choices.measure,
        "by": choices.by,
        "reference": None if choices.reference is None else str(choices.reference),
        "period": str(choices.period),
        "where": dict(choices.where),
        "policy": choices.policy,
    }


def _plain(value: Any) -> Any:
    """A value as JSON can say it."""
    if isinstance(value, ResolvedReference):
        return {k: _plain(v) for k, v in vars(value).items()}
    if isinstance(value, Measure):
        return {k: str(v) if k == "reference" else _plain(v) for k, v in vars(value).items()}
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
