"""The workspace's people: members, roles, invitations (team_parts.py), and the audit log as a list (audit_list.py)."""
