"""Parts of the page Releases and links: plan, look ahead, attest and freeze; what there is, and taking it back."""

from __future__ import annotations

from typing import cast

import pandas as pd
import streamlit as st

from equity.release.create import Preview
from equity.release.plan import Pairs, Plan
from equity.release.policy import Policy, policy_of
from equity.release.shelf import Release
from equity.sharing import look_ahead, make_release, overlapping_releases_of, take_back
from equity.store.files import versions
from equity.store.files.home import home_folder
from equity.store.workspace.links import links_in
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.question.choice_bar import dataset_in_use
from equity.ui.session import sign_in
from equity.ui.session.errors import error_as_sentence
from equity.ui.sharing.release_audit import PAIRS, by_table, release_in_words, show_audit, show_table
from equity.ui.sharing.release_job import ReleaseJob, Result
from equity.ui.sharing.release_links import new_link, show_link, show_replies
from equity.vocabulary import GRAINS, Cancelled, Description, PlainError, Progress
from equity.words import groups, numbers
from equity.words.escaping import markdown, one_line
from equity.words.labels.sharing import SHARING_TEXTS
from equity.words.sharing.release import overlapping_releases_sentence

POLICIES = {
    "cms": "CMS: no count of 1 to 10 can be known",
    "hedis": "HEDIS: no group of fewer than 30",
    "nhs": "NHS: no count of 1 to 7; the rest rounded to 5",
    "public": "Public data already: nothing is hidden",
}
ATTESTATION = SHARING_TEXTS["i_have_looked"]


def plan_and_freeze() -> None:
    """Choose what a release holds, look ahead, attest, freeze."""
    prose.heading("Make a release")
    names = in_memory.names()
    if not names:
        prose.paragraph(SHARING_TEXTS["there_is_no_dataset_here_yet"])
        return
    if st.session_state.get("release_dataset") not in names:
        st.session_state["release_dataset"] = dataset_in_use(names)
    name = str(st.selectbox("Dataset", names, format_func=one_line, key="release_dataset", required=True))
    description = in_memory.description(name)
    plan = _plan(description)
    policy = _policy()
    if plan is None or policy is None:
        return
    version = in_memory.held(name).current
    asked = repr((name, version.number, description.created, plan, policy))
    _look_ahead(version, plan, policy, asked)
    prose.heading("Create the release", level=3)
    _overlapping_releases(name, plan)
    attested = st.checkbox(ATTESTATION, key=f"attest_{hash(asked)}")
    done = st.session_state.get("frozen_as") == asked and _has_made()
    waits = not attested or done or _is_at_work("freezing")
    if st.button("Create release", type="primary", icon=":material/lock:", disabled=waits, key="freeze"):
        st.session_state["frozen_as"] = asked
        _freeze(name, plan, policy)
    _watch("freezing")
    _say_frozen()


def show_release(release: Release) -> None:
    """One release: what it is, its audit, its links, the replies, and taking it back."""
    revoked = f"revoked {release.revoked[:10]}" if release.revoked else f"made {release.created[:10]}"
    with st.container(border=True, key=f"release_{release.id}"):
        prose.heading(f"{one_line(release.dataset)}, {revoked}")
        prose.paragraph(release_in_words(release))
        prose.small(
            SHARING_TEXTS["attested_by_release"].format(
                sentence=release.policy.sentence, attested_by=one_line(release.attested_by), id=release.id
            )
        )
        with st.expander("The disclosure audit", icon=":material/verified_user:", key=f"audit_{release.id}"):
            show_audit(release)
        mine = [link for link in links_in(sign_in.database(), sign_in.workspace_id()) if link.release_id == release.id]
        with st.expander(f"Links ({len(mine)})", icon=":material/link:", key=f"links_{release.id}"):
            for link in mine:
                show_link(link)
            if not release.revoked and sign_in.may("make_link"):
                new_link(release)
        show_replies(release)
        revocable = not release.revoked and sign_in.may("revoke_release")
        if revocable and st.button("Revoke this release", icon=":material/block:", key=f"revoke_{release.id}"):
            _confirm_revoking(release)


def _plan(description: Description) -> Plan | None:
    labels = {s.name: groups.started(groups.label(s)) for s in description.stratifiers}
    by = st.multiselect(
        "Group by",
        list(labels),
        list(labels)[:2],
        format_func=lambda key: labels.get(key, ""),
        key=f"release_by_{description.dataset}",
    )
    measures = st.multiselect(
        SHARING_TEXTS["measures_all_when_none_is_chosen"],
        [m.name for m in description.measures],
        format_func=one_line,
        key=f"release_measures_{description.dataset}",
    )
    left, right = st.columns(2)
    grains = GRAINS[GRAINS.index(description.grain) :]
    with left:
        grain = st.selectbox(
            "Finest period",
            grains,
            grains.index("quarter") if "quarter" in grains else 0,
            format_func=lambda grain: "all time" if grain == "all" else grain,
            key=f"release_grain_{description.dataset}",
            required=True,
        )
    with right:
        pairs = st.selectbox(
            "Two groupings crossed", list(PAIRS), 1, format_func=PAIRS.__getitem__, key="release_pairs", required=True
        )
    if not by:
        prose.notice([SHARING_TEXTS["choose_at_least_one_grouping"]])
        return None
    return Plan(tuple(by), grain, cast("Pairs", pairs), tuple(measures))


def _policy() -> Policy | None:
    left, right = st.columns(2)
    with left:
        name = str(st.selectbox("Rule", list(POLICIES), format_func=POLICIES.__getitem__, key="rule", required=True))
    preset = policy_of(name)
    threshold = None
    with right:
        if preset.hides:
            threshold = st.number_input(
                "Hide counts below", 2, 1000, preset.threshold, key=f"threshold_{name}", help=preset.sentence
            )
    try:
        policy = policy_of(name, None if threshold is None else int(threshold))
    except PlainError as error:
        prose.notice([str(error)])
        return None
    prose.small(policy.sentence)
    return policy


def _overlapping_releases(name: str, plan: Plan) -> None:
    """Releases of other datasets that nothing audits together with this one, said where it is attested."""
    overlapping = overlapping_releases_of(sign_in.database(), home_folder(), sign_in.workspace_id(), name, plan)
    if overlapping:
        prose.notice([overlapping_releases_sentence(overlapping)])


def _look_ahead(version: versions.Version, plan: Plan, policy: Policy, asked: str) -> None:
    """What would be hidden, and what coarser plans would keep."""
    if st.button(SHARING_TEXTS["preview_what_would_be_hidden"], icon=":material/visibility:", key="look_ahead"):
        sign_in.require("create_release")
        of = (sign_in.database(), home_folder(), sign_in.workspace_id(), version.description().dataset, plan, policy)
        _begin("looking_ahead", ReleaseJob(lambda say, stop: look_ahead(*of, progress=say, cancelled=stop)))
        st.session_state["looked_at"] = asked
    _watch("looking_ahead")
    job: ReleaseJob[Preview] | None = st.session_state.get("looking_ahead")
    if job is None or not job.is_over or st.session_state.get("looked_at") != asked:
        return
    if job.problem:
        prose.problem(job.problem)
    if job.result is not None:
        _show_preview(job.result, {s.name: s.label for s in version.description().stratifiers})


def _show_preview(preview: Preview, labels: dict[str, str]) -> None:
    own = preview.alternatives.iloc[0]
    prose.paragraph(
        SHARING_TEXTS["cells_would_be_shown_and_hidden"].format(
            shown=numbers.count(own["shown"]),
            hidden=numbers.count(own["hidden"]),
            kept=numbers.share(float(own["kept"])),
        )
    )
    show_table(by_table(preview.tables, labels), "What would be hidden, table by table")
    coarser = preview.alternatives
    worth_it = coarser[(coarser.index == coarser.index[0]) | (coarser["kept"] > float(own["kept"]))]
    if len(coarser) > 1 and len(worth_it) == 1:
        prose.paragraph(SHARING_TEXTS["no_coarser_plan_keeps_more"])
    elif len(coarser) > 1:
        prose.heading("What a coarser plan would keep", level=3)
        show_table(
            pd.DataFrame(
                {
                    "Finest period": worth_it["grain"],
                    "Crossed": worth_it["pairs"].map(PAIRS),
                    "Shown": worth_it["shown"].map(numbers.count),
                    "Hidden": worth_it["hidden"].map(numbers.count),
                    "Kept": [numbers.share(float(kept)) for kept in worth_it["kept"]],
                }
            ),
            "What coarser plans would keep",
        )


def _freeze(name: str, plan: Plan, policy: Policy) -> None:
    allowed = sign_in.require("create_release")
    database, home = sign_in.database(), home_folder()

    def work(say: Progress, stop: Cancelled) -> Release:
        return make_release(
            database, home, allowed.workspace, name, plan, policy, by=allowed.person, progress=say, cancelled=stop
        )

    _begin("freezing", ReleaseJob(work))


def _has_made() -> bool:
    """Whether the last release that was asked for here is there: the same one is not made twice."""
    job: ReleaseJob[Release] | None = st.session_state.get("freezing")
    return job is not None and job.is_over and job.result is not None


def _say_frozen() -> None:
    job: ReleaseJob[Release] | None = st.session_state.get("freezing")
    if job is not None and job.problem:
        prose.problem(job.problem)
    if job is not None and job.result is not None:
        prose.notice([SHARING_TEXTS["release_is_made_make_a_link"].format(id=job.result.id)])


def _begin(name: str, job: ReleaseJob[Result]) -> None:
    """Start a job; one of the same name that is still at work is stopped, for nobody waits for it any more."""
    before: ReleaseJob[object] | None = st.session_state.get(name)
    if before is not None:
        before.stop.set()
    st.session_state[name] = job
    job.start()


def _is_at_work(name: str) -> bool:
    job: ReleaseJob[object] | None = st.session_state.get(name)
    return job is not None and not job.is_over


def _watch(name: str) -> None:
    if _is_at_work(name):
        _watching(name)


@st.fragment(run_every=0.3)
def _watching(name: str) -> None:
    """How far it is, and a way to stop it."""
    job: ReleaseJob[object] | None = st.session_state.get(name)
    if job is None or job.is_over:
        st.rerun()
    st.progress(job.share, text=markdown(job.words))
    if st.button("Cancel", key=f"cancel_{name}"):
        job.stop.set()


@st.dialog("Revoke this release?")
def _confirm_revoking(release: Release) -> None:
    prose.paragraph(SHARING_TEXTS["nobody_can_open_it_any_more"])
    with st.container(horizontal=True):
        wanted = st.button("Revoke it", type="primary", key="revoke_for_good")
        if st.button("Keep it", key="revoke_not"):
            st.rerun()
    if wanted:
        with error_as_sentence():
            allowed = sign_in.require("revoke_release")
            take_back(sign_in.database(), home_folder(), allowed.workspace, release.id, by=allowed.person)
            st.rerun()
