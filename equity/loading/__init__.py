"""Files and a mapping into a new version of a dataset, or into nothing.

new_version.py  the steps in their order, and the one rename at their end
whose_mapping.py  the mapping that the files are read by: the one given, the current version's, or a proposal
refusals.py     what is not loaded, with the sentence that says why
joining.py      rows put beside those of the current version, and both described together
"""

from equity.loading.joining import Mode
from equity.loading.new_version import in_this_process, load, load_elsewhere
from equity.loading.refusals import Accepted
from equity.loading.whose_mapping import Runner

__all__ = ["Accepted", "Mode", "Runner", "in_this_process", "load", "load_elsewhere"]
