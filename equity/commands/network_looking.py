"""network, of looking: every team, the gallery, organizations beside each other, what tests of one idea came to."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equity.commands.network_sharing import action_of, here_of, plain, printed, write_file
from equity.store.files.home import home_folder

if TYPE_CHECKING:
    from equity.actions.network.comparing import Seen
    from equity.commands.network_sharing import Actions
    from equity.network.members import Member
    from equity.store.records.kept import Kept


def add_actions(actions: Actions) -> None:
    """Put these among the actions of ``network``."""
    action_of(actions, "teams", "every team of the cohort: where it is, what it asks for, what it shares", _teams, "")
    action_of(actions, "gallery", "what teams show", _gallery, "")
    action_of(actions, "comparable", "what can be compared, and how many organizations share it", _comparable, "")
    compare = action_of(actions, "compare", "make a comparison", _compare, '--measure "Controlled blood pressure"')
    compare.add_argument("--measure", required=True, metavar="M")
    compare.add_argument("--by", default="", metavar="LABEL", help="the grouping, by its label")
    compare.add_argument("--group", default="", metavar="G", help="everybody when left out")
    compare.add_argument("--period", default="", metavar="YEAR")
    action_of(actions, "comparisons", "those that were made, as this workspace may see them", _comparisons, "")
    sheet = action_of(
        actions, "comparison-sheet", "write a comparison for a team elsewhere, its own marked", _sheet, "ID MEMBER"
    )
    sheet.add_argument("comparison", metavar="ID")
    sheet.add_argument("member", metavar="MEMBER", help="the team, as network teams lists it")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE")
    action_of(actions, "learned", "what tests of each change idea came to, over all teams", _learned, "")


def _teams(arguments: argparse.Namespace) -> None:
    from equity.actions.network.overview import overview

    seen = overview(here_of(arguments))
    rows = [{**_team(each.kept), "pieces": each.pieces, "reflection_due": each.reflection_due} for each in seen.teams]
    printed({"teams": rows, "applications_by_days": dict(seen.ages)})


def _team(kept: Kept[Member]) -> dict[str, Any]:
    member = kept.content
    by_package = not member.workspace
    return {"id": kept.id, "name": member.name, "by_package": by_package, "standing": plain(member.standing)}


def _gallery(arguments: argparse.Namespace) -> None:
    from equity.actions.network.gallery import gallery

    hung = gallery(here_of(arguments), home_folder())
    printed([{"record": each.record, "team": each.team, "own": each.own, **plain(each.piece)} for each in hung])


def _comparable(arguments: argparse.Namespace) -> None:
    from equity.actions.network.comparing import comparable

    printed(
        [{**plain(asked), "organizations": count} for asked, count in comparable(here_of(arguments), home_folder())]
    )


def _compare(arguments: argparse.Namespace) -> None:
    from equity.actions.network.comparing import comparisons, make_comparison
    from equity.network.comparison import RateAsked

    here = here_of(arguments)
    asked = RateAsked(arguments.measure, arguments.by, arguments.group, arguments.period)
    kept = make_comparison(here, home_folder(), asked)
    printed(next(_seen(each) for each in comparisons(here, home_folder()) if each.kept == kept.id))


def _sheet(arguments: argparse.Namespace) -> None:
    from equity.actions.network.comparing import picture_for
    from equity.export.comparison_sheet import comparison_sheet

    here = here_of(arguments)
    content = comparison_sheet(picture_for(here, home_folder(), arguments.comparison, arguments.member))
    write_file(here, arguments.out, content, "comparison")


def _comparisons(arguments: argparse.Namespace) -> None:
    from equity.actions.network.comparing import comparisons

    printed([_seen(each) for each in comparisons(here_of(arguments), home_folder())])


def _seen(seen: Seen) -> dict[str, Any]:
    picture = None if seen.picture is None else plain(seen.picture)
    return {
        "id": seen.kept,
        "asked": plain(seen.asked),
        "made": seen.made,
        "picture": picture,
        "withheld": seen.withheld,
        "differs": seen.differs,
    }


def _learned(arguments: argparse.Namespace) -> None:
    from equity.actions.network.learned import learned_across

    printed([plain(idea) for idea in learned_across(here_of(arguments), home_folder())])
