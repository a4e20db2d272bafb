"""Signing in with a real provider, and what a reader with a link receives: every byte of it."""

from __future__ import annotations

import re
import struct
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, Response, WebSocket, expect

from equity.commands.line import run
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release
from equity.sharing import make_release
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.links import make_link
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.replies import replies_to
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.provider import running_provider, secrets_file
from tests.browser.server import Server, running_server
from tests.browser.standing import listed, opened, settled, unfolded
from tests.leader.received import forms_of_cells, numbers_in
from tests.made_up_counts import COUNTS, RACE

DATASET = "Clinic visits"
MAPPING = f"""{COUNTS}{RACE}
[stratifiers.language]
column = "language"
[measures."Controlled blood pressure"]
kind = "proportion"
polarity = "higher_better"
"""
ROWS = {  # every count is one that nothing else on a page is likely to spell: x, n by race, language, year
    ("Asian", "English", 2022): (11_239, 17_333),
    ("Asian", "English", 2023): (11_483, 17_477),
    ("Asian", "Thai", 2022): (307, 719),
    ("Asian", "Thai", 2023): (331, 743),
    ("Black", "English", 2022): (9_241, 19_421),
    ("Black", "English", 2023): (9_419, 19_553),
    ("Black", "Thai", 2022): (12_109, 15_803),
    ("Black", "Thai", 2023): (12_211, 15_923),
    ("Samoan", "English", 2022): (6_121, 13_127),
    ("Samoan", "English", 2023): (6_151, 13_187),
    ("Samoan", "Thai", 2022): (8_237, 14_251),
    ("Samoan", "Thai", 2023): (8_269, 14_293),
    ("Tongan", "English", 2022): (211, 433),
    ("Tongan", "English", 2023): (223, 439),
    ("Tongan", "Thai", 2022): (227, 449),
    ("Tongan", "Thai", 2023): (229, 457),
}
THRESHOLD = 1_000


def pick(page: Page, label: str, option: str) -> None:
    unfolded(page.get_by_role("combobox", name=label), page.get_by_role("option", name=option))
    page.get_by_role("option", name=option).click()
    page.wait_for_timeout(500)
    settled(page)


@dataclass
class Place:
    """A server with sign-in, its provider, one release of the made-up dataset."""

    server: Server
    database: Database
    release: Release
    owner_code: str


@dataclass
class Received:
    """Every byte that a browser context received, the programs' own files left out."""

    bodies: list[bytes] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Begin to listen."""
        page.on("response", self._keep)
        page.on("websocket", self._listen)

    def _keep(self, answer: Response) -> None:
        path = urlsplit(answer.url).path
        program = path.startswith(("/static/", "/charts/"))  # the same bytes for everybody, whatever is loaded
        if not program and answer.status not in (204, 301, 302, 304, 307):
            self.bodies.append(answer.body())

    def _listen(self, socket: WebSocket) -> None:
        socket.on(
            "framereceived",
            lambda frame: self.bodies.append(frame if isinstance(frame, bytes) else frame.encode()),
        )

    @property
    def everything(self) -> bytes:
        """All of it."""
        return b"\n".join(self.bodies)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("sharing")
    home = folder / "home"
    with pytest.MonkeyPatch.context() as patch, running_provider(folder) as provider:
        patch.setenv("EQUITY_HOME", str(home))
        patch.setenv("STREAMLIT_SECRETS_FILES", str(secrets_file(folder, provider)))
        lines = [("Controlled blood pressure", year, race, lang, x, n) for (race, lang, year), (x, n) in ROWS.items()]
        table = pd.DataFrame(lines, columns=["measure", "period", "race", "language", "x", "n"])
        table.to_csv(folder / "visits.csv", index=False)
        load([folder / "visits.csv"], DATASET, mapping_from_toml(MAPPING, "test"), "new", home)
        database = workspace_database()
        plan, policy = Plan(("race", "language"), "year", "year"), policy_of("cms", THRESHOLD)
        release = make_release(database, home, HOME_WORKSPACE, DATASET, plan, policy, by=LOCAL_OWNER)
        code = invited("ada@example.org", "owner")
        with running_server(folder, home) as server:
            yield Place(server, database, release, code)


def invited(email: str, role: str) -> str:
    """Invite somebody as the command line does; the code."""
    import contextlib
    import io

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert run(["team", "invite", email, "--role", role]) == 0
    return said.getvalue().strip().splitlines()[-1]


def sign_in(page: Page, place: Place, name: str) -> None:
    page.goto(place.server.url)
    expect(page.get_by_text("Please sign in.")).to_be_visible()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_an_owner_signs_in_joins_and_invites_a_leader_who_reads_releases_alone(
    place: Place, browser: Browser, page: Page
) -> None:
    sign_in(page, place, "ada")
    expect(page.get_by_text("You are in no workspace yet.")).to_be_visible()
    page.get_by_label("Code of the invitation").fill(place.owner_code)
    page.get_by_role("button", name="Join").click()
    listed(page, "Audit log").click()
    page.get_by_role("button", name="Check every entry now").click()
    expect(page.get_by_text("entries were as they were written")).to_be_visible()

    other = browser.new_context()
    reading = other.new_page()
    sign_in(reading, place, "lee")
    reading.get_by_label("Code of the invitation").fill(invited("lee@example.org", "leader"))
    reading.get_by_role("button", name="Join").click()
    expect(reading.locator("h1").first).to_have_text("Leader view")
    expect(reading.locator(".lens-answer").first).to_be_visible()
    expect(reading.locator("nav").get_by_role("link", name="Disparities", include_hidden=True)).to_have_count(0)
    for address in ("disparities", "datasets", "audit-log", "releases", "upload"):
        reading.goto(f"{place.server.url}/{address}")
        expect(reading.locator(".lens-problem")).to_contain_text("As a leader you may not")
        expect(reading.locator(".lens-chart")).to_have_count(0)
    reading.get_by_role("button", name="Sign out").click()
    reading.get_by_role("button", name="End session").click()
    reading.goto(place.server.url)
    expect(reading.get_by_text("Please sign in.")).to_be_visible()
    other.close()


def test_a_stranger_with_an_account_is_in_no_workspace(place: Place, page: Page) -> None:
    sign_in(page, place, "mallory")
    page.goto(f"{place.server.url}/disparities")
    expect(page.get_by_text("You are in no workspace yet.")).to_be_visible()
    page.get_by_label("Code of the invitation").fill(place.owner_code)
    page.get_by_role("button", name="Join").click()
    expect(page.locator(".lens-problem")).to_contain_text("not open any more")


@pytest.mark.parametrize("cookie", ["", "_streamlit_user=made-up; _streamlit_xsrf=made-up"])
def test_our_own_address_takes_nothing_from_who_has_not_signed_in(place: Place, cookie: str) -> None:
    asked = urllib.request.Request(f"{place.server.url}/api/upload", data=b"a,b\n1,2\n", headers={"Cookie": cookie})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=10)
    assert refused.value.code == 403


def test_a_reader_with_a_link_receives_no_hidden_number(place: Place, browser: Browser) -> None:
    _, token = make_link(place.database, HOME_WORKSPACE, place.release.id, by=LOCAL_OWNER, title="Board, autumn")
    context = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
    page = context.new_page()
    received = Received()
    received.watch(page)
    page.goto(f"{place.server.url}/leader?link={token}")
    expect(page.locator("h1").first).to_have_text("Results shared with you")
    expect(page.locator(".lens-few li").first).to_be_visible()
    expect(page.locator(".lens-few .lens-line").first).to_contain_text("●")
    expect(page.locator("nav, .lens-menu")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("summary").filter(has_text="Look at another").click()
    page.wait_for_timeout(500)
    pick(page, "Group by", "Language")
    pick(page, "Group by", "Race and ethnicity")
    expect(page.locator(".lens-unseen").first).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download these numbers").click()
    received.bodies.append(downloading.value.path().read_bytes())
    page.get_by_label("Your words").fill("We will open on Saturdays.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your words have reached the team")).to_be_visible()
    opened(page, f"{place.server.url}/disparities?link={token}")
    received.bodies.append(page.content().encode())
    page.goto(f"{place.server.url}/disparities")
    expect(page.get_by_text("Please sign in.")).to_be_visible()
    received.bodies.append(page.content().encode())
    context.close()

    assert replies_to(place.database, HOME_WORKSPACE, place.release.id)[-1].words == "We will open on Saturdays."
    hidden, shown = counts_of(place)
    assert len(hidden) >= 6
    everything = received.everything
    assert len(everything) > 20_000
    assert sum(spelled(count, everything) for count in shown) >= 3
    assert [count for count in sorted(hidden) if spelled(count, everything)] == []
    packed = [count for count in hidden if struct.pack("<d", count) in everything]
    assert packed == []
    told = numbers_in([everything.decode("utf-8", errors="replace")])
    unseen, seen = (forms_of_cells(cells) for cells in cells_of(place))
    assert len(told & seen) >= 6
    assert sorted(told & (unseen - seen)) == []


def cells_of(place: Place) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The true counts of the cells that the release hides and of those that it shows, from the cube it was made of."""
    key = ["measure", "grain", "period", "by1", "value1", "by2", "value2"]
    folder = next((place.server.home / "datasets").glob("*/versions/000001"))
    true = pd.read_parquet(folder / "cube.parquet").set_index(key)
    cells = place.release.cells().set_index(key)
    true = true.loc[cells.index].assign(others=lambda table: table["n"] - table["x"])
    return true[cells["shown"] == "hidden"], true[cells["shown"] != "hidden"]


def counts_of(place: Place) -> tuple[set[int], set[int]]:
    """The counts that the release hides and those that it shows."""
    hidden, shown = cells_of(place)
    told = {int(count) for count in shown.loc[shown["x"] > 0, ["n", "x"]].to_numpy().ravel()}
    unseen = {int(count) for count in hidden[["n", "x", "others"]].to_numpy().ravel()}
    return unseen - told, told


def spelled(count: int, everything: bytes) -> bool:
    """Whether a count stands anywhere as digits, plain, with separators or with decimals."""
    forms = {str(count), f"{count:,}", f"{count:,}".replace(",", "\u202f")}
    return any(_stands_alone(form.encode(), everything) for form in forms)


def _stands_alone(form: bytes, everything: bytes) -> bool:
    """Looked for as bytes first: a search by a pattern alone takes seconds a count."""
    alone, at = re.compile(rb"(?<![0-9A-Za-z.,_-])" + re.escape(form) + rb"(?:\.0+)?(?![0-9A-Za-z])"), -1
    while (at := everything.find(form, at + 1)) >= 0:
        if alone.match(everything, at):
            return True
    return False
