"""The rules of the network, pure: values in, values out.

requirements.py      what an evidence pack is asked to show, from files that a network may edit (requirements/)
evidence.py          what a workspace can show for each requirement, each statement with its source
cohorts.py           a cohort of teams
application_form.py  what an applicant is asked, from a file that a network may edit
applications.py      an application from a draft to an answer within thirty days
nouns.py             the records
"""
