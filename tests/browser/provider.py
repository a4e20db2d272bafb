"""A real OpenID provider process for the sign-in journeys, and the secrets that make the dashboard use it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USERS = ("ada", "lee", "mallory")
START_SECONDS = 30


@contextmanager
def running_provider(folder: Path) -> Iterator[str]:
    """The provider's address, until the block ends; it knows USERS, each with a verified address at example.org."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    claims = [
        {
            "sub": name,
            "name": name.capitalize(),
            "email": f"{name}@example.org",
            "email_verified": True,
            "role": "owner",
        }
        for name in USERS
    ]
    told = [part for each in claims for part in ("--user-claims", json.dumps(each))]
    with (folder / "provider.log").open("wb") as log:
        process = subprocess.Popen(
            [str(Path(sys.executable).parent / "oidc-provider-mock"), "--port", str(port), *told],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/.well-known/openid-configuration")
        yield address
    finally:
        process.terminate()
        process.wait(10)


def secrets_file(folder: Path, provider: str) -> Path:
    """A secrets.toml that signs people in with the provider."""
    path = folder / "secrets.toml"
    path.write_text(
        "[auth]\n"
        'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        'cookie_secret = "only for this test, and long enough for it"\n'
        'client_id = "equity"\n'
        'client_secret = "equity"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    return path


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The provider did not answer at {address} in {START_SECONDS} s.")
