"""Audit log: who did what and when, for good; and the same as a file."""

from equity.ui.question.page_parts import page_title
from equity.ui.team import audit_list

page_title("audit_log")
audit_list.show()
