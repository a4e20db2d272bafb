"""The parts of the page Releases and links: plan, look ahead, attest and freeze; then links, replies, taking back."""

from __future__ import annotations

import json
from typing import cast
from urllib.parse import urlencode, urlsplit, urlunsplit

import pandas as pd
import streamlit as st

from equity.release.create import Preview
from equity.release.plan import Pairs, Plan
from equity.release.policy import Policy, policy_of
from equity.release.shelf import Release
from equity.sharing import look_ahead, make_release, open_release_in, released_beside, take_back
from equity.store.files import versions
from equity.store.files.home import home_folder
from equity.store.workspace.links import MOST_DAYS, USUAL_DAYS, Link, links_in, make_link, revoke_link
from equity.store.workspace.replies import replies_to
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.session import link_session, sign_in
from equity.ui.session.plainly import plainly
from equity.ui.sharing.release_job import ReleaseJob, Result
from equity.vocabulary import GRAINS, Cancelled, Description, PlainError, Progress
from equity.words import groups, numbers
from equity.words.escaping import markdown, one_line
from equity.words.release import audit_sentences, audit_table, beside_sentence

PAIRS = {"year": "by year and over all time", "all": "over all time only", "none": "not at all"}
POLICIES = {
    "cms": "CMS: no count of 1 to 10 can be known",
    "hedis": "HEDIS: no group of fewer than 30",
    "nhs": "NHS: no count of 1 to 7; the rest rounded to 5",
    "public": "Public data already: nothing is hidden",
}
ATTESTATION = (
    "I have looked at what is shown and what is hidden, and at releases of other datasets that are named here. I may "
    "share this outside the team, and I know that what has been seen cannot be taken back."
)


def plan_and_freeze() -> None:
    """Choose what a release holds, look ahead, attest, freeze."""
    prose.heading("Make a release")
    names = in_memory.names()
    if not names:
        prose.paragraph("There is no dataset here yet: bring one in on the Upload page.")
        return
    name = str(st.selectbox("Dataset", names, format_func=one_line, key="release_dataset", required=True))
    description = in_memory.description(name)
    plan = _plan(description)
    policy = _policy()
    if plan is None or policy is None:
        return
    version = in_memory.held(name).current
    asked = repr((name, version.number, description.created, plan, policy))
    _look_ahead(version, plan, policy, asked)
    prose.heading("Freeze", level=3)
    _beside(name, plan)
    attested = st.checkbox(ATTESTATION, key=f"attest_{hash(asked)}")
    waits = not attested or _is_at_work("freezing")
    if st.button("Create release", type="primary", icon=":material/lock:", disabled=waits, key="freeze"):
        _freeze(name, plan, policy)
    _watch("freezing")
    _say_frozen()


def show_release(release: Release) -> None:
    """One release: what it is, its audit, its links, the replies, and taking it back."""
    revoked = f"revoked {release.revoked[:10]}" if release.revoked else f"made {release.created[:10]}"
    with st.container(border=True, key=f"release_{release.id}"):
        prose.heading(f"{one_line(release.dataset)}, {revoked}")
        prose.paragraph(_what(release))
        prose.small(f"{release.policy.sentence} Attested by {one_line(release.attested_by)}. Release {release.id}.")
        with st.expander("The disclosure audit", icon=":material/verified_user:", key=f"audit_{release.id}"):
            _audit(release)
        mine = [link for link in links_in(sign_in.database(), sign_in.workspace_id()) if link.release_id == release.id]
        with st.expander(f"Links ({len(mine)})", icon=":material/link:", key=f"links_{release.id}"):
            for link in mine:
                _link(link)
            if not release.revoked and sign_in.may("make_link"):
                _new_link(release)
        _replies(release)
        revocable = not release.revoked and sign_in.may("revoke_release")
        if revocable and st.button("Revoke this release", icon=":material/block:", key=f"revoke_{release.id}"):
            _confirm_revoking(release)


def address_of(token: str, here: str) -> str:
    """The address that a token opens, on the server whose address is ``here``."""
    parts = urlsplit(here)
    folder = parts.path.rsplit("/", 1)[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/leader", urlencode({link_session.PART: token}), ""))


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
        "Measures (all when none is chosen)",
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
        prose.notice(["Choose at least one grouping: a release without groups says nothing about equity."])
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
        found = policy_of(name, None if threshold is None else int(threshold))
    except PlainError as error:
        prose.notice([str(error)])
        return None
    prose.small(found.sentence)
    return found


def _beside(name: str, plan: Plan) -> None:
    """Releases of other datasets that nothing audits together with this one, said where it is attested."""
    found = released_beside(sign_in.database(), home_folder(), sign_in.workspace_id(), name, plan)
    if found:
        prose.notice([beside_sentence(found)])


def _look_ahead(version: versions.Version, plan: Plan, policy: Policy, asked: str) -> None:
    """What would be hidden, and what coarser plans would keep."""
    if st.button("Preview: what would be hidden?", icon=":material/visibility:", key="look_ahead"):
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


def _show_preview(found: Preview, labels: dict[str, str]) -> None:
    own = found.alternatives.iloc[0]
    prose.paragraph(
        f"{numbers.count(own['shown'])} cells would be shown and {numbers.count(own['hidden'])} hidden: "
        f"{numbers.share(float(own['kept']))} kept."
    )
    _table(_by_table(found.tables, labels), "What would be hidden, table by table")
    if len(found.alternatives) > 1:
        prose.heading("What a coarser plan would keep", level=3)
        _table(
            pd.DataFrame(
                {
                    "Finest period": found.alternatives["grain"],
                    "Crossed": found.alternatives["pairs"].map(PAIRS),
                    "Shown": found.alternatives["shown"].map(numbers.count),
                    "Hidden": found.alternatives["hidden"].map(numbers.count),
                    "Kept": [numbers.share(float(kept)) for kept in found.alternatives["kept"]],
                }
            ),
            "What coarser plans would keep",
        )


def _by_table(tables: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    def named(by: str) -> str:
        return " × ".join(one_line(labels.get(part, part)) for part in by.split(" × ")) if by else "Everyone"

    return pd.DataFrame(
        {
            "Table": [named(str(by)) for by in tables["by"]],
            "Period": [str(grain) for grain in tables["grain"]],
            "Shown": [numbers.count(float(value)) for value in tables["shown"]],
            "Zero": [numbers.count(float(value)) for value in tables["zero"]],
            "Hidden": [numbers.count(float(value)) for value in tables["hidden"]],
        }
    )


def _table(table: pd.DataFrame, alt: str) -> None:
    st.dataframe(table, hide_index=True, width="stretch", height="content", alt=alt)


def _freeze(name: str, plan: Plan, policy: Policy) -> None:
    allowed = sign_in.require("create_release")
    database, home = sign_in.database(), home_folder()

    def work(say: Progress, stop: Cancelled) -> Release:
        return make_release(
            database, home, allowed.workspace, name, plan, policy, by=allowed.person, progress=say, cancelled=stop
        )

    _begin("freezing", ReleaseJob(work))


def _say_frozen() -> None:
    job: ReleaseJob[Release] | None = st.session_state.get("freezing")
    if job is not None and job.problem:
        prose.problem(job.problem)
    if job is not None and job.result is not None:
        prose.notice([f"Release {job.result.id} is frozen. Make a link to it below."])


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


def _what(release: Release) -> str:
    plan = release.plan
    known = {s.name: groups.label(s) for s in release.description().stratifiers}
    by = groups.listed([known[key] for key in plan.stratifiers], most=8)
    finest = "all time" if plan.grain == "all" else plan.grain
    return (
        f"{len(plan.measures)} measure{'' if len(plan.measures) == 1 else 's'} of version {release.version}, grouped "
        f"by {by or 'nothing'}, by {finest} and coarser; two groupings crossed {PAIRS[plan.pairs]}."
    )


def _audit(release: Release) -> None:
    found = release.audit()
    if "hidden" not in found:
        prose.paragraph("This release was made before the audit kept least and greatest values: make a newer one.")
        return
    for sentence in audit_sentences(found)[1:]:
        prose.paragraph(sentence)
    labels = {s.name: s.label for s in release.description().stratifiers}
    _table(_by_table(pd.DataFrame(found["tables"]), labels), "What is shown and hidden, table by table")
    if found["hidden"] and st.toggle("Least and greatest of each hidden count", key=f"bounds_{release.id}"):
        _bounds(release, labels)


def _bounds(release: Release, labels: dict[str, str]) -> None:
    """What readers could work out of each hidden count, one measure at a time, the narrowest first."""
    bounds = release.bounds()
    measures = list(dict.fromkeys(bounds["measure"]))
    name = st.selectbox("Measure", measures, format_func=one_line, key=f"bounds_of_{release.id}", required=True)
    prose.small("For the team: whoever reads the release knows that each count lies between these two, and no more.")
    _table(audit_table(bounds[bounds["measure"] == name], labels), "Least and greatest of each hidden count")


def _link(link: Link) -> None:
    last = f", last {link.last_opened:%Y-%m-%d}" if link.last_opened else ""
    passcode = ", with a passcode" if link.has_passcode else ""
    state = {
        "open": f"open until {link.expires:%Y-%m-%d}",
        "expired": f"expired {link.expires:%Y-%m-%d}",
        "revoked": f"closed by {one_line(link.revoked_by)}",
    }[link.state]
    with st.container(horizontal=True, vertical_alignment="center", key=f"link_{link.id}"):
        prose.paragraph(
            f"{one_line(link.title)}: {state}{passcode}; opened {link.opened_count} "
            f"time{'' if link.opened_count == 1 else 's'}{last}; made by {one_line(link.made_by)}."
        )
        closable = link.state == "open" and sign_in.may("revoke_link")
        if closable and st.button("Close this link", icon=":material/link_off:", key=f"close_{link.id}"):
            allowed = sign_in.require("revoke_link")
            revoke_link(sign_in.database(), allowed.workspace, link.id, by=allowed.person)
            st.rerun()


def _new_link(release: Release) -> None:
    description = release.description()
    labels = {s.name: groups.started(groups.label(s)) for s in description.stratifiers}
    key = release.id
    with st.form(f"new_link_{key}", border=False):
        title = st.text_input("For whom, or for what", max_chars=120, key=f"link_title_{key}")
        measure = st.selectbox(
            "Opens with the measure",
            ["", *(m.name for m in description.measures)],
            format_func=lambda name: one_line(name) if name else "the one with the largest gap",
            key=f"link_measure_{key}",
        )
        by = st.selectbox(
            "Group by",
            ["", *labels],
            format_func=lambda name: labels.get(name, "the grouping with the largest gap"),
            key=f"link_by_{key}",
        )
        asks = st.text_area("What you ask of the reader", max_chars=600, key=f"link_asks_{key}")
        days = st.number_input("Open for days", 1, MOST_DAYS, USUAL_DAYS, key=f"link_days_{key}")
        passcode = st.text_input("Passcode (optional). Send it separately.", key=f"link_passcode_{key}")
        made = st.form_submit_button("Make a link", icon=":material/add_link:")
    if made:
        allowed = sign_in.require("make_link")
        open_release_in(sign_in.database(), home_folder(), allowed.workspace, release.id)
        choices = {part: value for part, value in {"measure": measure, "by": by, "asks": asks.strip()}.items() if value}
        _, token = make_link(
            sign_in.database(),
            allowed.workspace,
            release.id,
            by=allowed.person,
            title=title.strip() or description.dataset,
            choices=json.dumps(choices, ensure_ascii=False),
            days=int(days),
            passcode=passcode,
        )
        prose.notice(["Copy this link now: it is not kept here and cannot be shown again."])
        st.code(address_of(token, str(st.context.url or "")), language=None, wrap_lines=True)


def _replies(release: Release) -> None:
    if not sign_in.may("read_replies"):
        return
    found = replies_to(sign_in.database(), sign_in.workspace_id(), release.id)
    with st.expander(f"Replies ({len(found)})", icon=":material/forum:", key=f"replies_{release.id}"):
        for reply in found:
            who = one_line(reply.name) or "A reader who gave no name"
            vouched = "" if reply.link_id else ", signed in"
            prose.quote(f"{who}{vouched}, {reply.created:%Y-%m-%d}", reply.words)
        if not found:
            prose.paragraph("Nobody has replied yet.")


@st.dialog("Revoke this release?")
def _confirm_revoking(release: Release) -> None:
    prose.paragraph(
        "Nobody can open it any more, and every link to it closes at once. What was seen stays seen: later releases "
        "still reckon with it. This cannot be undone."
    )
    with st.container(horizontal=True):
        wanted = st.button("Revoke it", type="primary", key="revoke_for_good")
        if st.button("Keep it", key="revoke_not"):
            st.rerun()
    if wanted:
        with plainly():
            allowed = sign_in.require("revoke_release")
            take_back(sign_in.database(), home_folder(), allowed.workspace, release.id, by=allowed.person)
            st.rerun()
