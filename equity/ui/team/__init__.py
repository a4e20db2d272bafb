"""The team (people_parts.py, letter_parts.py, practice_parts.py), its history (history_parts.py); who may do what
(role_parts.py), and the audit log as a list (audit_list.py)."""
