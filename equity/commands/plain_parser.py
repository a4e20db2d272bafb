"""A command-line parser whose complaint is one plain line."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn


class PlainParser(argparse.ArgumentParser):
    """A parser whose complaint is one line: what is wrong, and where help is."""

    def error(self, message: str) -> NoReturn:
        """Say it in one line and stop with exit status 2."""
        print(f"{message[:1].upper()}{message[1:]}: see {self.prog} --help.", file=sys.stderr)
        raise SystemExit(2)
