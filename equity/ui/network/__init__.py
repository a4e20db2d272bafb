"""What is shown beyond the team: the evidence pack (evidence_parts.py)."""
