"""The audit log as a list and as a file."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from equity.access import may
from equity.store import audit_log
from equity.store.audit_log import AuditEntry
from equity.ui import prose, sign_in
from equity.words.escaping import one_line

MOST = 500
FEW = 12


def show() -> None:
    """The newest entries, whether the log is as it was written, and all of it as CSV."""
    allowed = sign_in.require("read_audit_log")
    database = sign_in.database()
    broken = audit_log.first_broken_entry(database)
    if broken is None:
        prose.paragraph("Nothing in it can be changed or deleted, and its chain of hashes is whole.")
    else:
        prose.problem(f"The log was changed behind this program's back: entry {broken} is not as it was written.")
    entries = audit_log.entries(database, allowed.workspace, most=MOST)
    st.dataframe(
        table(entries),
        hide_index=True,
        width="stretch",
        height=520 if len(entries) > FEW else "content",
        alt="The newest entries of the audit log",
    )
    if len(entries) == MOST:
        prose.small(f"The newest {MOST} entries are listed; the file has all of them.")

    def written() -> bytes:
        person = may.require(database, allowed.person, allowed.workspace, "read_audit_log")
        text = audit_log.csv_export(database, allowed.workspace)
        audit_log.record(database, allowed.workspace, person, "exported", "audit log", {"bytes": len(text)})
        return text.encode("utf-8-sig")

    st.download_button(
        "Download all of it (CSV)",
        written,
        file_name="audit-log.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="audit_csv",
    )


def table(entries: tuple[AuditEntry, ...]) -> pd.DataFrame:
    """Entries as text, the newest first."""
    return pd.DataFrame(
        {
            "Number": [entry.number for entry in entries],
            "Time (UTC)": [f"{entry.at:%Y-%m-%d %H:%M:%S}" for entry in entries],
            "Person": [one_line(entry.actor) for entry in entries],
            "What": [entry.action.replace("_", " ") for entry in entries],
            "Of what": [one_line(entry.subject) for entry in entries],
            "Details": [one_line(", ".join(f"{k}: {v}" for k, v in entry.details.items())) for entry in entries],
        }
    )
