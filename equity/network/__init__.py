"""The rules of the network, pure: values in, values out.

requirements.py  what an evidence pack is asked to show, from files that a network may edit (requirements/)
evidence.py      what a workspace can show for each requirement, each statement with its source
"""
