'''Equity Lens from Python: load an extract, ask of it what the pages ask, release numbers for readers outside the team.

The nouns are those of the terminal (docs/commands.md), the numbers those of the pages: nothing is computed here. All is
kept in the folder that ``EQUITY_HOME`` names. Whatever a person can mend is a :class:`PlainError` of one sentence.

A small extract, one line a quarter and group:

>>> from pathlib import Path
>>> _ = Path("screening.csv").write_text("""Measure,Quarter,Language,Numerator,Denominator
... Screened,2024-Q1,English,140,200
... Screened,2024-Q1,Spanish,100,200
... Screened,2024-Q2,English,142,200
... Screened,2024-Q2,Spanish,118,200
... """, encoding="utf-8")

>>> from equity.notebook import ask, finding, load, release
>>> held = load("screening.csv", "Screening", accept_proposal=True)
>>> held.rows_used, [measure.name for measure in held.measures], [grouping.name for grouping in held.stratifiers]
(4, ['Screened'], ['language'])

>>> compared = ask("disparities", "Screening", measure="Screened", by="language", reference="best", period="2024-Q1")
>>> compared.rows[["group", "n", "rate", "gap"]].round(3)
     group      n  rate  gap
0  English  200.0   0.7  NaN
1  Spanish  200.0   0.5  0.2

>>> frozen = release("Screening", by=["language"], grain="year", policy="cms")
>>> frozen.dataset, frozen.policy.name, frozen.policy.threshold
('Screening', 'cms', 11)
'''

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from equity.actions import questions
from equity.actions.local_owner import dataset_of, loading_into
from equity.actions.questions import Answer
from equity.loading import Accepted, Mode
from equity.loading import load as load_files
from equity.release.plan import Pairs, Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release
from equity.sharing import make_release
from equity.store.files.home import home_folder
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.vocabulary import Description, Grain, Mapping, PlainError
from equity.words.answers.tables import headline

__all__ = ["Answer", "PlainError", "ask", "finding", "load", "release"]


def load(
    files: Path | str | Sequence[Path | str],
    dataset: str,
    mapping: Mapping | Path | None = None,
    mode: Mode = "new",
    *,
    workspace: str = "",
    accept_proposal: bool = False,
    accept_set_aside: bool = False,
) -> Description:
    """Load one file or several into a new version of a dataset, log it, and describe what the version holds.

    ``mapping`` says what each column means: a mapping, or the TOML file of one; left out, it is proposed, and
    ``accept_proposal`` takes the likeliest answer to each open question and keeps the questions as doubts.
    ``mode`` is ``new``, ``append`` or ``replace`` (the periods that the files cover). ``workspace`` is the id of the
    one that a new dataset is for: the first one when left out.

    Raises :class:`PlainError` as :func:`equity.loading.load` does; nothing is changed then.
    """
    from equity.intake.proposal.mapping.mapping_file import read_mapping

    named = [files] if isinstance(files, (str, Path)) else list(files)
    known = read_mapping(mapping) if isinstance(mapping, Path) else mapping
    with loading_into(dataset, workspace) as into:
        return load_files(
            named,
            into.dataset,
            known,
            mode,
            home_folder(),
            by=into.by,
            accepted=Accepted(accept_proposal, accept_set_aside),
        )


def ask(
    question: str,
    dataset: str,
    *,
    measure: str = "",
    by: str | Sequence[str] = "",
    reference: str | None = None,
    period: str = "",
    where: MappingOf[str, str] | None = None,
    **options: Any,
) -> Answer:
    """Ask a question of a dataset's current version.

    ``question`` is one of :data:`equity.actions.questions.QUESTIONS`: ``disparities``, ``trends``, ``pace``,
    ``areas``, ``overall-inequality``, ``completeness``, ``intersections`` (``by`` names two or three groupings),
    ``gap-breakdown``, ``age-standardized``, ``focus``. ``reference`` is best, average, others, target or a group's
    name (the measure's own when left out); ``period`` such as ``2024`` or ``2024-Q1..2024-Q4`` (all when left out);
    ``where`` narrows to one group of other groupings. ``options`` are the question's own, as in the terminal:
    ``grain="quarter"``, ``group="Black"``, ``within="site"``.

    The answer is a frozen dataclass of :mod:`equity.lens.answers`: ``rows`` is its table (rates as fractions), ``sql``
    the statements that ran, ``remarks`` what must be kept in mind.

    Raises :class:`PlainError` where the dataset cannot answer, and for an option that the question does not have.
    """
    known = questions.options_of(question)
    for name in options:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none of its own"
            raise PlainError(f"The question “{question}” has no option “{name}”: {has}.")
    for name in questions.needed_by(question):
        if name not in options:
            raise PlainError(f"The question “{question}” needs “{name}”.")
    first, *crossed = [by] if isinstance(by, str) else [*by]
    if crossed:
        if "crossed" not in known:
            raise PlainError(f"The question “{question}” is about one grouping: give one name as “by”.")
        options["crossed"] = crossed
    if question not in questions.NEITHER_MEASURE_NOR_GROUPING:
        for name, given in (("measure", measure), ("by", first)):
            if not given:
                raise PlainError(f"The question “{question}” needs “{name}”.")
    cube, choices = questions.put_to(
        home_folder(),
        dataset,
        measure=measure,
        by=first,
        reference=reference,
        period=period,
        where=tuple((where or {}).items()),
    )
    return questions.QUESTIONS[question](cube, choices, **options)


def finding(answer: Answer) -> str:
    """What an answer comes to, in the sentence that stands over it on its page."""
    return headline(answer)[0]


def release(
    dataset: str,
    by: Sequence[str],
    *,
    grain: Grain = "quarter",
    pairs: Pairs = "year",
    policy: str = "cms",
    threshold: int | None = None,
    measures: Sequence[str] = (),
    workspace: str = "",
) -> Release:
    """Freeze numbers of a dataset's current version for readers outside the team, small counts hidden by a policy.

    ``by`` names the groupings that it holds; ``grain`` is the finest of their tables, ``pairs`` says whether two are
    crossed (year, all, none); ``policy`` is cms, hedis, nhs or public, ``threshold`` the least count that is shown
    (the policy's own when left out); ``measures`` are all when left out; ``workspace`` is the dataset's own when left
    out. Whoever calls this attests it.

    Raises :class:`PlainError` for a plan that the dataset cannot fill, or that would give hidden counts away.
    """
    plan = Plan(tuple(by), grain, pairs, tuple(measures))
    rule = policy_of(policy, threshold)
    name, place = dataset_of(dataset, workspace)
    return make_release(workspace_database(), home_folder(), place, name, plan, rule, by=LOCAL_OWNER)
