"""Find a Chromium, or get one: the browser tests never skip.

In order: one named by EQUITY_CHROMIUM, one on the PATH, the one that Playwright keeps; else Playwright's is downloaded;
else, where we may, the system's package manager installs it. When all that fails, the error says what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
# One process for all pages: what it compiled of the front end for one is there for the next, a fourth of the work.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--renderer-process-limit=1"]
MINUTES = 60


def find_chromium(playwright: Playwright) -> str:
    """The path of a Chromium; raises RuntimeError with the remedy when there is none and none can be had."""
    tried: list[str] = []
    for find in (_named, _on_path, lambda: _kept(playwright), lambda: _downloaded(playwright), _installed):
        found, said = find()
        if found:
            return found
        tried.append(said)
    raise RuntimeError(
        "The browser tests need Chromium or Chrome and found none: install one (`apt-get install chromium`) "
        f"or name it in EQUITY_CHROMIUM. Tried: {'; '.join(tried)}."
    )


def _named() -> tuple[str, str]:
    path = os.environ.get("EQUITY_CHROMIUM", "")
    return (path, "") if path and Path(path).exists() else ("", f"EQUITY_CHROMIUM ({path or 'not set'})")


def _on_path() -> tuple[str, str]:
    found = next((path for name in NAMES if (path := shutil.which(name))), "")
    return found, "the PATH"


def _kept(playwright: Playwright) -> tuple[str, str]:
    path = playwright.chromium.executable_path
    return (path, "") if Path(path).exists() else ("", "Playwright's own")


def _downloaded(playwright: Playwright) -> tuple[str, str]:
    said = _run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], 10 * MINUTES)
    if not Path(playwright.chromium.executable_path).exists():
        said = _run([sys.executable, "-m", "playwright", "install", "chromium"], 10 * MINUTES)
    found, _ = _kept(playwright)
    return found, f"playwright install chromium ({said})"


def _installed() -> tuple[str, str]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return "", "apt-get (not root, or not there)"
    said = _run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], 10 * MINUTES)
    found, _ = _on_path()
    return found, f"apt-get install chromium ({said})"


def _run(command: list[str], seconds: int) -> str:
    """Run a command; its last line when it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1][:200] if done.returncode and lines else f"exit status {done.returncode}"
