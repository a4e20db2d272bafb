"""What columns are called that say who does not count in a denominator."""

from __future__ import annotations

import re

SAYS_OUT = re.compile(r"\b(?:exclu\w*|exception\w*|exempt\w*|ineligible)\b")
