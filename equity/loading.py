"""Files and a mapping into a new version of a dataset, or into nothing.

The steps: read the files (intake) → join them to the current version's rows, where that is asked for → count (cube) →
publish by one rename (store). Until that rename all lies in a staged folder that nobody else sees and that is gone
after a failure.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from equity.cube import build_cube, build_cube_elsewhere
from equity.cube.event_days import FILE as EVENT_DAYS
from equity.cube.joining import append_rows, replace_periods, values_of
from equity.intake.columns.categories import arrange
from equity.intake.formats.object_storage import fetched, is_address
from equity.intake.layout.open_tidy import open_tidy
from equity.intake.proposal.mapping.asking import as_text
from equity.intake.proposal.mapping.mapping_file import mapping_to_toml, read_mapping
from equity.intake.proposal.propose import propose
from equity.intake.reading.binding import bind, wanted_names
from equity.intake.reading.checks import COMPARISONS, compare_with_earlier
from equity.intake.reading.facts import Facts
from equity.intake.reading.form import form_changes
from equity.intake.reading.progress import Watch
from equity.intake.reading.read_facts import fingerprint, read_facts
from equity.intake.reading.refusal import ENOUGH_USED, EXPECTED
from equity.store.files.checksums import check
from equity.store.files.disk import full_disk_said, write_text
from equity.store.files.staging import staged_folder
from equity.store.files.versions import Holding, Version, held_for_changing, held_for_loading, now
from equity.vocabulary import (
    Cancelled,
    Description,
    Doubt,
    Mapping,
    Measure,
    OpenQuestion,
    PlainError,
    Problem,
    Progress,
    QuestionsOpen,
    Stratifier,
    StratifierMapping,
)
from equity.vocabulary.form import NO_FORM, Form

if TYPE_CHECKING:
    from equity.cube.engines.remote_engine import RemoteEngine
    from equity.store.workspace.publishing import Publisher

Mode = Literal["new", "append", "replace"]
Runner = Callable[..., Any]
"""Calls a function with the arguments that follow it: here, or in a process of its own."""
FORM = "form.json"
"""Beside a version's description: how its files were written, for the comparison with the next ones."""
NOT_GIVEN = ("x_missing", "x_neither", "n_missing", "no_missing", "estimate_missing")
MOST_REASONS = 3
READ, JOINED, COUNTED = 0.60, 0.65, 0.97  # the share of the work that is done after each step


def in_this_process(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
    """A :data:`Runner` that calls the function itself."""
    return function(*arguments, **keywords)


def load(
    files: Sequence[Path | str],
    dataset: str,
    mapping: Mapping | None,
    mode: Mode,
    home: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    memory_limit: str | None = None,
    by: Publisher | None = None,
    run: Runner = in_this_process,
    accept_proposal: bool = False,
    accept_set_aside: bool = False,
) -> Description:
    """Load files into the next version of a dataset and describe it. A dataset of a new name begins with version 1.

    A file may be an address in an object store (``s3://…``), which is fetched for as long as it is read.

    ``new``      the version holds these files alone (earlier versions stay as they are).
    ``append``   the current version's rows and these files'.
    ``replace``  these files' rows, and the current version's of all periods that these files have no row in.

    Without a ``mapping`` the current version's is used where the files have its columns, else the one that intake
    proposes: that one only when it leaves no question open, or with ``accept_proposal``, which takes the likeliest
    answer of each and keeps the questions as doubts. Where under nine tenths of the rows that hold data would be used
    nothing is loaded, but with ``accept_set_aside``. ``progress(share, words)`` is told how far the work is;
    ``cancelled()`` is asked along the way.
    ``memory_limit`` is text such as ``2GB``; work beyond it spills to the data folder's disk. ``by`` logs it.
    Whatever meets the files or their rows is called through ``run``, which may be an `equity.intake.apart` process.

    Raises :class:`PlainError` in one sentence for what a person can mend (the file, the mapping, a full disk, a file
    that is in already); nothing is changed then.
    """
    watch = Watch(progress, cancelled)

    def waiting() -> None:
        watch.say(0.0, "Waiting for another load into this dataset to end")

    hold = held_for_loading if mode == "new" else held_for_changing
    with hold(home, dataset, waiting) as holding, staged_folder(home) as work, full_disk_said():
        current = holding.current()
        if mode != "new" and current is not None:
            _refuse_rows_elsewhere(current)
        here = [fetched(str(f), work) if is_address(str(f)) else Path(f) for f in files]
        if mode == "append" and current is not None:
            _refuse_files_already_in(here, current.description())
        doubts: tuple[Doubt, ...] = ()
        if mapping is None:
            mapping, doubts = _mapping_for(here, current, work, accept_proposal, run)
        _refuse_ungrouped(mapping, here)
        staged = work / "version"
        staged.mkdir()
        facts: Facts = run(
            read_facts,
            here,
            mapping,
            staged / "extract.parquet",
            staged / "set_aside.parquet",
            holding.person_key(),
            progress=lambda share, words: watch.say(share * READ, words),
            cancelled=cancelled,
            memory_limit=memory_limit,
            temp_directory=work,
        )
        _refuse_same_file_twice(facts)
        if not accept_set_aside:
            _refuse_many_set_aside(facts)
        description = dataclasses.replace(_describe(facts, holding.name), doubts=_with_standing(doubts, mapping))
        if current is not None:
            description = _compared(description, current.description())
            changed = form_changes(_form_of(current), facts.form)
            description = dataclasses.replace(description, problems=(*description.problems, *changed))
        write_text(staged / FORM, facts.form.to_json())
        if mode != "new" and current is not None:
            watch.say(READ, "Joining the rows to those of the current version")
            description = _join(description, mapping, current, staged, mode, memory_limit, run)
        watch.say(JOINED, "Counting every group in every period")
        run(
            build_cube,
            staged / "extract.parquet",
            description,
            staged / "cube.parquet",
            memory_limit=memory_limit,
            temp_directory=work / "spill",
            progress=lambda share, words: watch.say(JOINED + share * (COUNTED - JOINED), words),
        )
        number = _published(holding, staged, description, mapping, watch, by)
    if progress is not None:
        progress(1.0, "Done")
    return dataclasses.replace(description, version=number)


def load_elsewhere(
    connection: RemoteEngine[Any],
    sources: Sequence[str],
    dataset: str,
    mapping: Mapping | None,
    home: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    by: Publisher | None = None,
) -> Description:
    """Count an extract in the engine where it lies and make its cube the next version of a dataset.

    The version holds no rows: no ``extract.parquet`` and no ``set_aside.parquet``, and ``counted_by`` names the engine.
    ``sources`` are tables of the engine, or paths that it reads. Without a ``mapping`` the current version's is used.
    ``by`` logs it.

    Raises :class:`PlainError` as :func:`load` does; nothing is changed then.
    """
    watch = Watch(progress, cancelled)

    def waiting() -> None:
        watch.say(0.0, "Waiting for another load into this dataset to end")

    with held_for_loading(home, dataset, waiting) as holding, staged_folder(home) as work, full_disk_said():
        current = holding.current()
        if mapping is None:
            if current is None:
                raise PlainError(
                    f"What lies on {connection.name} is not looked into to propose a mapping: give one with --mapping."
                )
            mapping = read_mapping(current.folder / "mapping.toml")
        staged = work / "version"
        staged.mkdir()
        from equity.intake.reading.elsewhere import read_facts_elsewhere

        facts = read_facts_elsewhere(
            connection,
            sources,
            mapping,
            holding.person_key(),
            lambda share, words: watch.say(share * READ, words),
            cancelled,
        )
        description = dataclasses.replace(
            _describe(facts, holding.name), counted_by=connection.name, doubts=_with_standing((), mapping)
        )
        if current is not None:
            description = _compared(description, current.description())
        build_cube_elsewhere(
            connection,
            description,
            staged / "cube.parquet",
            progress=lambda share, words: watch.say(READ + share * (COUNTED - READ), words),
        )
        number = _published(holding, staged, description, mapping, watch, by)
    if progress is not None:
        progress(1.0, "Done")
    return dataclasses.replace(description, version=number)


def _published(
    holding: Holding, staged: Path, description: Description, mapping: Mapping, watch: Watch, by: Publisher | None
) -> int:
    """The number under which the staged version appeared, with what is known of it beside its cube."""
    write_text(staged / "description.json", description.to_json())
    write_text(staged / "mapping.toml", mapping_to_toml(mapping))
    watch.say(COUNTED, "Putting the new version in its place")
    return holding.publish(staged, by, "loaded", {"rows": description.rows_used})


def _refuse_ungrouped(mapping: Mapping, files: Sequence[Path]) -> None:
    """Nothing is loaded before somebody has said how people are grouped, or that they are not."""
    if not (mapping.long or mapping.groupings):
        raise PlainError(
            f"{files[0].name if files else 'The file'}: no column that groups people was recognized. Write a mapping "
            "(python -m equity inspect FILE) with a table such as [stratifiers.race] and its column, or "
            "only_over_time = true under [extract] to follow everyone together over time."
        )


def _refuse_rows_elsewhere(current: Version) -> None:
    """Rows cannot be joined to counts: people of both would be counted twice."""
    held = current.description()
    if held.counted_by:
        raise PlainError(
            f"The rows of the current version of “{held.dataset}” stayed on {held.counted_by}, so nothing can be added "
            "to them or replaced here: count all periods there again."
        )


def _proposed(file: Path) -> tuple[Mapping, tuple[OpenQuestion, ...], tuple[Problem, ...]]:
    proposal = propose(file)
    return proposal.mapping, proposal.questions, proposal.problems


def _mapping_for(
    files: Sequence[Path], current: Version | None, work: Path, accept_proposal: bool, run: Runner
) -> tuple[Mapping, tuple[Doubt, ...]]:
    """The current version's mapping where every file has its columns, else a proposal from the first file; and what of
    it nobody has confirmed.

    Raises :class:`QuestionsOpen` when the proposal leaves questions open and is not accepted.
    """
    if current is not None:
        kept = read_mapping(current.folder / "mapping.toml")
        if run(_fits, kept, files, work):
            return kept, current.description().doubts
    if not files:
        raise PlainError("No file was given: choose at least one.")
    mapping, questions, problems = run(_proposed, files[0])
    nothing = next((p for p in problems if p.code == "no_value"), None)
    if nothing is not None:
        raise PlainError(f"{files[0].name}: {nothing.message[0].lower()}{nothing.message[1:]} {nothing.remedy}")
    waiting = tuple(question for question in questions if question.waits)
    if waiting and not accept_proposal:
        raise QuestionsOpen(as_text(files[0].name, waiting), waiting)
    return mapping, tuple(question.overruled for question in waiting)


def _with_standing(doubts: tuple[Doubt, ...], mapping: Mapping) -> tuple[Doubt, ...]:
    """The doubts, and what the mapping says that every page must say of the data: weights that were left out."""
    column = mapping.unweighted
    if not column:
        return doubts
    said = (
        f"The file has survey weights (“{column}”) and the numbers are without them: they describe the people who were "
        "asked, not the population."
    )
    return (*(d for d in doubts if not d.key.startswith("weights:")), Doubt(f"weights:{column}", (column,), said, ""))


def _refuse_many_set_aside(facts: Facts) -> None:
    """Raise :class:`PlainError` when under nine tenths of the rows that hold data would be used."""
    # A table of counts says that it has no number; in one line a visit a missing outcome is a row that is lost.
    given = () if facts.shape == "rows" else NOT_GIVEN
    lost = [p for p in facts.problems if p.severity == "set_aside" and p.code not in (*EXPECTED, *given)]
    data = facts.rows_used + sum(p.count for p in lost)
    if not data or facts.rows_used / data >= ENOUGH_USED:
        return
    reasons = " ".join(f"{p.message}" for p in lost[:MOST_REASONS])
    more = f" And {len(lost) - MOST_REASONS} more reasons." if len(lost) > MOST_REASONS else ""
    file = facts.sources[0].name if facts.sources else "The file"
    raise PlainError(
        f"{file}: only {facts.rows_used:,} of {data:,} rows with data would be used. {reasons}{more} "
        "Correct the file or the mapping, or load all the same with --accept-set-aside."
    )


def _fits(mapping: Mapping, files: Sequence[Path], work: Path) -> bool:
    with tempfile.TemporaryDirectory(dir=work) as folder:
        try:
            for file in files:
                bind(mapping, open_tidy(file, Path(folder), mapping, wanted_names(mapping)))
        except PlainError:
            return False
    return True


def _refuse_files_already_in(files: Sequence[Path], earlier: Description) -> None:
    """Refuse a file whose very bytes are in the version; files of another size are not read for that."""
    known = {source.sha256: source.name for source in earlier.sources}
    sizes = {source.bytes for source in earlier.sources}
    for file in files:
        if not file.is_file() or file.stat().st_size in sizes:
            print_of_file = fingerprint(file)
            if print_of_file.sha256 in known:
                raise PlainError(
                    f"{file.name} is already in the dataset “{earlier.dataset}” (as {known[print_of_file.sha256]}): "
                    "its rows would count twice, so nothing was added."
                )


def _refuse_same_file_twice(facts: Facts) -> None:
    names: dict[str, str] = {}
    for source in facts.sources:
        if source.sha256 in names:
            raise PlainError(
                f"{names[source.sha256]} and {source.name} hold the same bytes: leave one out, or its rows count twice."
            )
        names[source.sha256] = source.name


def _describe(facts: Facts, dataset: str) -> Description:
    return Description(
        dataset=dataset,
        version=0,
        created=now(),
        shape=facts.shape,
        tables=facts.tables,
        values=facts.values,
        grain=facts.grain,
        periods=facts.periods,
        has_person=facts.has_person,
        rows_in=facts.rows_in,
        rows_used=facts.rows_used,
        rows_set_aside=facts.rows_set_aside,
        measures=facts.measures,
        stratifiers=facts.stratifiers,
        sources=facts.sources,
        problems=facts.problems,
    )


def _form_of(version: Version) -> Form:
    """How the files of a version were written; versions from before that was kept tell nothing."""
    kept = version.folder / FORM
    return Form.from_json(kept.read_text(encoding="utf-8")) if kept.exists() else NO_FORM


def _compared(new: Description, earlier: Description) -> Description:
    """With what the files hold otherwise than the version before: such a finding is about these files alone."""
    changes = compare_with_earlier(new.periods, new.stratifiers, new.rows_used, earlier)
    return dataclasses.replace(new, problems=(*new.problems, *changes))


def _join(
    new: Description,
    mapping: Mapping,
    current: Version,
    staged: Path,
    mode: Mode,
    memory_limit: str | None,
    run: Runner,
) -> Description:
    """Put the current version's rows beside those just read, in ``staged``, and describe both together."""
    old = current.description()
    _refuse_unlike(old, new)
    join = append_rows if mode == "append" else replace_periods
    for name in ("extract.parquet", "set_aside.parquet"):
        check(current.folder / name)
    read, joined = staged / "extract.parquet", staged / "joined.parquet"
    rows: int = run(join, current.folder / "extract.parquet", read, joined, memory_limit=memory_limit)
    joined.replace(read)
    _join_event_days(current, staged, mode, new.periods)
    if rows == new.rows_used:
        return new
    used = values_of(read, ["measure", *(s.name for s in (*old.stratifiers, *new.stratifiers))])
    set_aside = append_rows(current.folder / "set_aside.parquet", staged / "set_aside.parquet", joined)
    joined.replace(staged / "set_aside.parquet")
    return dataclasses.replace(
        new,
        periods=tuple(sorted({*old.periods, *new.periods})),
        rows_in=rows + set_aside,
        rows_used=rows,
        rows_set_aside=set_aside,
        measures=_measures_of_both(old, new, used["measure"]),
        stratifiers=_stratifiers_of_both(old, new, mapping, used),
        sources=tuple(dict.fromkeys((*old.sources, *new.sources))),
        problems=tuple(dict.fromkeys((*_lasting(old.problems), *new.problems, *_overlap(old, new, mode)))),
    )


def _join_event_days(current: Version, staged: Path, mode: Mode, covered: Sequence[str]) -> None:
    """Put the current version's event days beside those just read, but for the periods that are replaced."""
    earlier, newer = current.folder / EVENT_DAYS, staged / EVENT_DAYS
    if not earlier.exists():
        return
    held = pd.read_parquet(earlier)
    if mode == "replace":
        held = held[~pd.to_datetime(held["day"]).dt.strftime("%Y-%m").isin(covered)]
    added = [pd.read_parquet(newer)] if newer.exists() else []
    pd.concat([held, *added], ignore_index=True).to_parquet(newer, index=False)


def _lasting(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Findings about rows that are still there; what compared them with the version before them has had its day."""
    return tuple(problem for problem in problems if problem.code not in COMPARISONS)


def _refuse_unlike(old: Description, new: Description) -> None:
    """Rows can stand beside one another only when they mean the same: raises :class:`PlainError` where they do not."""
    file = new.sources[0].name if new.sources else "The file"
    remedy = "load it as a dataset of its own, or without adding to the current version."
    if (old.tables, old.values) != (new.tables, new.values):
        raise PlainError(f"{file} is of the shape “{new.shape}” and the dataset of “{old.shape}”: {remedy}")
    if old.grain != new.grain:
        raise PlainError(f"{file} holds {_periods(new)} and the dataset holds {_periods(old)}: {remedy}")
    if old.has_person != new.has_person:
        who, whom = (file, "the dataset") if new.has_person else ("The dataset", file)
        raise PlainError(f"{who} has person ids and {whom} has none, so people could be counted twice: {remedy}")
    missing = {s.name for s in old.stratifiers} ^ {s.name for s in new.stratifiers}
    if missing and new.tables == "crossed":
        names = ", ".join(f"“{name}”" for name in sorted(missing))
        raise PlainError(
            f"Only one of {file} and the dataset is grouped by {names}: map the same stratifiers, or {remedy}"
        )


def _periods(description: Description) -> str:
    return "no periods" if description.grain == "all" else f"{description.grain}s"


def _measures_of_both(old: Description, new: Description, used: set[str]) -> tuple[Measure, ...]:
    """The measures that have rows, in the order in which they came; the newer mapping says what one means."""
    meanings = {m.name: m for m in old.measures} | {m.name: m for m in new.measures}
    return tuple(m for m in meanings.values() if m.name in used)


def _stratifiers_of_both(
    old: Description, new: Description, mapping: Mapping, used: dict[str, set[str]]
) -> tuple[Stratifier, ...]:
    """All stratifiers, their categories in the order in which the mapping would have them."""
    latest = {s.name: s for s in old.stratifiers} | {s.name: s for s in new.stratifiers}
    mapped = {s.name: s for s in mapping.groupings}
    found = []
    for name in dict.fromkeys(s.name for s in (*new.stratifiers, *old.stratifiers)):
        held = latest[name]
        meaning = mapped.get(name) or StratifierMapping(name, (name,), held.label, held.ordered)
        found.append(dataclasses.replace(held, categories=arrange(used[name], meaning)))
    return tuple(found)


def _overlap(old: Description, new: Description, mode: Mode) -> tuple[Problem, ...]:
    """A warning when rows were added to periods that had some already."""
    shared = [period for period in new.periods if period in set(old.periods)]
    if mode != "append" or not (shared or new.grain == "all"):
        return ()
    which = f"{', '.join(shared[:3])}{' and more' if len(shared) > 3 else ''}" if shared else "rows without a period"
    return (
        Problem(
            "warning",
            "periods_overlap",
            f"The files hold {which}, which the dataset held already.",
            "If they are the same events again, roll back and load with “replace”.",
            count=len(shared),
        ),
    )
