"""The audit log as a list, a page at a time, and as a file; and whether it is as it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from equity.access import may
from equity.access.may import Allowed
from equity.store.files.home import home_folder
from equity.store.workspace import audit_log, audit_log_csv
from equity.store.workspace.audit_log import Action, AuditEntry
from equity.store.workspace.publishing import log_what_is_missing
from equity.ui.components.downloading import download_button
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.words import numbers
from equity.words.days import describe_moment
from equity.words.escaping import one_line
from equity.words.labels.team import RECORDS_NAMED, TEAM_TEXTS

MOST = 100
FEW = 12
ALL = ""


@dataclass(frozen=True)
class Wanted:
    """Which entries are looked at: of one kind and of one person, or of all (None)."""

    action: Action | None
    actor_id: str | None


def show() -> None:
    """When the log was last checked, its entries by kind and person, a page at a time, and all of it as CSV."""
    allowed = sign_in.require("read_audit_log")
    _checking(allowed)
    _entries(allowed.workspace, _wanted(allowed.workspace))
    _download(allowed)


def table(entries: tuple[AuditEntry, ...]) -> pd.DataFrame:
    """Entries as text, the newest first."""
    return pd.DataFrame(
        {
            "Number": [entry.number for entry in entries],
            "Time (UTC)": [f"{entry.at:%Y-%m-%d %H:%M:%S}" for entry in entries],
            "Person": [one_line(entry.actor) for entry in entries],
            "What": [_kind(entry.action) for entry in entries],
            "Of what": [_subject(entry) for entry in entries],
            "Details": [one_line(", ".join(f"{k}: {v}" for k, v in entry.details.items())) for entry in entries],
        }
    )


def finding(last: AuditEntry | None) -> str:
    """What the last check of the whole log found, and when: what came later is not in it."""
    if last is None:
        return TEAM_TEXTS["nobody_has_checked_yet_that_every"]
    when = f"{describe_moment(last.at)} ({one_line(last.actor)})"
    broken, cut = last.details.get(audit_log.FIRST_BROKEN), last.details.get(audit_log.CUT)
    if broken is None and cut is not None:
        return TEAM_TEXTS["entries_are_missing_from_the_log"].format(cut=cut, when=when)
    if broken is not None:
        return TEAM_TEXTS["the_log_was_changed_behind"].format(broken=broken, when=when)
    checked = numbers.count(float(last.details["entries"]))
    return TEAM_TEXTS["last_checked_on_all_entries_were"].format(when=when, checked=checked)


def _checking(allowed: Allowed) -> None:
    """The last check, and a button for the next. It reads the whole log, which is why no page does it by itself."""
    last = audit_log.last_check(sign_in.database(), allowed.workspace)
    if last is not None and {audit_log.FIRST_BROKEN, audit_log.CUT} & set(last.details):
        prose.problem(finding(last))
    else:
        prose.paragraph(f"Nothing in it can be changed or deleted. {finding(last)}")
    if st.button(TEAM_TEXTS["check_every_entry_now"], icon=":material/verified:", key="audit_check"):
        log_what_is_missing(sign_in.database(), home_folder())
        far = st.progress(0.0, text="Checking every entry")
        audit_log.check(sign_in.database(), allowed.workspace, allowed.person, lambda share: _tell(far, share))
        st.rerun()


def _tell(far: DeltaGenerator, share: float) -> None:
    far.progress(share, text="Checking every entry")


def _wanted(workspace: str) -> Wanted:
    """Which entries somebody wants to see."""
    people = {ALL: "Everybody", **_keyed(audit_log.people(sign_in.database(), workspace))}
    kinds = {ALL: "All kinds", **{f"={kind}": _kind(kind) for kind in audit_log.kinds(sign_in.database(), workspace)}}
    left, right = st.columns(2)
    with left:
        kind = st.selectbox(
            "Kind of event", list(kinds), format_func=lambda key: kinds.get(key, ""), key="audit_kind", required=True
        )
    with right:
        who = st.selectbox(
            "Person", list(people), format_func=lambda key: people.get(key, ""), key="audit_person", required=True
        )
    return Wanted(
        None if kind == ALL else cast("Action", str(kind)[1:]),
        None if who == ALL else str(who)[1:],
    )


def _keyed(people: dict[str, str]) -> dict[str, str]:
    """People by the key of their option: two may have one name, and a reader with a link has no id."""
    return {f"={who}": one_line(name) for who, name in people.items()}


def _entries(workspace: str, wanted: Wanted) -> None:
    """One page of the entries wanted. ``audit_pages`` holds where each page after the first begins, up to this one."""
    state = st.session_state
    if state.get("audit_wanted") != wanted:
        state["audit_wanted"], state["audit_pages"] = wanted, ()
    pages: tuple[int, ...] = state["audit_pages"]
    entries = audit_log.entries(
        sign_in.database(),
        workspace,
        before=pages[-1] if pages else None,
        most=MOST + 1,
        action=wanted.action,
        actor_id=wanted.actor_id,
    )
    shown = entries[:MOST]
    st.dataframe(
        table(shown),
        hide_index=True,
        width="stretch",
        height=520 if len(shown) > FEW else "content",
        alt="Entries of the audit log, the newest first",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Newer", icon=":material/arrow_back:", disabled=not pages, key="audit_newer"):
            state["audit_pages"] = pages[:-1]
            st.rerun()
        if st.button("Older", icon=":material/arrow_forward:", disabled=len(entries) <= MOST, key="audit_older"):
            state["audit_pages"] = (*pages, shown[-1].number)
            st.rerun()
        prose.small(_position(len(pages), len(shown)))


def _position(pages: int, shown: int) -> str:
    if not shown:
        return TEAM_TEXTS["there_is_no_such_entry"]
    first = pages * MOST + 1
    return TEAM_TEXTS["entries_to_the_newest_first"].format(
        first=numbers.count(first), first_2=numbers.count(first + shown - 1)
    )


def _download(allowed: Allowed) -> None:
    """The whole log as a file, whatever is looked at; it is logged before it leaves."""
    database = sign_in.database()

    def written() -> bytes:
        person = may.require(database, allowed.person, allowed.workspace, "read_audit_log")
        text = audit_log_csv.csv_export(database, allowed.workspace)
        audit_log.record(database, allowed.workspace, person, "exported", "audit log", {"bytes": len(text)})
        return text.encode("utf-8-sig")

    download_button(
        "Download all of it (CSV)",
        written,
        file_name="audit-log.csv",
        mime="text/csv",
        key="audit_csv",
    )


def _subject(entry: AuditEntry) -> str:
    """What an entry is about; a kind of record by the name that people read."""
    if not entry.action.startswith("record_"):
        return one_line(entry.subject)
    return RECORDS_NAMED.get(entry.subject, one_line(entry.subject).replace("_", " "))


def _kind(action: str) -> str:
    return action.replace("_", " ")
