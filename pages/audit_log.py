"""Audit log: who did what and when, for good; and the same as a file."""

from equity.ui import audit_list
from equity.ui.page_parts import page_title

page_title("audit_log")
audit_list.show()
