"""``python -m equity``: the command line. See ``python -m equity --help`` and docs/commands.md."""

import sys

from equity.commands.line import run
from equity.commands.own_limits import limit_this_process

limit_this_process(sys.argv[1:])
sys.exit(run(sys.argv[1:]))
