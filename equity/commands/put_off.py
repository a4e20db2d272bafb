"""Modules that other libraries import and never use: put off until something of them is asked for.

SciPy takes every name that NumPy has, and so has NumPy bring in all of its parts. Some take longer than the answer.
"""

from __future__ import annotations

import importlib.util
import sys

NEVER_USED = ("numpy.f2py", "numpy.testing")
"""NumPy's translator of Fortran, and its tools for tests."""


def put_off(names: tuple[str, ...] = NEVER_USED) -> None:
    """Have modules of packages stand in their places, unread until an attribute is asked of them."""
    for name in names:
        package, _, part = name.rpartition(".")
        spec = importlib.util.find_spec(name)
        if name in sys.modules or spec is None or spec.loader is None:
            continue
        spec.loader = importlib.util.LazyLoader(spec.loader)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        setattr(sys.modules[package], part, module)
