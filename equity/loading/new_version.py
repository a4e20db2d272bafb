"""Files and a mapping into a new version of a dataset, or into nothing.

The steps: read the files (intake) → join them to the current version's rows, where that is asked for → count (cube) →
publish by one rename (store). Until that rename all lies in a staged folder that nobody else sees and that is gone
after a failure.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equity.cube import build_cube, build_cube_elsewhere
from equity.intake.formats.object_storage import fetched, is_address
from equity.intake.proposal.mapping.mapping_file import mapping_to_toml, read_mapping
from equity.intake.reading.checks import compare_with_earlier
from equity.intake.reading.facts import Facts
from equity.intake.reading.form import form_changes
from equity.intake.reading.progress import Watch
from equity.intake.reading.read_facts import read_facts
from equity.loading.joining import Mode, join_current
from equity.loading.refusals import (
    NOTHING_ACCEPTED,
    Accepted,
    refuse_files_already_in,
    refuse_many_set_aside,
    refuse_rows_elsewhere,
    refuse_same_file_twice,
    refuse_ungrouped,
)
from equity.loading.whose_mapping import Runner, mapping_for, with_standing
from equity.store.files.disk import full_disk_said, write_text
from equity.store.files.staging import staged_folder
from equity.store.files.versions import Holding, Version, held_for_changing, held_for_loading, now
from equity.vocabulary import (
    Cancelled,
    Description,
    Doubt,
    Mapping,
    PlainError,
    Progress,
)
from equity.vocabulary.form import NO_FORM, Form

if TYPE_CHECKING:
    from equity.cube.engines.remote_engine import RemoteEngine
    from equity.store.workspace.publishing import Publisher

FORM = "form.json"
"""Beside a version's description: how its files were written, for the comparison with the next ones."""
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
    accepted: Accepted = NOTHING_ACCEPTED,
) -> Description:
    """Load files into the next version of a dataset and describe it. A dataset of a new name begins with version 1.

    A file may be an address in an object store (``s3://…``), which is fetched for as long as it is read.

    ``new``      the version holds these files alone (earlier versions stay as they are).
    ``append``   the current version's rows and these files'.
    ``replace``  these files' rows, and the current version's of all periods that these files have no row in.

    Without a ``mapping`` the current version's is used where the files have its columns, else the one that intake
    proposes: that one only when it leaves no question open, or with ``Accepted(proposal=True)``, which takes the
    likeliest answer of each and keeps the questions as doubts. Where under nine tenths of the rows that hold data would
    be used nothing is loaded, but with ``Accepted(set_aside=True)`` or an accepted proposal.
    ``progress(share, words)`` is told how far the work is; ``cancelled()`` is asked along the way.
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
            refuse_rows_elsewhere(current)
        here = [fetched(str(f), work) if is_address(str(f)) else Path(f) for f in files]
        if mode == "append" and current is not None:
            refuse_files_already_in(here, current.description())
        doubts: tuple[Doubt, ...] = ()
        if mapping is None:
            mapping, doubts = mapping_for(here, current, work, accepted, run)
        refuse_ungrouped(mapping, here)
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
        refuse_same_file_twice(facts)
        refuse_many_set_aside(facts, accepted)
        description = dataclasses.replace(_describe(facts, holding.name), doubts=with_standing(doubts, mapping))
        if current is not None:
            description = _compared(description, current.description())
            changed = form_changes(_form_of(current), facts.form)
            description = dataclasses.replace(description, problems=(*description.problems, *changed))
        write_text(staged / FORM, facts.form.to_json())
        if mode != "new" and current is not None:
            watch.say(READ, "Joining the rows to those of the current version")
            description = join_current(description, mapping, current, staged, mode, memory_limit, run)
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
            _describe(facts, holding.name), counted_by=connection.name, doubts=with_standing((), mapping)
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
