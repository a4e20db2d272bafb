"""What is shown beyond the team.

evidence_parts.py     the evidence pack
cohort_parts.py       a cohort
application_parts.py  who applies to it
"""
