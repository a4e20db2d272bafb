"""The people of the benchmark's call: who listen, or ask every second; who write, vote and lead."""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Heard:
    """What one listener has heard: when, by the words of a contribution or the move of a stage."""

    at: dict[str, float] = field(default_factory=dict)
    last: int = 0
    twice: int = 0


@dataclass
class Tally:
    """What was sent, what was answered, and what went wrong."""

    sent: dict[str, float] = field(default_factory=dict)
    moved: dict[str, float] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    votes: int = 0
    refused: list[str] = field(default_factory=list)


async def listen(client: httpx.AsyncClient, at: str, key: str, heard: Heard, over: asyncio.Event) -> None:
    """Hear the stream, and take it up again whenever the line drops."""
    chance = random.Random(key)  # noqa: S311
    seen: set[str] = set()
    while not over.is_set():
        try:
            headers = {"X-Participant": key}
            async with client.stream("GET", f"{at}/events?after={heard.last}", headers=headers, timeout=30) as stream:
                rest = ""
                async for text in stream.aiter_text():
                    moment = time.monotonic()
                    *whole, rest = (rest + text).split("\n\n")
                    for block in whole:
                        fields = dict(
                            line.split(": ", 1) for line in block.splitlines() if line[:1] != ":" and ": " in line
                        )
                        if "event" not in fields:
                            continue
                        heard.last = max(heard.last, int(fields["id"]))
                        told = json.loads(fields["data"])
                        if fields["event"] == "contribution":
                            if told["id"] in seen and not told["edited"] and told["votes"] == 0:
                                heard.twice += told["stage"] != "predict"
                            seen.add(told["id"])
                            heard.at.setdefault(told["words"], moment)
                        elif fields["event"] == "state":
                            heard.at.setdefault(f"{told['card']}/{told['stage']}", moment)
                        elif fields["event"] == "end":
                            over.set()
                            return
        except (httpx.HTTPError, KeyError):
            await asyncio.sleep(0.2 + chance.random() * 0.3)


async def poll(client: httpx.AsyncClient, at: str, key: str, heard: Heard, over: asyncio.Event) -> None:
    """The peer: the same page asked for anew every second (a fresh replay of the log)."""
    while not over.is_set():
        began = time.monotonic()
        try:
            headers = {"X-Participant": key}
            async with client.stream("GET", f"{at}/events", headers=headers, timeout=30) as stream:
                text = ""
                async for part in stream.aiter_text():
                    text += part
                    if "event: state" in text and text.endswith("\n\n"):
                        break
            moment = time.monotonic()
            for line in text.splitlines():
                if line.startswith("data: "):
                    told = json.loads(line[6:])
                    if "words" in told:
                        heard.at.setdefault(told["words"], moment)
                    elif "stage" in told:
                        heard.at.setdefault(f"{told['card']}/{told['stage']}", moment)
        except httpx.HTTPError:
            pass
        await asyncio.sleep(max(0.0, 1.0 - (time.monotonic() - began)))


async def send(
    client: httpx.AsyncClient, where: str, key: str, body: dict[str, Any], tally: Tally
) -> httpx.Response | None:
    """Send once, and again until the server has answered: the same id makes it once."""
    for _ in range(200):
        try:
            answer = await client.post(where, json=body, headers={"X-Participant": key}, timeout=20)
        except httpx.HTTPError:
            await asyncio.sleep(0.2)
            continue
        if answer.status_code not in (200, 201, 204):
            tally.refused.append(f"{answer.status_code} {answer.text[:120]}")
        return answer
    tally.refused.append("never answered")
    return None


async def write(
    client: httpx.AsyncClient, at: str, key: str, who: int, count: int, seconds: float, tally: Tally
) -> None:
    """One person's contributions, spread over the call."""
    chance = random.Random(who)  # noqa: S311
    moments = sorted(chance.uniform(0, seconds) for _ in range(count))
    began = time.monotonic()
    for n, moment in enumerate(moments):
        await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
        words = f"Person {who} says {n}"
        tally.sent[words] = time.monotonic()
        body = {"client_id": f"{who}-{n}", "stage": "notice", "words": words, "anonymous": n % 5 == 0, "anchor": None}
        answer = await send(client, f"{at}/contributions", key, body, tally)
        if answer is not None and answer.status_code in (200, 201):
            tally.kept[answer.json()["id"]] = words


async def vote(
    client: httpx.AsyncClient, at: str, key: str, who: int, count: int, seconds: float, tally: Tally
) -> None:
    """One person's dots, spread over the call."""
    chance = random.Random(10_000 + who)  # noqa: S311
    began = time.monotonic()
    for n in range(count):
        await asyncio.sleep(max(0.0, began + seconds * (n + chance.random()) / count - time.monotonic()))
        while not tally.kept:
            await asyncio.sleep(0.05)
        body = {"contribution": chance.choice(list(tally.kept)), "on": True}
        answer = await send(client, f"{at}/votes", key, body, tally)
        tally.votes += answer is not None and answer.status_code == 204


async def lead(
    client: httpx.AsyncClient, at: str, key: str, moves: list[tuple[int, str]], seconds: float, tally: Tally
) -> None:
    """Move through every card and stage in the time there is."""
    for card, stage in moves:
        await asyncio.sleep(seconds / (len(moves) + 1))
        for _ in range(100):
            try:
                tally.moved[f"{card}/{stage}"] = time.monotonic()
                body = {"do": "move", "card": card, "stage": stage}
                answer = await client.post(f"{at}/lead", json=body, headers={"X-Lead": key}, timeout=20)
                if answer.status_code != 200:
                    tally.refused.append(f"a move: {answer.status_code} {answer.text[:120]}")
                break
            except httpx.HTTPError:
                await asyncio.sleep(0.2)
