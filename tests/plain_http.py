"""httpx for servers on this machine: its requests load no certificates, which takes longer than the answer."""

from __future__ import annotations

import ssl
from functools import partial
from typing import Final

import httpx

NO_CERTIFICATES: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
get = partial(httpx.get, verify=NO_CERTIFICATES)
post = partial(httpx.post, verify=NO_CERTIFICATES)
stream = partial(httpx.stream, verify=NO_CERTIFICATES)
Client = partial(httpx.Client, verify=NO_CERTIFICATES)
