"""How much memory a process holds."""

from __future__ import annotations

import subprocess
from pathlib import Path


def resident_megabytes(pid: int) -> float:
    """The resident memory of a running process: from /proc where there is one (Linux), else from `ps`."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], check=True, capture_output=True, text=True)
    return int(told.stdout) / 1024
