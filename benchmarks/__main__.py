"""Run the named benchmarks, or all of them, and print their lines."""

import importlib
import sys

BENCHMARKS = ("statistics", "views", "intake")


def main(names: list[str]) -> int:
    """Print each benchmark's table; 2 when a name is not one."""
    for name in names or BENCHMARKS:
        if name not in BENCHMARKS:
            print(f"There is no benchmark “{name}”: choose from {', '.join(BENCHMARKS)}.", file=sys.stderr)
            return 2
        print(f"\n{name}")
        for line in importlib.import_module(f"benchmarks.{name}").run():
            print(f"  {line}", flush=True)
    return 0


sys.exit(main(sys.argv[1:]))
