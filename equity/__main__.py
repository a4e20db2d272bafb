"""``python -m equity``: the command line. See ``python -m equity --help`` and docs/commands.md."""

import sys

from equity.commands.line import run

sys.exit(run(sys.argv[1:]))
